// Where something stands in a spec.

/** Where the spec says it: `mlpipe.yaml:34`. */
export function placeText(file: string, line: number | undefined): string {
  return line === undefined ? '' : `${file}:${line}`
}
