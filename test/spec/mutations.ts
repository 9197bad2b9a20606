// Ways to spoil the text of a spec: characters, lines, words, values of the tree, and the file as a whole.

import {isMap, isPair, isSeq, parseDocument, visit} from 'yaml'
import {fc} from '../support/properties.ts'

export type Mutation = (text: string) => string

/** Pieces that mean something to YAML, to references or to expressions, and characters that few programs expect. */
const pieces = [
  ...['${', '}', '{', '[', ']', ':', ': ', '- ', '\n', '\t', '"', "'", '&a ', '*a', '!!x ', '|\n', '#', '\\', '\r\n'],
  ...[
    '%',
    '@',
    '`',
    '? ',
    '>',
    ',',
    '---\n',
    '...\n',
    '<<: ',
    '<<: *a',
    '!!binary ',
    '!foo ',
    '!!float ',
    '!!map ',
    '&a &b ',
  ],
  ...['null', '~', '0x1', '0o7', '1e999', '-0', '.inf', '.nan', '12345678901234567890', '1e-400', '2001-01-01', 'yes'],
  ...['steps.', 'and', ' not ', '(', ' in ', '==', '${steps.', '${null}', '$${', "['x']", '[0]', '[99999999999]'],
  ...[
    'É',
    '😀',
    '\uD83D',
    '\uFEFF',
    '\u0000',
    '\u0007',
    '\u001B[2J',
    '\u0085',
    '\u00A0',
    '\u2028',
    '\u202E',
    'e\u0301',
  ],
  ...[
    '__proto__',
    'constructor',
    'toString',
    '${parameters.__proto__}',
    '${steps.constructor.toString}',
    '${env.__proto__}',
  ],
]

const words = [...pieces, 'x'.repeat(20_000), '['.repeat(3_000), '{a: '.repeat(500), '('.repeat(500), '- '.repeat(500)]

/** Values of the wrong kind for wherever they get to. */
const values: readonly unknown[] = [
  ...[null, true, false, 0, -1, 2.5, 1e308, Number.POSITIVE_INFINITY, Number.NaN, 2 ** 53, 12345678901234567890n],
  ...[
    '',
    ' ',
    'a b',
    'x'.repeat(5_000),
    '${',
    '${}',
    '${steps}',
    '${steps.a',
    '${parameters.epochs}',
    '30d',
    'P30M',
    '\u0000',
  ],
  ...[
    's3://b/x',
    '../up',
    '/',
    'https://x',
    'sklearn:1.2-1',
    '*',
    '&',
    "it's",
    '"',
    'a: b',
    '# no comment',
    'true',
    'no',
  ],
  ...[
    [],
    {},
    [[]],
    [null],
    {a: null},
    {type: 'x'},
    {Get: 'Steps.a.b'},
    {'Std:Join': {On: '/', Values: [1]}},
    {'Std:Join': 1},
  ],
  ...['cron(0 3 * * ? *)', 'cron(* * * * *)', 'rate(1 day)', '$.detail.object.key', '$.', '$[0]', 's3://$.id/'],
  ...[{source: ['aws.sagemaker']}, {$or: [{a: [1]}]}, {a: [{wildcard: '*'.repeat(50)}]}, '{"a": [', {p: '$.id'}],
  ...[
    {from: 's3://b/x'},
    {'': ''},
    {'a.b': {'${x}': 1}},
    nested(90),
    nested(200),
    Array.from({length: 2_000}, () => 'x'),
  ],
]

const keys = [
  '',
  ' ',
  '__proto__',
  'constructor',
  'toString',
  'type',
  'api',
  'definition',
  'schedule',
  's3',
  'a.b',
  '${x}',
  'x'.repeat(300),
  '0',
  'é',
]

const fraction = fc.double({min: 0, max: 1, maxExcluded: true, noNaN: true})

const editCharacters = fc.record({at: fraction, remove: fc.nat(12), insert: fc.constantFrom('', ...pieces)}).map(
  ({at, remove, insert}): Mutation =>
    (text) => {
      const start = Math.floor(at * text.length)
      return text.slice(0, start) + insert + text.slice(start + remove)
    },
)

