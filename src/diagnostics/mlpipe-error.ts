// The one error that is thrown: an operation could not be done. Caught and rendered in the base command only.

/** `user`: they can mend it; `service`: the service said no; `bug`: ours. */
export type Blame = 'user' | 'service' | 'bug'

export type MlpipeErrorInit = {
  /** Stable kebab-case name. */
  readonly code: string
  /** What is wrong, naming the wrong value; lower case, no full stop. */
  readonly message: string
  readonly who?: Blame
  /** Process exit code; see cli/exit-codes.ts. Default 64 for `user`, 69 for `service`, 70 for `bug`. */
  readonly exit?: number
  /** What to do, each a command or a short sentence. */
  readonly nextSteps?: readonly string[]
  readonly cause?: unknown
}

const defaultExit = {user: 64, service: 69, bug: 70} as const

export class MlpipeError extends Error {
  override readonly name = 'MlpipeError'
  readonly code: string
  readonly who: Blame
  readonly exit: number
  readonly nextSteps: readonly string[]

  constructor(init: MlpipeErrorInit) {
    super(init.message, {cause: init.cause})
    this.code = init.code
    this.who = init.who ?? 'user'
    this.exit = init.exit ?? defaultExit[this.who]
    this.nextSteps = init.nextSteps ?? []
  }
}

/** The same error, of the same class and with all that it knows, telling more. */
export function amended<Amended extends MlpipeError>(
  error: Amended,
  {message, nextSteps}: {readonly message: string; readonly nextSteps?: readonly string[]},
): Amended {
  return Object.create(Object.getPrototypeOf(error), {
    ...Object.getOwnPropertyDescriptors(error),
    message: {value: message, configurable: true, writable: true},
    ...(nextSteps ? {nextSteps: {value: nextSteps, enumerable: true}} : {}),
  })
}
