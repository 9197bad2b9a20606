// What the actions may ask of the world outside: clock, environment, terminal and targets. Types only; cli/ builds it.

import type {Cloud, RecoveredExecution} from '../cloud/ports.ts'
import type {Target} from '../project/target.ts'
import type {Reporter} from './reporter.ts'

export type World = {
  readonly cwd: string
  readonly env: Readonly<Record<string, string | undefined>>
  now(): number
  /** The time zone of whoever looks at the result, an IANA name. */
  readonly zone: string
  /** Resolves after `ms`, or at once when the signal is aborted. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>
  /** New at every call; 32 to 128 characters. */
  newToken(): string
  /** From 0 up to 1, as Math.random gives it. */
  random(): number
  readonly reporter: Reporter
  /** Aborted by the first Ctrl-C or SIGTERM. Until it is read, Ctrl-C ends the process as usual. */
  readonly interrupt: AbortSignal
  /** An interrupt was answered with going on: `interrupt` is a new signal, and the next Ctrl-C a first one again. */
  forgetInterrupt(): void
  /** Asks on the terminal. Throws a usage error that names `yesCommand` where there is no terminal to ask on. */
  confirm(question: string, yesCommand: string): Promise<boolean>
  /**
   * Asks on the terminal for one of the words, by its beginning; Enter alone means the first. `interrupted`: Ctrl-C, or the end of
   * the input.
   */
  choose<Word extends string>(question: string, words: readonly [Word, ...Word[]]): Promise<Word | Unanswered>
  /** The region that a profile of the AWS configuration names; the default profile when none is given. */
  regionOf(profile: string | undefined): Promise<string | undefined>
  connect(target: Target, options?: ConnectOptions): Promise<Connection>
}

export type Unanswered = 'interrupted' | 'no-terminal'

export type ConnectOptions = {
  /** Executions that are started run in a process of their own, which outlives this one. Without meaning on AWS. */
  readonly handOver?: boolean
}

export type Connection = {
  readonly cloud: Cloud
  readonly recovered: readonly RecoveredExecution[]
  /** Resolves when this process runs no execution; absent where the target runs them elsewhere. */
  idle?(): Promise<void>
  /** Idempotent. */
  close(): Promise<void>
}
