// A warning about what a run would do, and the words that such sentences share.

export type Warning = {
  readonly code: 'changed-without-rerun' | 'stale-hit' | 'never-hits' | 'duplicate-registration' | 'months-not-minutes'
  readonly message: string
  /** The steps it is about, all of them, also where the message names only the first. */
  readonly steps: readonly string[]
}

const mostNamed = 4

/** `a`, `a and b`, `a, b and c`; of a long list the first few and how many more. */
export function listed(words: readonly string[]): string {
  const more = words.length - mostNamed
  const named = more > 1 ? [...words.slice(0, mostNamed), `${more} more`] : words
  const last = named.at(-1) ?? ''
  return named.length < 2 ? last : `${named.slice(0, -1).join(', ')} and ${last}`
}

/** Names of steps, in quotes. */
export function quoted(names: readonly string[]): string {
  const more = names.length - mostNamed
  const some = (more > 1 ? names.slice(0, mostNamed) : names).map((name) => `"${name}"`)
  return more > 1 ? `${some.join(', ')} and ${more} more` : listed(some)
}

export function be(subjects: readonly string[]): 'is' | 'are' {
  return subjects.length === 1 ? 'is' : 'are'
}
