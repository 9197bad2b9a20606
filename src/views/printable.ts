// Text that others wrote (log lines, reasons, names), made safe to show: it may colour, clear or retitle a terminal.

/** ECMA-48: control sequences (CSI), strings (OSC, DCS, SOS, PM, APC) up to their end, and the short escapes. */
const escapes =
  /(?:\u001B\[|\u009B)[0-?]*[ -/]*[@-~]?|(?:\u001B[\]PX^_]|[\u0090\u0098\u009D-\u009F])[^\u0007\u001B\u009C]*(?:\u0007|\u001B\\|\u009C)?|\u001B[ -/]*[0-~]?/g
/** Line breaks and tabs stay. The bidirectional overrides can make a text read as what it is not. */
const controls = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F\u202A-\u202E\u2066-\u2069]/g

/** Without anything that a terminal would obey. */
export function printable(text: string): string {
  return text.replace(escapes, '').replace(/\r\n?/g, '\n').replace(controls, '')
}

/** A log line as it would stand on a screen in the end: what a carriage return drew over is gone. */
export function logText(line: string): string {
  const trimmed = line.trimEnd()
  return printable(trimmed.slice(trimmed.lastIndexOf('\r') + 1)).replaceAll('\t', '    ')
}

/** One line: what a message of several lines is worth in a table. */
export function oneLine(text: string): string {
  return printable(text).replace(/\s+/g, ' ').trim()
}
