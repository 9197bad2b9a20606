// A variant's model as this process serves it: requests wait in a line before one process, which is started when it is needed and
// again when it has died.

import type {Loaded, ModelAnswer, ModelProcess, ModelRequest} from './model-process.ts'

export type Served =
  | ModelAnswer
  | {readonly kind: 'timed-out'}
  /** The model could not be loaded again. */
  | {readonly kind: 'unloadable'; readonly why: string}
  /** This process ends. */
  | {readonly kind: 'closed'}

export type ModelServer = {
  /** Starts the process, if it does not run, and says whether it has the model. */
  load(): Promise<Loaded>
  invoke(request: ModelRequest): Promise<Served>
  /** Ends the process once nothing waits for it. */
  drain(): void
  /** Ends it now. */
  close(): void
}

export type ServerSetup = {
  start(): Promise<ModelProcess>
  readonly loadTimeoutMs: number
  readonly invocationTimeoutMs: number
}

type Waiting = {
  readonly request: ModelRequest
  settle(served: Served): void
  /** The time that the model has for it: in the line and in the process, but not while the process is started for it. */
  startClock(): void
  stopClock(): void
  isAsked: boolean
  isSettled: boolean
}

export function createModelServer({start, loadTimeoutMs, invocationTimeoutMs}: ServerSetup): ModelServer {
  const line: Waiting[] = []
  let starting: Promise<ModelProcess> | undefined
  let process: ModelProcess | undefined
  let isBusy = false
  let isDraining = false
  let isClosed = false

  const running = (): Promise<ModelProcess> => {
    if (process?.hasEnded()) {
      process = undefined
      starting = undefined
    }
    starting ??= start().then((started) => {
      process = started
      if (isClosed) started.kill()
      return started
    })
    // One that could not be started at all is started anew the next time.
    starting.catch(() => {
      starting = undefined
    })
    return starting
  }

  const loading = async (): Promise<Loaded> => {
    if (isClosed) return {kind: 'unloadable', why: 'the engine is being ended'}
    const started = await running()
    const timer = new Promise<Loaded>((resolve) => {
      const why = `the model was not loaded within ${loadTimeoutMs / 1000} seconds`
      const timeout = setTimeout(() => resolve({kind: 'unloadable', why}), loadTimeoutMs)
      void started.loaded.finally(() => clearTimeout(timeout))
    })
    const loaded = await Promise.race([started.loaded, timer])
    if (loaded.kind === 'unloadable') started.kill()
    return loaded
  }

  const work = async () => {
    if (isBusy) return
    isBusy = true
    for (let next = line.shift(); next; next = line.shift()) await answer(next)
    isBusy = false
    if (isDraining) end()
  }

  const answer = async (waiting: Waiting) => {
    if (waiting.isSettled) return
    const isStarted = process !== undefined && !process.hasEnded()
    if (!isStarted) waiting.stopClock()
    try {
      const loaded = await loading()
      if (loaded.kind === 'unloadable') return waiting.settle(isClosed ? {kind: 'closed'} : loaded)
      if (waiting.isSettled) return
      waiting.isAsked = true
      if (!isStarted) waiting.startClock()
      const served = (await process?.ask(waiting.request)) ?? {kind: 'closed'}
      waiting.settle(isClosed ? {kind: 'closed'} : served)
    } catch (error) {
      waiting.settle({kind: 'unloadable', why: error instanceof Error ? error.message : String(error)})
    }
  }

  const newWaiting = (request: ModelRequest, resolve: (served: Served) => void): Waiting => {
    let clock: NodeJS.Timeout | undefined
    const runOut = () => {
      waiting.settle({kind: 'timed-out'})
      // Whoever is next in the line gets a process of its own.
      if (waiting.isAsked) process?.kill()
    }
    const waiting: Waiting = {
      request,
      isAsked: false,
      isSettled: false,
      startClock() {
        clock = setTimeout(runOut, invocationTimeoutMs)
      },
      stopClock: () => clearTimeout(clock),
      settle(served) {
        if (waiting.isSettled) return
        waiting.isSettled = true
        clearTimeout(clock)
        resolve(served)
      },
    }
    waiting.startClock()
    return waiting
  }

  const end = () => {
    isClosed = true
    process?.kill()
    for (const waiting of line.splice(0)) waiting.settle({kind: 'closed'})
  }

  return {
    load: loading,
    invoke: (request) =>
      new Promise((resolve) => {
        const waiting = newWaiting(request, resolve)
        if (isClosed) waiting.settle({kind: 'closed'})
        else line.push(waiting)
        void work()
      }),
    drain() {
      isDraining = true
      if (!isBusy) end()
    },
    close: end,
  }
}
