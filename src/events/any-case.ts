// equals-ignore-case: each character of the pattern stands for its lower-case and its upper-case form, whatever their
// lengths (ß: "ß" or "SS"). The value is taken as it is, so the relation has a direction. Source: aws/event-ruler.

/** The forms that each character of the pattern may take. */
export type AnyCase = readonly (readonly string[])[]

export function parseAnyCase(text: string): AnyCase {
  return text.split('').map(formsOf)
}

export function equalsAnyCase(text: string, pattern: AnyCase): boolean {
  return endsOf(text, pattern).has(text.length)
}

export function startsAnyCase(text: string, pattern: AnyCase): boolean {
  return endsOf(text, pattern).size > 0
}

export function endsAnyCase(text: string, pattern: AnyCase): boolean {
  const reversed = [...pattern].reverse().map((forms) => forms.map(reverse))
  return startsAnyCase(reverse(text), reversed)
}

/** Where in the text the pattern may end. */
function endsOf(text: string, pattern: AnyCase): ReadonlySet<number> {
  let places = new Set([0])
  for (const forms of pattern) {
    const next = new Set<number>()
    for (const place of places) {
      for (const form of forms) if (text.startsWith(form, place)) next.add(place + form.length)
    }
    if (next.size === 0) return next
    places = next
  }
  return places
}

/** By UTF-16 unit, as event-ruler has it: a character outside the basic plane comes apart into two that stand for `?`. */
function formsOf(unit: string): readonly string[] {
  if (/[\ud800-\udfff]/.test(unit)) return ['?']
  return [...new Set([unit.toLowerCase(), unit.toUpperCase()])]
}

function reverse(text: string): string {
  return text.split('').reverse().join('')
}
