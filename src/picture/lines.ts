// What is written at a node, a line each: the same in every format that draws boxes.

import type {EdgeKind, PictureNode, Tone} from './picture.ts'
import {plainText} from './plain-text.ts'

/** Name, what it is, how it stands, and more of it; empty lines left out. */
export function nodeLines({label, caption = '', status, notes}: PictureNode): string[] {
  return [label, caption, status?.word ?? '', ...notes].map(plainText).filter((line) => line !== '')
}

export function toneOf({status}: PictureNode): Tone {
  return status?.tone ?? 'plain'
}

/** What the lines between nodes mean. */
export const edgeWords: Readonly<Record<EdgeKind, string>> = {
  data: 'takes what it made',
  order: 'only runs after it',
  branch: "a condition's branch",
  trigger: 'starts it',
}
