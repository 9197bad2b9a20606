// Two lists side by side, item by item.

/** One thing as each of the two has it; absent where one has it not. */
export type Pair<Value> = {readonly before?: Value; readonly after?: Value}

/** Items of both sides by what names them: in the order of the first, then what only the second has. */
export function pair<Item, Name extends object, Value>(
  before: readonly Item[],
  after: readonly Item[],
  nameOf: (item: Item) => Name,
  read: (item: Item) => Value,
): (Name & Pair<Value>)[] {
  const rows = new Map<string, Name & Pair<Value>>()
  for (const item of before) rows.set(JSON.stringify(nameOf(item)), {...nameOf(item), before: read(item)})
  for (const item of after) {
    const key = JSON.stringify(nameOf(item))
    rows.set(key, {...(rows.get(key) ?? nameOf(item)), after: read(item)})
  }
  return [...rows.values()]
}
