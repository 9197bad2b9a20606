// Timing of whole processes. Cases are interleaved, so that a busy moment of the machine falls on all of them alike.
import {spawn, spawnSync} from 'node:child_process'

export type Case = {
  readonly name: string
  readonly command: readonly string[]
  readonly cwd?: string
  /** Puts things in place before each repetition; not timed. */
  readonly before?: () => void
}

/** Runs every case `repetitions` times, in turn, and returns the median milliseconds by name. A failure ends the bench. */
export function measure(cases: readonly Case[], repetitions: number): Map<string, number> {
  const times = new Map<string, number[]>(cases.map(({name}) => [name, []]))
  for (let repetition = 0; repetition < repetitions; repetition += 1) {
    for (const each of cases) times.get(each.name)?.push(timeOnce(each))
  }
  return new Map([...times].map(([name, list]) => [name, median(list)]))
}

function timeOnce({name, command, cwd, before}: Case): number {
  before?.()
  const [program = '', ...args] = command
  const started = performance.now()
  const {status, stderr, error} = spawnSync(program, args, {cwd, encoding: 'utf8', maxBuffer: 1 << 28})
  const elapsed = performance.now() - started
  if (status !== 0) throw new Error(`${name} failed (${status ?? error?.message}): ${command.join(' ')}\n${stderr}`)
  return elapsed
}

/** The milliseconds that `count` processes of /bin/true take, `parallel` at a time: what no scheduler can do without. */
export async function timeProcesses(count: number, parallel: number): Promise<number> {
  let left = count
  const started = performance.now()
  const lane = async (): Promise<void> => {
    while (left > 0) {
      left -= 1
      await new Promise<void>((resolve, reject) => {
        spawn('/bin/true', {stdio: 'ignore'})
          .on('error', reject)
          .on('close', () => resolve())
      })
    }
  }
  await Promise.all(Array.from({length: parallel}, lane))
  return performance.now() - started
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
}

/** Is the program there to be run? */
export function isInstalled(program: string): boolean {
  return spawnSync(program, ['--version']).status === 0
}
