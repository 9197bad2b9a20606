// Short names in letters, digits and `_` for ids that may hold anything.

/** Each id's own name: the prefix, then what is left of the id; a number behind it where two would be the same. */
export function uniqueNames(ids: readonly string[], prefix: string): Map<string, string> {
  const names = new Map<string, string>()
  const taken = new Set<string>()
  for (const id of ids) {
    const stem = prefix + id.replace(/[^A-Za-z0-9]+/g, '_').slice(0, 60)
    let name = stem
    for (let number = 2; taken.has(name); number += 1) name = `${stem}_${number}`
    taken.add(name)
    names.set(id, name)
  }
  return names
}
