// What doctor may ask of the machine it runs on. Types only; cli/ builds it.

export type ProgramAnswer =
  | {readonly kind: 'answered'; readonly text: string}
  /** PATH names no such program. */
  | {readonly kind: 'missing'}
  | {readonly kind: 'failed'; readonly text: string}

export type Machine = {
  readonly nodeVersion: string
  /** Runs a program to its end; its output, or what it said when it failed. */
  ask(program: string, args: readonly string[]): Promise<ProgramAnswer>
  /** How jobs of the embedded engine get their own /opt/ml; a problem when the environment asks for what does not work. */
  sandbox(): Promise<{readonly kind: 'bwrap' | 'unshare' | 'none'} | {readonly problem: string}>
  /** Why no files can be made in the directory, or in the nearest one above it that is there; undefined when they can. */
  whyReadOnly(directory: string): Promise<string | undefined>
}
