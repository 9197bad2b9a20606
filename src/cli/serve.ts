// The engine behind a port, from the first request to the signal that ends it. Executions run in this process.

import type {Reporter} from '../actions/reporter.ts'
import {describeServer, type ServePlan, type ServeResult} from '../actions/serve-local.ts'
import {MlpipeError} from '../diagnostics/mlpipe-error.ts'
import type {Engine} from '../engine/engine.ts'
import type {FoundFile} from '../engine/watch/scan.ts'
import type {Watch} from '../engine/watch/watch-folder.ts'
import type {HttpServer} from '../engine/wire/http-server.ts'
import {deliveryLine, firingLine, preparedLines, requestLine, takenLine, troubleLine} from '../views/serve-lines.ts'
import {exitCodes} from './exit-codes.ts'
import {listenForInterrupts} from './interrupts.ts'
import {openState} from './open-state.ts'
import {systemProblem} from './system-problem.ts'

export type RunningServer = {
  readonly result: ServeResult
  /**
   * Resolves when a signal has ended it: requests under way are answered, executions stopped, the exit code is set.
   * SIGTERM is how a server is ended, Ctrl-C an interruption.
   */
  ended(): Promise<void>
}

/** Jobs that were killed are gone at once; what they leave behind takes a moment. */
const killGraceMs = 5000

/** What goes to stderr while it runs: nothing, what is done to files and what goes wrong, or every request and firing too. */
export type Told = 'nothing' | 'little' | 'everything'

export async function serve(plan: ServePlan, reporter: Reporter, told: Told): Promise<RunningServer> {
  const [{openEngine}, {listen}] = await Promise.all([
    import('../engine/engine.ts'),
    import('../engine/wire/http-server.ts'),
  ])
  const {stateDirectory, host, port, isRemote, token} = plan
  const engine = openState(stateDirectory, () => openEngine({stateDirectory, now: Date.now, env: process.env}))
  const endAtOnce = () => {
    engine.kill()
    process.exit(exitCodes.interrupted)
  }
  const interrupts = listenForInterrupts(endAtOnce)
  const say = (line: string) => {
    if (told !== 'nothing') process.stderr.write(`${line}\n`)
  }
  const server = await listen(engine, {
    ...{port, host, isRemote},
    ...(token === undefined ? {} : {token}),
    ...(told === 'everything' ? {onAnswered: (answered) => say(requestLine(answered))} : {}),
  }).catch((error: unknown) => {
    interrupts.dispose()
    engine.close()
    throw cannotListen(plan, error)
  })
  engine.serveEndpoints()
  engine.serveBus({
    onDelivered(delivered) {
      if (told === 'everything' || delivered.kind !== 'started') say(deliveryLine(delivered))
    },
    onFired(firing) {
      if (told === 'everything' || firing.tooLate > 0) say(firingLine(firing))
    },
    onTrouble: (error) => say(troubleLine('what is due to fire', error)),
  })
  const watches = await watchFolders(engine, plan, say).catch(async (error: unknown) => {
    await server.close()
    interrupts.dispose()
    engine.close()
    throw error
  })
  for (const execution of engine.recovered) reporter.report({kind: 'recovered', execution, next: []})

  const {region, accountId: account} = engine
  const fires = engine.countTriggers()
  return {
    result: describeServer(plan, {port: server.port, pid: process.pid, region, account, fires}),
    async ended() {
      await aborted(interrupts.signal)
      for (const watch of watches) await watch.close()
      await shutDown(server, engine)
      interrupts.dispose()
      process.exitCode = interrupts.received() === 'SIGTERM' ? exitCodes.done : exitCodes.interrupted
    },
  }
}

async function watchFolders(engine: Engine, {watched}: ServePlan, say: (line: string) => void): Promise<Watch[]> {
  const watches: Watch[] = []
  for (const folder of watched) {
    const prepared = await engine.prepareBucket(folder.bucket)
    for (const line of preparedLines(folder.bucket, prepared)) say(line)
    const onTaken = (file: FoundFile, uri: string) => say(takenLine(file, uri))
    const onTrouble = (path: string, error: unknown) => say(troubleLine(path, error))
    watches.push(engine.watchFolder(folder, {onTaken, onTrouble}))
  }
  return watches
}

async function shutDown(server: HttpServer, engine: Engine): Promise<void> {
  await server.close()
  engine.kill()
  let timer: NodeJS.Timeout | undefined
  const tooLong = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, killGraceMs)
  })
  await Promise.race([engine.idle(), tooLong])
  clearTimeout(timer)
  engine.close()
}

function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve()
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(), {once: true}))
}

function cannotListen({host, port}: ServePlan, error: unknown): unknown {
  if (!(error instanceof Error) || !('code' in error)) return error
  const problems: Readonly<Record<string, string>> = {
    EADDRINUSE: 'something else listens there',
    EADDRNOTAVAIL: 'this machine does not have that address',
    ENOTFOUND: 'there is no such host',
  }
  const problem = problems[String(error.code)] ?? systemProblem(error) ?? error.message
  const nextSteps = error.code === 'EADDRINUSE' ? ['mlpipe local serve  (takes a port that is free)'] : []
  const message = `cannot listen on ${host}, port ${port}: ${problem}`
  return new MlpipeError({code: 'cannot-listen', message, exit: exitCodes.service, nextSteps, cause: error})
}
