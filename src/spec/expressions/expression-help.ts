// What to write instead, where an `if:` expression looks like that of another language.

type Habit = readonly [pattern: RegExp, help: string]

/** Tried in order on the text from the mistake on. */
const habits: readonly Habit[] = [
  [/^=>/, 'write >='],
  [/^=</, 'write <='],
  [/^=(?!=)/, 'compare with =='],
  [/^!(?!=)/, 'write not'],
  [/^and\b/i, 'write and, in small letters'],
  [/^or\b/i, 'write or, in small letters'],
  [/^not\b/i, 'write not, in small letters'],
  [/^in\b/i, 'write in, in small letters'],
  [/^is\b/i, 'write =='],
  [/^(['"])[^'"]*$/, 'the quote is never closed'],
  [/^(?:[<>]=?|[!=]=)/, 'each comparison has two sides: join two comparisons with and'],
  [/^%/, 'a share is written as a number: 0.9 for 90%'],
  [/^[-+*/]/, 'an expression compares, it calculates nothing'],
  [/^,\s*\d/, 'the decimal point is a dot'],
  [/^\.\d/, 'a digit stands before the point: 0.5'],
  [/^[A-Za-z_]\w*\s*\(/, 'the only functions are json(..) and join(..)'],
]

/** Undefined when nothing is known of it. */
export function expressionHelp(text: string, at: number): string | undefined {
  if (/<$/.test(text.slice(0, at)) && text[at] === '>') return 'write !='
  if (/[!=]=$/.test(text.slice(0, at)) && text[at] === '=') return `write ${text.slice(at - 2, at)}`
  if (at >= text.length && isBarePath(text)) return `to ask whether it is true, write ${text.trim()} == true`
  if (/\bin\s+$/.test(text.slice(0, at)) && text[at] !== '[') return "the choices stand in brackets: in ['a', 'b']"
  const habit = habits.find(([pattern]) => pattern.test(text.slice(at)))
  if (habit) return habit[1]
  const word = /^[A-Za-z_][\w-]*(?![\w.[-])/.exec(text.slice(at))?.[0]
  const isLeftSide = /(?:^|\(|\b(?:and|or|not))\s*$/.test(text.slice(0, at))
  return word !== undefined && isLeftSide
    ? `quote a text: '${word}'; a path begins with steps or parameters`
    : undefined
}

function isBarePath(text: string): boolean {
  return /^\s*[A-Za-z_][\w.[\]'-]*\s*$/.test(text)
}
