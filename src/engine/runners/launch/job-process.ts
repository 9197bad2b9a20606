// A job's process: its group, its lifeline, its output as lines, and its end.
//
// Between the engine and the program stands a shell that replaces itself with the program. It first leaves a watcher in the
// job's process group, which reads a pipe that the engine holds: a line names a signal for the main process, the end of the
// pipe (the engine is gone, however it died) means SIGKILL for the whole group.

import {spawn} from 'node:child_process'
import {kill as sendSignal} from 'node:process'
import {Duplex, type Readable} from 'node:stream'
import {environmentNamePattern} from '../../../definition/names.ts'
import type {Exit} from '../job-plan.ts'
import {lineSplitter} from './log-lines.ts'
import type {OutputPipe} from './output-pipe.ts'

export type ProcessSpec = {
  /** What stands before the shell; see sandbox.ts. */
  readonly prefix: readonly string[]
  readonly setUp: string
  readonly argv: readonly string[]
  /** As the job sees it. */
  readonly workingDirectory: string
  readonly environment: Readonly<Record<string, string>>
  /** Where the output is to go; else it goes the way that Node has for it. */
  readonly pipe: OutputPipe | undefined
  /** Whether the program gets a socket to talk with the engine, as descriptor 4. */
  readonly hasChannel?: boolean
  onLine(line: string): void
}

export type JobProcess = {
  /** Resolves when the main process has ended, its group is dead and its output is read. Rejects when it cannot be started. */
  readonly exited: Promise<Exit>
  /** A signal for the main process, not for its children: what `docker stop` and SageMaker do. */
  signal(name: 'TERM'): void
  /** SIGKILL to the whole group. */
  kill(): void
  /** The engine's end of the socket, for a program that has one. */
  readonly channel?: Duplex | undefined
}

/** Twice in the background, so that the watcher is no child of the program, which may wait for all of its children. */
const watcher = `( (
trap '' TERM HUP INT
while read -r word; do kill -s "$word" $$; done
kill -s KILL 0
) <&3 >/dev/null 2>&1 4<&- & )
exec 3<&-
`

/** $1 is the working directory, the rest the program. */
const start = `cd -- "$1" || exit 126
shift
exec 2>&1
exec "$@"`

/** A stray process in a session of its own can hold the output open: it is not waited for. */
const outputPatienceMs = 500

export function startProcess(spec: ProcessSpec): JobProcess {
  const script = watcher + spec.setUp + start
  const {kept, odd} = splitEnvironment(spec.environment)
  const program = odd.length === 0 ? spec.argv : ['env', ...odd, ...spec.argv]
  const [command = '', ...args] = [...spec.prefix, '/bin/sh', '-c', script, 'mlpipe', spec.workingDirectory, ...program]

  const child = spawnDetached(command, args, kept, spec)
  const channel = child.stdio[4]
  const lifeline = child.stdio[3]
  if (lifeline instanceof Duplex) lifeline.on('error', () => undefined)

  // The program's stderr is its stdout; what comes by stderr itself is of the shell and the sandbox.
  const outputs = spec.pipe ? [spec.pipe.reader] : [child.stdout, child.stderr].filter((stream) => stream !== null)
  const outputsEnd = Promise.all(outputs.map((stream) => readLines(stream, spec.onLine)))

  const kill = () => {
    try {
      if (child.pid !== undefined) sendSignal(-child.pid, 'SIGKILL')
    } catch {
      // The group has gone already.
    }
  }
  const exited = new Promise<Exit>((resolve, reject) => {
    child.on('error', reject)
    child.on('exit', (code, signal) => {
      kill()
      lifeline?.destroy()
      // What is in the pipe already is read between the timer and the immediate, however late the timer comes.
      const patience = setTimeout(() => {
        setImmediate(() => {
          for (const stream of outputs) stream.destroy()
        })
      }, outputPatienceMs)
      void outputsEnd.then(() => {
        clearTimeout(patience)
        resolve(namedSignal(code, signal))
      })
    })
  })
  const signal = (name: 'TERM') => {
    if (lifeline instanceof Duplex && lifeline.writable) lifeline.write(`${name}\n`)
  }
  return {exited, kill, signal, channel: channel instanceof Duplex ? channel : undefined}
}

/** In a group (and session) of its own: a Ctrl-C in the terminal is for the engine, which then decides. */
function spawnDetached(
  command: string,
  args: readonly string[],
  env: Record<string, string>,
  {pipe, hasChannel = false}: ProcessSpec,
) {
  const output = pipe?.writer ?? 'pipe'
  try {
    const more = hasChannel ? (['pipe'] as const) : []
    return spawn(command, args, {detached: true, env, stdio: ['ignore', output, output, 'pipe', ...more]})
  } finally {
    pipe?.closeWriter()
  }
}

function readLines(stream: Readable, onLine: (line: string) => void): Promise<void> {
  const lines = lineSplitter(onLine)
  stream.on('data', (chunk: Buffer) => lines.push(chunk))
  return new Promise((resolve) => {
    stream.on('close', () => {
      lines.end()
      resolve()
    })
  })
}

const signalsByNumber: Readonly<Record<number, string>> = {
  6: 'SIGABRT',
  7: 'SIGBUS',
  8: 'SIGFPE',
  9: 'SIGKILL',
  11: 'SIGSEGV',
  15: 'SIGTERM',
}

/** bubblewrap, as a shell, reports a death by signal n as the exit code 128 + n. */
function namedSignal(code: number | null, signal: string | null): Exit {
  const named = code !== null && code > 128 ? signalsByNumber[code - 128] : undefined
  return named === undefined ? {code, signal} : {code, signal: named}
}

/** Shells drop variables whose names are none for them, such as SM_HP_BATCH-SIZE: those go by env(1). */
function splitEnvironment(environment: Readonly<Record<string, string>>): {
  kept: Record<string, string>
  odd: string[]
} {
  const kept: Record<string, string> = {}
  const odd: string[] = []
  for (const [name, value] of Object.entries(environment)) {
    if (environmentNamePattern.test(name)) kept[name] = value
    else odd.push(`${name}=${value}`)
  }
  return {kept, odd}
}