const editLines = fc
  .record({
    at: fraction,
    to: fraction,
    indent: fc.integer({min: -3, max: 5}),
    what: fc.constantFrom('drop', 'copy', 'swap', 'indent'),
  })
  .map(
    ({at, to, indent, what}): Mutation =>
      (text) => {
        const lines = text.split('\n')
        const [one, other] = [pick(lines, at), pick(lines, to)]
        const line = lines[one] ?? ''
        if (what === 'drop') lines.splice(one, 1)
        else if (what === 'copy') lines.splice(other, 0, line)
        else if (what === 'indent') lines[one] = indent < 0 ? line.slice(-indent) : ' '.repeat(indent) + line
        else [lines[one], lines[other]] = [lines[other] ?? '', line]
        return lines.join('\n')
      },
  )

const editWords = fc.record({at: fraction, to: fraction, word: fc.option(fc.constantFrom(...words))}).map(
  ({at, to, word}): Mutation =>
    (text) => {
      const found = [...text.matchAll(/[\w.$'-]+/g)]
      const one = found[pick(found, at)]
      if (!one) return text
      const other = word ?? found[pick(found, to)]?.[0] ?? ''
      return text.slice(0, one.index) + other + text.slice(one.index + one[0].length)
    },
)

const editTree = fc
  .record({
    at: fraction,
    to: fraction,
    value: fc.constantFrom(...values),
    key: fc.constantFrom(...keys),
    what: fc.nat(5),
  })
  .map(
    ({at, to, value, key, what}): Mutation =>
      (text) => {
        const document = parseDocument(text, {merge: true})
        if (document.errors.length > 0) return text
        const spots: {
          get(): unknown
          set(value: unknown): void
          drop(): void
          rename(key: string): void
          copy(): void
        }[] = []
        visit(document, {
          Pair(_key, pair, path) {
            const parent = path.at(-1)
            if (!isMap(parent)) return
            spots.push({
              get: () => pair.value,
              set: (next) => (pair.value = next),
              drop: () => parent.items.splice(parent.items.indexOf(pair as never), 1),
              rename: (name) => (pair.key = document.createNode(name)),
              copy: () => parent.items.push(pair as never),
            })
          },
          Value(index, node, path) {
            const parent = path.at(-1)
            if (isPair(parent) || !isSeq(parent) || typeof index !== 'number') return
            spots.push({
              get: () => node,
              set: (next) => (parent.items[index] = next),
              drop: () => parent.items.splice(index, 1),
              rename: () => undefined,
              copy: () => parent.items.push(node),
            })
          },
        })
        const [one, other] = [spots[pick(spots, at)], spots[pick(spots, to)]]
        if (!one || !other) return text
        if (what === 0) one.drop()
        else if (what === 1) one.copy()
        else if (what === 2) one.rename(key)
        else if (what === 3) one.set(other.get())
        else one.set(document.createNode(value))
        try {
          return document.toString()
        } catch {
          // A tree that got into itself, or an alias before its anchor, has no text.
          return text
        }
      },
  )

const editFile = fc.constantFrom<Mutation>(
  (text) => `\uFEFF${text}`,
  (text) => text.replaceAll('\n', '\r\n'),
  (text) => text.replaceAll('\n', '\r'),
  (text) => text.replaceAll('  ', '\t'),
  (text) => text.trimEnd(),
  (text) => `${text}\n...\n`,
  (text) => `%YAML 1.1\n---\n${text}`,
  (text) => `${text}${text}`,
  (text) => text.replace(/: (\S+)$/m, ': &anchor $1').replace(/: \S+$/m, ': *anchor'),
  (text) => text.replace('steps:', 'steps: &all').replace(/inputs: .*/, 'inputs: *all'),
  (text) => text.toUpperCase(),
  () => '',
)

export const mutation: fc.Arbitrary<Mutation> = fc.oneof(
  {weight: 4, arbitrary: editCharacters},
  {weight: 3, arbitrary: editLines},
  {weight: 4, arbitrary: editWords},
  {weight: 6, arbitrary: editTree},
  {weight: 1, arbitrary: editFile},
)

function nested(depth: number): unknown {
  if (depth === 0) return 1
  return depth % 2 === 0 ? [nested(depth - 1)] : {a: nested(depth - 1)}
}

function pick(items: readonly unknown[], at: number): number {
  return Math.floor(at * items.length)
}
