// Pictures to try the renderers on: random ones, and one with every name that could break a format.

import type {EdgeKind, NodeKind, Picture, PictureEdge, PictureNode, Tone} from '../../src/picture/picture.ts'
import {fc} from '../support/properties.ts'

const kinds: readonly NodeKind[] = [
  'step',
  'condition',
  'fail',
  'trigger',
  'execution',
  'data',
  'code',
  'image',
  'model',
  'endpoint',
]
const toneNames: readonly Tone[] = ['plain', 'good', 'reused', 'work', 'open', 'bad', 'idle']
const edgeKinds: readonly EdgeKind[] = ['data', 'order', 'branch', 'trigger']

/** Edges run from earlier to later nodes; the nodes stand in an order of their own. */
export function anyPicture(most = 14, least = 1): fc.Arbitrary<Picture> {
  return fc
    .record({
      nodes: fc.array(
        fc.record({
          kind: fc.constantFrom(...kinds),
          tone: fc.option(fc.constantFrom(...toneNames), {nil: undefined}),
          label: fc.string({minLength: 1, maxLength: 40}),
          notes: fc.array(fc.string({maxLength: 90}), {maxLength: 3}),
        }),
        {minLength: least, maxLength: most},
      ),
      edges: fc.array(
        fc.record({
          ends: fc.tuple(fc.nat(most), fc.nat(most)),
          kind: fc.constantFrom(...edgeKinds),
          label: fc.option(fc.string({maxLength: 12}), {nil: undefined}),
        }),
        {maxLength: 3 * most},
      ),
      order: fc.array(fc.nat(), {minLength: most, maxLength: most}),
    })
    .map(({nodes, edges, order}): Picture => {
      const made = nodes.map(({kind, tone, label, notes}, index): PictureNode => {
        const status = tone === undefined ? {} : {status: {tone, word: `is ${tone}`}}
        return {id: `n${index}`, label, kind, caption: kind, ...status, notes}
      })
      const found = new Map<string, PictureEdge>()
      for (const {ends, kind, label} of edges) {
        const [from, to] = ends.map((end) => end % nodes.length).sort((a, b) => a - b)
        if (from === to) continue
        found.set(`${from} ${to}`, {from: `n${from}`, to: `n${to}`, kind, ...(label === undefined ? {} : {label})})
      }
      const shuffled = made
        .map((node, index) => ({node, key: order[index] ?? 0}))
        .sort((a, b) => a.key - b.key)
        .map(({node}) => node)
      return {title: 'random', description: 'a random picture', nodes: shuffled, edges: [...found.values()]}
    })
}

export const hostileNames: readonly string[] = [
  'end',
  'graph',
  'subgraph',
  'style: a#b;',
  'classDef x fill:#f00;',
  '__proto__',
  'constructor',
  'title',
  'desc',
  'tip',
  '1',
  '"quoted"',
  "it's",
  '<b>bold</b><script>alert(1)</script>',
  '&amp; & &',
  ']]>',
  '-->',
  '`code` *star* _under_ **strong** ~~gone~~',
  '*/15 * * * ? *',
  '[link](to) ftp://example.com me@example.com www.example.com',
  '1. list',
  '- item',
  '# heading',
  '---',
  'back\\slash\\',
  'a\\N\\l\\r',
  '#quot; #35;',
  '{{[(|)]}}',
  '🚀 emoji 👩‍👩‍👧',
  '漢字のステップ',
  'مرحبا بالعالم',
  '\u202Eright to left',
  'tab\tand\nline',
  'nul\u0000bell\u0007esc\u001B[31mred',
  'half \uD800 pair',
  `${'x'.repeat(255)}y`,
  'a very long name of many words '.repeat(8),
]

/** Each name as id, label, caption, word and note, in a chain. */
export const hostilePicture: Picture = {
  title: 'hostile <title> & "quotes"',
  description: 'names with ]]> and --> and {braces}; # and \u0000',
  nodes: hostileNames.map((name, index) => ({
    id: name,
    label: name,
    kind: kinds[index % kinds.length] ?? 'step',
    caption: name,
    status: {tone: toneNames[index % toneNames.length] ?? 'plain', word: name},
    notes: [name],
  })),
  edges: hostileNames.slice(1).map((name, index) => ({
    from: hostileNames[index] ?? '',
    to: name,
    kind: edgeKinds[index % edgeKinds.length] ?? 'data',
    label: name,
  })),
}
