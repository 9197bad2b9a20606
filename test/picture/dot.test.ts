// DOT, read back by the rules of its grammar. Source: graphviz.org, "DOT Language": an id in quotes holds anything but a bare quote, `\"` is one;
// "escString": `\N`, `\G`, `\l`, `\r`, `\n` mean something in a label, a backslash before another character does not.
import {describe, expect, it} from 'vitest'
import {renderDot} from '../../src/picture/dot.ts'
import type {Picture} from '../../src/picture/picture.ts'
import {plainText} from '../../src/picture/plain-text.ts'
import {fc} from '../support/properties.ts'
import {definitionNames, pictureOfDefinition} from './drawn-definitions.ts'
import {anyPicture, hostileNames, hostilePicture} from './made-pictures.ts'

type Read = {readonly nodes: Map<string, string[]>; readonly edges: string[]}

const quoted = '"(?:[^"\\\\]|\\\\.)*"'
const value = `(?:${quoted}|\\w+)`
const attributes = `\\[\\w+=${value}(?:, \\w+=${value})*\\]`
const nodeLine = new RegExp(`^\\s*(${quoted}) (${attributes})$`)
const edgeLine = new RegExp(`^\\s*(${quoted}) -> (${quoted}) ${attributes}$`)
const otherLine = new RegExp(
  `^\\s*(?:digraph ${quoted} \\{|subgraph cluster_\\d+ \\{|(?:graph|node|edge) ${attributes}|\\})$`,
)

/** Throws at a line that the grammar does not know. */
function readDot(text: string): Read {
  const nodes = new Map<string, string[]>()
  const edges: string[] = []
  for (const line of text.split('\n')) {
    const edge = edgeLine.exec(line)
    const node = nodeLine.exec(line)
    if (edge) edges.push(`${edge[1]} -> ${edge[2]}`)
    else if (node) nodes.set(node[1] ?? '', labelLines(new RegExp(`label=(${quoted})`).exec(node[2] ?? '')?.[1] ?? ''))
    else if (line !== '' && !otherLine.test(line)) throw new Error(`no statement of DOT: ${line}`)
  }
  return {nodes, edges}
}

/** As a label is shown: lines at `\n`, HTML's entities replaced. */
function labelLines(label: string): string[] {
  const text = label.slice(1, -1).replace(/\\(.)/g, (_, one: string) => (one === 'n' ? '\n' : one))
  return text.split('\n').map((line) => line.replaceAll('&amp;', '&'))
}

function edgesOf({nodes, edges}: Picture, read: Read): string[] {
  const names = [...read.nodes.keys()]
  const nameOf = new Map(nodes.map(({id}, index) => [id, names[index]]))
  return edges.map(({from, to}) => `${nameOf.get(from)} -> ${nameOf.get(to)}`)
}

describe('DOT', () => {
  it.each(definitionNames)('has the nodes and edges of %s', (name) => {
    const picture = pictureOfDefinition(name)
    const read = readDot(renderDot({...picture, groups: []}))
    expect([...read.nodes.values()].map(([label]) => label)).toEqual(picture.nodes.map(({label}) => label))
    expect(read.edges).toEqual(edgesOf(picture, read))
  })

  it('can be read whatever the names are', () => {
    const read = readDot(renderDot(hostilePicture))
    expect(read.nodes.size).toBe(hostileNames.length)
    fc.assert(
      fc.property(anyPicture(), (picture) => {
        const found = readDot(renderDot(picture))
        expect(found.nodes.size).toBe(picture.nodes.length)
        expect(found.edges).toEqual(edgesOf(picture, found))
      }),
    )
  })

  it('says every name as it is', () => {
    const labels = [...readDot(renderDot(hostilePicture)).nodes.values()].map(([label]) => label)
    expect(labels).toEqual(hostileNames.map(plainText))
  })
})
