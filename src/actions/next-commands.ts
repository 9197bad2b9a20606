// Commands that a result proposes, with the file and the target that the user named this time.

export type Place = {readonly file?: string | undefined; readonly target?: string | undefined}

/** `executions show x` -> `mlpipe executions show x -f other.yaml -t prod`. */
export function nextCommand(command: string, place: Place): string {
  const file = place.file === undefined ? '' : ` -f ${quoted(place.file)}`
  const target = place.target === undefined ? '' : ` -t ${quoted(place.target)}`
  return `mlpipe ${command}${file}${target}`
}

/** As it can be pasted into a POSIX shell. */
export function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`
}
