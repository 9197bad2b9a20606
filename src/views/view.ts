// What every view is: two pure functions of a result. Width and colour are arguments, so that no test needs a terminal.

export type Screen = {readonly width: number; readonly colour: boolean}

export type View<Result> = {
  /** The text for stdout without its last line break; empty when there is nothing to print. */
  human(result: Result, screen: Screen): string
  json(result: Result): unknown
}

/** The JSON form of a result that is already what scripts should see. */
export function asItIs<Result>(result: Result): unknown {
  return result
}

/** Commands that go on from here, whole, so that they can be copied; nothing when there are none. */
export function nextLines(commands: readonly string[]): string[] {
  return commands.length === 0 ? [] : ['next:', ...commands.map((command) => `  ${command}`)]
}
