// One process that has a variant's model loaded: started in a directory that is laid out as the container's /opt/ml, asked one
// request at a time.

import {isJsonObject, type JsonObject} from '../../definition/json.ts'
import {textAt} from '../../definition/json-members.ts'
import {describeExit} from '../runners/exit-text.ts'
import {type HostedModel, scriptDirectory} from '../runners/hosting/hosted-model.ts'
import type {Exit} from '../runners/job-plan.ts'
import {containerEnvironment} from '../runners/launch/environment.ts'
import {type Premises, prepareProgram} from '../runners/launch/prepare-program.ts'
import {chooseSandbox} from '../runners/launch/sandbox.ts'
import {mlRoot} from '../runners/ml-paths.ts'
import {region} from '../store/arns.ts'
import {type Frame, frameHead, frameReader} from './frames.ts'
import {servingDriver} from './serving-driver.ts'

export type ModelRequest = {
  readonly body: Uint8Array
  readonly contentType: string
  /** Empty when the client did not say. */
  readonly accept: string
  /** Those that are passed on to the model, by lower-case name. */
  readonly headers: Readonly<Record<string, string>>
}

export type ModelAnswer =
  | {readonly kind: 'answer'; readonly body: Buffer; readonly headers: Readonly<Record<string, string>>}
  /** What the script, or the server around it, says in place of an answer. */
  | {readonly kind: 'error'; readonly status: number; readonly message: string}
  /** It has more bytes than are passed on. */
  | {readonly kind: 'too-large'}

export type Loaded = {readonly kind: 'loaded'} | {readonly kind: 'unloadable'; readonly why: string}

export type ModelProcess = {
  readonly loaded: Promise<Loaded>
  /** One at a time, and only once it is loaded. Never rejects. */
  ask(request: ModelRequest): Promise<ModelAnswer>
  hasEnded(): boolean
  readonly exited: Promise<void>
  /** SIGKILL; what is asked is answered with an error. */
  kill(): void
}

export type ModelPlace = Premises & {readonly onLine: (line: string) => void}

const linesKept = 3

export async function startModelProcess(
  model: HostedModel,
  place: ModelPlace,
  mostAnswerBytes: number,
): Promise<ModelProcess> {
  const sandbox = await chooseSandbox(place.env, place.jobDirectory)
  const own = {SM_MODEL_DIR: `${mlRoot}/model`, ...model.environment}
  const command = {
    argv: ['python3', '-c', servingDriver, model.program, String(mostAnswerBytes)],
    workingDirectory: scriptDirectory(model),
    environment: containerEnvironment(region, own, place.env),
  }
  const program = await prepareProgram(command, sandbox, place)
  const lastLines: string[] = []
  const running = program.start((line) => {
    place.onLine(line)
    if (line.trim() === '') return
    lastLines.push(line)
    if (lastLines.length > linesKept) lastLines.shift()
  }, 'channel')

  let end: Exit | undefined
  let waiting: ((frame: Frame | undefined) => void) | undefined
  const next = () =>
    new Promise<Frame | undefined>((resolve) => {
      if (end) resolve(undefined)
      else waiting = resolve
    })
  const give = (frame: Frame | undefined) => {
    waiting?.(frame)
    waiting = undefined
  }
  const {channel} = running
  channel?.on('data', frameReader(give))
  // A write to a process that is gone; its exit is what tells.
  channel?.on('error', () => undefined)
  const first = next()
  const exited = running.exited
    .catch((): Exit => ({code: null, signal: null}))
    .then((exit) => {
      end = exit
      channel?.destroy()
      give(undefined)
    })
  const death = () => describeExit(end ?? {code: null, signal: null}, lastLines)

  return {
    loaded: first.then((frame) => readLoaded(frame?.head, death)),
    async ask({body, contentType, accept, headers}) {
      const answer = next()
      channel?.write(frameHead({content_type: contentType, accept, headers}, body.length))
      channel?.write(body)
      const frame = await answer
      return frame ? readAnswer(frame) : {kind: 'error', status: 500, message: `Worker died. ${death()}`}
    },
    hasEnded: () => end !== undefined,
    exited,
    kill: () => running.kill(),
  }
}

function readLoaded(head: JsonObject | undefined, death: () => string): Loaded {
  if (head?.loaded === true) return {kind: 'loaded'}
  const why = head && textAt(head, 'unloadable')
  return {kind: 'unloadable', why: why ?? `the process ended while it loaded the model. ${death()}`}
}

function readAnswer({head, body}: Frame): ModelAnswer {
  if (head.too_large !== undefined) return {kind: 'too-large'}
  if (typeof head.status === 'number') {
    return {kind: 'error', status: head.status, message: textAt(head, 'message') ?? ''}
  }
  const headers = isJsonObject(head.headers) ? head.headers : {}
  return {
    kind: 'answer',
    body,
    headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)])),
  }
}
