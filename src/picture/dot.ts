// A picture in DOT, the language of Graphviz. Source: graphviz.org, "DOT Language" and "Attributes".

import {writeGroups} from './group-tree.ts'
import {edgeWords, nodeLines, toneOf} from './lines.ts'
import type {Direction, EdgeKind, NodeKind, Picture, PictureNode} from './picture.ts'
import {plainText} from './plain-text.ts'
import {lightTheme} from './tones.ts'
import {uniqueNames} from './unique-names.ts'

const shapes: Readonly<Record<NodeKind, string>> = {
  step: 'box',
  condition: 'hexagon',
  fail: 'octagon',
  trigger: 'ellipse',
  execution: 'box',
  data: 'cylinder',
  code: 'note',
  image: 'component',
  model: 'box3d',
  endpoint: 'ellipse',
}

const edgeStyles: Readonly<Record<EdgeKind, string>> = {
  data: 'solid',
  order: 'dashed',
  branch: 'bold',
  trigger: 'dotted',
}

export function renderDot(picture: Picture, {direction = 'down'}: {readonly direction?: Direction} = {}): string {
  const ids = uniqueNames(
    picture.nodes.map(({id}) => id),
    '',
  )
  const idOf = (id: string) => `"${ids.get(id) ?? ''}"`
  const font = 'fontname="Helvetica,Arial,sans-serif"'
  return [
    `digraph ${quoted(picture.title)} {`,
    `  graph [rankdir=${direction === 'down' ? 'TB' : 'LR'}, ${font}, tooltip=${quoted(picture.description)}]`,
    `  node [${font}, fontsize=11]`,
    `  edge [${font}, fontsize=10, color="${lightTheme.line}"]`,
    ...writeGroups(picture, {
      node: (node) => `${idOf(node.id)} ${nodeAttributes(node)}`,
      open: ({label}, id) => [
        `subgraph cluster_${id} {`,
        `  graph [label=${quoted(label)}, style="rounded,dashed", color="${lightTheme.line}"]`,
      ],
      close: '}',
    }),
    ...picture.edges.map(({from, to, kind, label}) => {
      const labelled = label === undefined ? [] : [`label=${quoted(label)}`]
      const attributes = [`style=${edgeStyles[kind]}`, ...labelled, `tooltip=${quoted(edgeWords[kind])}`]
      return `  ${idOf(from)} -> ${idOf(to)} [${attributes.join(', ')}]`
    }),
    '}',
    '',
  ].join('\n')
}

function nodeAttributes(node: PictureNode): string {
  const {fill, stroke, text} = lightTheme.tones[toneOf(node)]
  const lines = nodeLines(node)
  const style = [
    'filled',
    ...(shapes[node.kind] === 'box' ? ['rounded'] : []),
    ...(toneOf(node) === 'idle' ? ['dashed'] : []),
  ]
  return (
    `[shape=${shapes[node.kind]}, label=${quotedLines(lines)}, tooltip=${quotedLines(lines)}, ` +
    `fillcolor="${fill}", color="${stroke}", fontcolor="${text}", style="${style.join(',')}"]`
  )
}

function quoted(text: string): string {
  return quotedLines([plainText(text)])
}

/** Graphviz reads `\N` and the like in a label, and HTML's entities. */
function quotedLines(lines: readonly string[]): string {
  const escaped = lines.map((line) => line.replaceAll('&', '&amp;').replace(/[\\"]/g, '\\$&'))
  return `"${escaped.join('\\n')}"`
}
