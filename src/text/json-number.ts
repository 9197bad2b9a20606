// The numbers of JSON, as text.

/** Whether the text is a number as JSON writes it: `6.0` and `1e5` are, `.5`, `+1` and `0x10` are not. */
export function isJsonNumber(text: string): boolean {
  return /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/.test(text)
}
