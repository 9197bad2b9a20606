// An account to deploy to: the embedded engine behind the real SDK clients, seen as an AWS target. What the engine has not
// is stood in for, and every request is written down.

import {randomUUID} from 'node:crypto'
import {join} from 'node:path'
import type {ProgressEvent} from '../../src/actions/reporter.ts'
import type {World} from '../../src/actions/world.ts'
import type {Bucket} from '../../src/cloud/account-ports.ts'
import {connectCloud} from '../../src/cloud/connect-cloud.ts'
import type {Cloud} from '../../src/cloud/ports.ts'
import type {WireRequest, WireResponse} from '../../src/engine/wire/message.ts'
import {requestHandler} from '../../src/engine/wire/request-handler.ts'
import {type LocalCloud, localCloud} from '../engine/support/local-cloud.ts'
import {tempDir} from './temp-dir.ts'

export type Account = {
  readonly directory: string
  readonly local: LocalCloud
  /** `UpdatePipeline`, `PUT /bucket/key`: since it was last emptied. */
  calls: string[]
  /** Answers in place of the engine, where it gives something. */
  answer: (call: string) => WireResponse | undefined
  buckets: Record<string, Bucket>
  accountId: string
  readonly events: ProgressEvent[]
  readonly questions: {question: string; yesCommand: string}[]
  /** What is answered to a question. */
  reply: boolean
  readonly world: World
}

export const prodTarget = `\
targets:
  prod:
    region: us-east-1
    role: arn:aws:iam::000000000000:role/mlpipe-local
    bucket: mlpipe-prod
`

/** An account, and a project with these files. */
export function awsAccount(files: Readonly<Record<string, string>>): Account {
  const directory = tempDir(files)
  const local = localCloud({stateDirectory: join(tempDir(), '.mlpipe')})
  const events: ProgressEvent[] = []
  const account: Omit<Account, 'world'> = {
    directory,
    local,
    calls: [],
    answer: () => undefined,
    buckets: {'mlpipe-prod': {region: 'us-east-1'}},
    accountId: '000000000000',
    events,
    questions: [],
    reply: true,
  }
  const handle = async (request: WireRequest): Promise<WireResponse> => {
    const headers = Object.entries(request.headers).map(([name, value]) => [name.toLowerCase(), value] as const)
    const target = new Map(headers).get('x-amz-target')
    const call = target?.split('.')[1] ?? queryAction(request) ?? `${request.method} ${request.path}`
    account.calls.push(call)
    return account.answer(call) ?? local.engine.handle(request)
  }
  const cloud = async (): Promise<Cloud> => {
    const real = await connectCloud({region: 'us-east-1', requestHandler: requestHandler({handle})})
    return {...real, ...standIns(account, real)}
  }
  return Object.assign(account, {world: worldOf(account, cloud)})
}

function standIns(account: Omit<Account, 'world'>, real: Cloud): Pick<Cloud, 'identity' | 'buckets'> {
  return {
    identity: {
      caller: async () => ({account: account.accountId, arn: `arn:aws:iam::${account.accountId}:user/somebody`}),
    },
    buckets: {
      ...real.buckets,
      find: async (name) => {
        account.calls.push(`HeadBucket ${name}`)
        return account.buckets[name]
      },
    },
  }
}

function worldOf(account: Omit<Account, 'world'>, cloud: () => Promise<Cloud>): World {
  return {
    cwd: account.directory,
    env: {},
    now: Date.now,
    zone: 'UTC',
    sleep: async () => {},
    newToken: randomUUID,
    random: () => 0.5,
    choose: async (_question, [first]) => first,
    forgetInterrupt: () => {},
    reporter: {report: (event) => account.events.push(event), end: () => {}},
    interrupt: new AbortController().signal,
    confirm: async (question, yesCommand) => {
      account.questions.push({question, yesCommand})
      return account.reply
    },
    regionOf: async () => undefined,
    connect: async () => ({cloud: await cloud(), recovered: [], close: async () => {}}),
  }
}

/** IAM names its operations in a form. */
function queryAction({body}: WireRequest): string | undefined {
  const text = body instanceof Uint8Array ? Buffer.from(body).toString() : body
  return typeof text === 'string' ? /(?:^|&)Action=(\w+)/.exec(text)?.[1] : undefined
}

/** A refusal as SageMaker words it. */
export function refusal(name: string, message: string, statusCode = 400): WireResponse {
  const headers = {'content-type': 'application/x-amz-json-1.1', 'x-amzn-requestid': 'r'}
  return {statusCode, headers, body: Buffer.from(JSON.stringify({__type: name, message}))}
}
