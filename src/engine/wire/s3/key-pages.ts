// Keys as S3 lists them: keys that share the text up to a delimiter stand together as a common prefix, page after page.

export type KeyGroup<Item> = {
  readonly name: string
  /** Absent: `name` is a common prefix, which stands for all keys under it. */
  readonly item?: Item
}

export type KeyQuery = {
  readonly prefix: string
  readonly delimiter: string
  /** Only what comes after this key or common prefix. */
  readonly after: string
  readonly most: number
}

/** A page of what is given in the order of its keys, by UTF-8 bytes. */
export function pageOfKeys<Item extends {readonly key: string}>(
  items: readonly Item[],
  {prefix, delimiter, after, most}: KeyQuery,
): {shown: readonly KeyGroup<Item>[]; isTruncated: boolean} {
  const afterBytes = Buffer.from(after)
  const shown: KeyGroup<Item>[] = []
  for (const item of items) {
    if (after !== '' && Buffer.compare(Buffer.from(item.key), afterBytes) <= 0) continue
    const group = groupOf(item, prefix, delimiter)
    const isKnown = group.item === undefined && (group.name === after || group.name === shown.at(-1)?.name)
    if (isKnown) continue
    if (shown.length === most) return {shown, isTruncated: most > 0}
    shown.push(group)
  }
  return {shown, isTruncated: false}
}

function groupOf<Item extends {readonly key: string}>(item: Item, prefix: string, delimiter: string): KeyGroup<Item> {
  const at = delimiter === '' ? -1 : item.key.indexOf(delimiter, prefix.length)
  return at < 0 ? {name: item.key, item} : {name: item.key.slice(0, at + delimiter.length)}
}

/** Keys with `encoding-type=url`. */
export function encodeKeyText(text: string): string {
  return text.split('/').map(encodeURIComponent).join('/')
}
