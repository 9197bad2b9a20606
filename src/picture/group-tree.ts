// The nodes of a picture inside their groups, written line by line: for formats in which a frame holds what stands in it.

import {grouped} from './grouped.ts'
import type {Picture, PictureGroup, PictureNode} from './picture.ts'

export type GroupWords = {
  node(node: PictureNode): string
  open(group: PictureGroup, id: string): readonly string[]
  readonly close: string
}

export function writeGroups({nodes, groups = []}: Picture, words: GroupWords): string[] {
  const known = new Set(groups.map(({id}) => id))
  const parentOf = (id: string | undefined) => (id !== undefined && known.has(id) ? id : undefined)
  const members = grouped(nodes, ({group}) => parentOf(group))
  const inner = grouped(groups, ({parent}) => parentOf(parent))
  const numbers = new Map(groups.map(({id}, index) => [id, index]))
  const write = (parent: string | undefined, indent: string): string[] => [
    ...(members.get(parent) ?? []).map((node) => indent + words.node(node)),
    ...(inner.get(parent) ?? []).flatMap((group) => [
      ...words.open(group, `${numbers.get(group.id)}`).map((line) => indent + line),
      ...write(group.id, `${indent}  `),
      indent + words.close,
    ]),
  ]
  return write(undefined, '  ')
}
