// The composition root: the real clock, terminal and targets behind the actions' World.

import {randomUUID} from 'node:crypto'
import {relative} from 'node:path'
import {setTimeout as delay} from 'node:timers/promises'
import type {Reporter} from '../actions/reporter.ts'
import type {Connection, World} from '../actions/world.ts'
import {MlpipeError} from '../diagnostics/mlpipe-error.ts'
import type {Target} from '../project/target.ts'
import {withoutSecrets} from '../text/secrets.ts'
import {ask, choose} from './ask.ts'
import {exitCodes} from './exit-codes.ts'
import {type Interrupts, listenForInterrupts} from './interrupts.ts'
import {launchWorker} from './launch-worker.ts'
import {openState} from './open-state.ts'

export type OpenWorld = World & {
  /** Gives back the terminal, the signals and every connection. `kill` ends what this process still runs. */
  dispose(options: {kill: boolean}): Promise<void>
}

type LocalConnection = Connection & {kill(): void}

export type WorldOptions = {
  readonly programRoot: string
  readonly version: string
  /** The environment, with what flags put over it. */
  readonly env: NodeJS.ProcessEnv
}

export function openWorld(reporter: Reporter, {programRoot, version, env}: WorldOptions): OpenWorld {
  const connections = new Set<LocalConnection>()
  let interrupts: Interrupts | undefined

  function endAtOnce(): never {
    reporter.end()
    for (const connection of connections) connection.kill()
    process.stderr.write('ended at once; mlpipe executions show tells how far it came\n')
    process.exit(exitCodes.interrupted)
  }

  return {
    cwd: process.cwd(),
    env,
    now: Date.now,
    // ICU's tables are loaded for whoever asks only.
    get zone() {
      return Intl.DateTimeFormat().resolvedOptions().timeZone
    },
    sleep,
    newToken: randomUUID,
    random: Math.random,
    reporter,
    confirm: ask,
    async choose(question, words) {
      // A moving line would draw over what is typed.
      reporter.report({kind: 'question-asked'})
      const answer = await choose(question, words)
      reporter.report({kind: 'question-answered'})
      return answer
    },
    get interrupt() {
      interrupts ??= listenForInterrupts(endAtOnce)
      return interrupts.signal
    },
    forgetInterrupt() {
      interrupts?.forget()
    },
    async connect(target, options = {}) {
      if (target.kind === 'aws') {
        reporter.report({kind: 'target', target: target.name, place: awsPlace(target)})
        return connectAws(target, version)
      }

      const place = relative(process.cwd(), target.stateDirectory) || '.'
      reporter.report({kind: 'target', target: target.name, place: `embedded engine, ${place}`})
      const launch = (arn: string) => launchWorker(programRoot, target.stateDirectory, arn)
      const connection = await connectLocal(target, options.handOver ? launch : undefined)
      connections.add(connection)
      return connection
    },
    async regionOf(profile) {
      const {profileRegion} = await import('../cloud/profile-region.ts')
      return profileRegion(profile)
    },
    async dispose({kill}) {
      reporter.end()
      for (const connection of connections) {
        if (kill) connection.kill()
        await connection.close()
      }
      interrupts?.dispose()
    },
  }
}

async function connectLocal(
  target: Target,
  launch: ((executionArn: string) => void) | undefined,
): Promise<LocalConnection> {
  const [{openEngine}, {requestHandler}, {connectCloud}] = await Promise.all([
    import('../engine/engine.ts'),
    import('../engine/wire/request-handler.ts'),
    import('../cloud/connect-cloud.ts'),
  ])
  const engine = openState(target.stateDirectory, () =>
    openEngine({
      stateDirectory: target.stateDirectory,
      now: Date.now,
      env: process.env,
      ...(launch ? {launch} : {}),
    }),
  )
  const cloud = await connectCloud({region: engine.region, requestHandler: requestHandler(engine)})
  let isOpen = true
  return {
    cloud,
    recovered: engine.recovered,
    ...(launch ? {} : {idle: () => engine.idle()}),
    kill: () => engine.kill(),
    close: async () => {
      if (isOpen) engine.close()
      isOpen = false
    },
  }
}

async function sleep(ms: number, signal?: AbortSignal): Promise<void> {
  try {
    await delay(ms, undefined, signal ? {signal} : {})
  } catch (error) {
    if (!(error instanceof Error && error.name === 'AbortError')) throw error
  }
}

/** For the first line of a command: `AWS us-east-1, account 111122223333`, and the endpoint when it is not AWS's own. */
function awsPlace({region, account}: Target): string {
  const parts = [`AWS ${region}`, ...(account === undefined ? [] : [`account ${account}`])]
  const endpoint = process.env['AWS_ENDPOINT_URL']
  return [...parts, ...(endpoint ? [`at ${withoutSecrets(endpoint)}`] : [])].join(', ')
}

async function connectAws({name, region, profile}: Target, version: string): Promise<Connection> {
  if (region === '') throw noRegion(name)
  const {connectCloud} = await import('../cloud/connect-cloud.ts')
  const hasOwnEndpoint = Boolean(process.env['AWS_ENDPOINT_URL'] || process.env['AWS_ENDPOINT_URL_S3'])
  const cloud = await connectCloud({region, hasOwnEndpoint, version, ...(profile === undefined ? {} : {profile})})
  return {cloud, recovered: [], close: async () => {}}
}

function noRegion(target: string): MlpipeError {
  return new MlpipeError({
    code: 'no-region',
    message: `target "${target}" has no region`,
    nextSteps: [
      `write region: under targets.${target}, or give --region`,
      'aws configure set region REGION  (a default for everything)',
    ],
  })
}
