// Mermaid text, line by line against the grammar of its flowcharts. Source: mermaid-js, packages/mermaid/src/diagrams/flowchart/parser/flow.jison,
// and utils.ts for what is done with a text before it is parsed (`encodeEntities`).
import {lexer, type Token} from 'marked'
import {describe, expect, it} from 'vitest'
import {renderMermaid} from '../../src/picture/mermaid.ts'
import type {Picture} from '../../src/picture/picture.ts'
import {fc, runs} from '../support/properties.ts'
import {definitionNames, pictureOfDefinition} from './drawn-definitions.ts'
import {anyPicture, hostileNames, hostilePicture} from './made-pictures.ts'

const id = '[A-Za-z][A-Za-z0-9_]*'
/** A string of the lexer ends at its first quote; `<` only as the tags that a label may have. */
const words = '(?:[^"<>`*&]|<b>|</b>|<br>)*'
const brackets = [
  ['\\[', '\\]'],
  ['\\{\\{', '\\}\\}'],
  ['\\[\\[', '\\]\\]'],
  ['\\(\\[', '\\]\\)'],
  ['\\[\\(', '\\)\\]'],
  ['>', '\\]'],
  ['\\[/', '/\\]'],
  ['\\(', '\\)'],
]
const shape = brackets.map(([open, close]) => `${open}"${words}"${close}`).join('|')
const statements = [
  '%% .*',
  'flowchart (?:TD|LR)',
  'accTitle: [^#;{}]*',
  'accDescr: [^#;{}]*',
  `(${id})(?:${shape})`,
  `${id} (?:-->|-\\.->|==>)(?:\\|"${words}"\\|)? ${id}`,
  `subgraph ${id}\\["${words}"\\]`,
  'end',
  'classDef [a-z]+ fill:#[0-9a-f]{6},stroke:#[0-9a-f]{6},color:#[0-9a-f]{6}(?:,stroke-dasharray:4 3)?',
  `class ${id}(?:,${id})* [a-z]+`,
].map((pattern) => new RegExp(`^\\s*(?:${pattern})\\s*$`))

function strangeLines(picture: Picture): string[] {
  return renderMermaid(picture)
    .split('\n')
    .filter((line) => line !== '' && !statements.some((statement) => statement.test(line)))
}

/** The quoted texts, with their entities read. */
function quotedTexts(text: string): string[] {
  return [...text.matchAll(/"([^"]*)"/g)].map(([, label = '']) =>
    label.replace(/#(\d+);/g, (_, code) => String.fromCharCode(Number(code))),
  )
}

/** What a reader sees of them: a word joiner has no width, a hair space next to none, and a modifier grave is drawn like a backtick. */
function shownTexts(text: string): string[] {
  return quotedTexts(text).map((label) => label.replace(/[\u2060\u200A]/g, '').replaceAll('\u02CB', '`'))
}

/** From Mermaid 11 on each line of a text is read as Markdown, by marked, after its entities were read; HTML it draws as it stands. */
function markdownIn(text: string): string[] {
  const kinds = (tokens: readonly Token[]): string[] =>
    tokens.flatMap((token) => [token.type, ...('tokens' in token ? kinds(token.tokens ?? []) : [])])
  const plain = ['paragraph', 'text', 'html', 'space']
  return quotedTexts(text)
    .flatMap((label) => label.split('<br>'))
    .map((line) => line.replace(/<\/?b>/g, ''))
    .filter((line) => kinds(lexer(line)).some((kind) => !plain.includes(kind)))
}

/** As Mermaid does before it parses: in lines that look like a style, the last `;` is taken off. */
function encodeEntities(text: string): string {
  return text
    .replace(/style.*:\S*#.*;/g, (found) => found.slice(0, -1))
    .replace(/classDef.*:\S*#.*;/g, (found) => found.slice(0, -1))
}

describe('Mermaid', () => {
  it.each(definitionNames)('is a flowchart of %s', (name) => {
    expect(strangeLines(pictureOfDefinition(name))).toEqual([])
  })

  it('is a flowchart whatever the names are', () => {
    expect(strangeLines(hostilePicture)).toEqual([])
    fc.assert(
      fc.property(anyPicture(), (picture) => {
        expect(strangeLines(picture)).toEqual([])
      }),
    )
  })

  it('says every name as it is', () => {
    const texts = shownTexts(renderMermaid(hostilePicture))
    for (const name of hostileNames.filter((one) => /^[\x20-\x7E]+$/.test(one))) {
      expect(texts.some((text) => text.includes(name.trim()))).toBe(true)
    }
  })

  it('has no text that Markdown would read as more than text', () => {
    expect(markdownIn(renderMermaid(hostilePicture))).toEqual([])
    const words = fc.string({
      unit: fc.constantFrom(...'*_~-+#>1.)[](@:/ ax', '**', '__', 'http://', 'www.'),
      maxLength: 14,
    })
    fc.assert(
      fc.property(words, words, (name, note) => {
        const node = {id: 'a', label: name, kind: 'step' as const, notes: [note]}
        const picture = {
          title: '',
          description: '',
          nodes: [node],
          edges: [{from: 'a', to: 'a', kind: 'data' as const, label: note}],
        }
        expect(markdownIn(renderMermaid(picture))).toEqual([])
      }),
      {
        numRuns: runs(2000),
        examples: [
          ['[*]:a', ''],
          ['[a]: b', '[a]: b'],
        ],
      },
    )
  })

  it('has no label where nothing of it can be drawn', () => {
    const nodes = [{id: 'a', label: 'a', kind: 'step' as const, notes: []}]
    const picture = {
      title: '',
      description: '',
      nodes,
      edges: [{from: 'a', to: 'a', kind: 'data' as const, label: ' \u0007'}],
    }
    expect(renderMermaid(picture)).toContain('\n  n_a --> n_a\n')
  })

  it('loses no entity where a line looks like a style', () => {
    const text = renderMermaid(hostilePicture)
    expect(encodeEntities(text)).toBe(text)
  })

  it('has an id of its own for every node, and none that is a keyword', () => {
    const ids = [...renderMermaid(hostilePicture).matchAll(/^ {2}(\w+)[[({>]/gm)].map(([, one]) => one)
    expect(ids).toHaveLength(hostileNames.length)
    expect(new Set(ids).size).toBe(ids.length)
    expect(ids.filter((one) => !one?.startsWith('n_'))).toEqual([])
  })

  it('frames the branches of a condition', () => {
    const node = {kind: 'step' as const, notes: []}
    const text = renderMermaid({
      title: 't',
      description: 'd',
      nodes: [
        {...node, id: 'a', label: 'a'},
        {...node, id: 'b', label: 'b', group: 'g'},
      ],
      edges: [],
      groups: [{id: 'g', label: 'gate: then'}],
    })
    expect(text).toContain('  subgraph g_0["gate: then"]\n    n_b["<b>b</b>"]\n  end\n')
  })

  it('warns of what Mermaid does not draw by itself', () => {
    const nodes = Array.from({length: 502}, (_, index) => ({
      id: `${index}`,
      label: `${index}`,
      kind: 'step' as const,
      notes: [],
    }))
    const edges = nodes.slice(1).map((_, index) => ({from: `${index}`, to: `${index + 1}`, kind: 'data' as const}))
    expect(renderMermaid({title: '', description: '', nodes, edges})).toMatch(/^%% Mermaid draws 500 edges/)
  })
})
