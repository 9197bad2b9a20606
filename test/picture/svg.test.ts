// The SVG of a picture: well-formed, with everything in its place, told in words, and the same every time.
import {describe, expect, it} from 'vitest'
import type {Picture} from '../../src/picture/picture.ts'
import {renderSvg} from '../../src/picture/svg/svg.ts'
import {fc, runs} from '../support/properties.ts'
import {elementsOf, parseXml, textOf, type XmlElement} from '../support/xml.ts'
import {anyPicture, hostileNames, hostilePicture} from './made-pictures.ts'
import {problemsOf, readGeometry} from './svg-geometry.ts'

const directions = ['down', 'right'] as const

function find(root: XmlElement, attribute: string): XmlElement[] {
  return elementsOf(root).filter(({attributes}) => attributes[attribute] !== undefined)
}

describe('an SVG', () => {
  it.each(directions)('has every text in its box, and nothing across anything else, %s', (direction) => {
    fc.assert(
      fc.property(anyPicture(), (picture) => {
        expect(problemsOf(readGeometry(renderSvg(picture, {direction})))).toEqual([])
      }),
      {numRuns: runs(60)},
    )
  })

  it.each(directions)('also with so many layers that they are laid out the fast way, %s', (direction) => {
    fc.assert(
      fc.property(anyPicture(90, 60), (picture) => {
        const chain = picture.nodes.slice(1).map(({id}, index) => ({from: picture.nodes[index]?.id ?? '', to: id}))
        const whole: Picture = {
          ...picture,
          edges: [...chain.map((ends) => ({...ends, kind: 'data' as const})), ...long(picture)],
        }
        expect(problemsOf(readGeometry(renderSvg(whole, {direction})))).toEqual([])
      }),
      {numRuns: runs(6), endOnFailure: true},
    )
  })

  it('shows every node and every edge once, with its words whole in the tooltip', () => {
    fc.assert(
      fc.property(anyPicture(), (picture) => {
        const root = parseXml(renderSvg(picture))
        expect(find(root, 'data-node').map(({attributes}) => attributes['data-node'])).toEqual(
          picture.nodes.map(({id}) => id),
        )
        const edges = find(root, 'data-from').map(
          ({attributes}) => `${attributes['data-from']} ${attributes['data-to']}`,
        )
        expect(edges).toEqual(picture.edges.map(({from, to}) => `${from} ${to}`))
      }),
    )
  })

  it('takes any name', () => {
    const svg = renderSvg(hostilePicture)
    const root = parseXml(svg)
    expect(problemsOf(readGeometry(svg))).toEqual([])
    expect(find(root, 'data-node')).toHaveLength(hostileNames.length)
    const ids = find(root, 'id').map(({attributes}) => attributes['id'])
    expect(new Set(ids).size).toBe(ids.length)
    expect(elementsOf(root).some(({name}) => name === 'script')).toBe(false)
    const tooltips = elementsOf(root)
      .filter(({name}) => name === 'title')
      .map(textOf)
    expect(tooltips.some((text) => text.includes(`${'x'.repeat(255)}y`))).toBe(true)
  })

  it('has a title and a description that its root is labelled by', () => {
    const root = parseXml(renderSvg(hostilePicture, {idPrefix: 'p'}))
    expect(root.attributes).toMatchObject({role: 'img', 'aria-labelledby': 'p-title p-desc'})
    const [title, desc] = elementsOf(root).filter(({name}) => name === 'title' || name === 'desc')
    expect(title?.attributes['id']).toBe('p-title')
    expect(textOf(title ?? root)).toBe('hostile <title> & "quotes"')
    expect(desc?.attributes['id']).toBe('p-desc')
  })

  it('can be reached box by box when asked to', () => {
    const root = parseXml(renderSvg(hostilePicture, {interactive: true}))
    for (const {attributes} of find(root, 'data-node')) {
      expect(attributes).toMatchObject({tabindex: '0', 'aria-label': expect.stringMatching(/./)})
    }
  })

  it('explains every colour that it uses with the words that stand in the boxes', () => {
    fc.assert(
      fc.property(anyPicture(), (picture) => {
        const legend = elementsOf(parseXml(renderSvg(picture))).find(({attributes}) => attributes['class'] === 'legend')
        for (const {status} of picture.nodes) {
          if (status) expect(legend && textOf(legend)).toContain(status.word)
        }
      }),
    )
  })

  it('asks for nothing from elsewhere', () => {
    const svg = renderSvg(hostilePicture).replace('xmlns="http://www.w3.org/2000/svg"', '')
    expect(svg).not.toMatch(/https?:|@import|@font-face|href|<script|<image|<foreignObject/)
  })

  it('is the same for the same picture', () => {
    fc.assert(
      fc.property(anyPicture(), (picture) => {
        const first = renderSvg(picture)
        renderSvg(hostilePicture)
        expect(renderSvg(picture)).toBe(first)
      }),
      {numRuns: runs(20)},
    )
  })

  it('keeps to the theme that is asked for, and follows the reader where none is', () => {
    expect(renderSvg(hostilePicture)).toContain('prefers-color-scheme: dark')
    expect(renderSvg(hostilePicture, {theme: 'light'})).not.toContain('prefers-color-scheme')
    expect(renderSvg(hostilePicture, {theme: 'dark'})).not.toContain('prefers-color-scheme')
  })

  it('draws a picture without nodes', () => {
    const root = parseXml(renderSvg({title: 'empty', description: 'no steps', nodes: [], edges: []}))
    expect(Number(root.attributes['width'])).toBeGreaterThan(0)
    expect(Number(root.attributes['height'])).toBeGreaterThan(0)
  })

  it('draws what comes after itself, and a cycle', () => {
    const node = (id: string) => ({id, label: id, kind: 'step' as const, notes: []})
    const edge = (from: string, to: string) => ({from, to, kind: 'data' as const})
    const nodes = [node('a'), node('b'), node('c')]
    const svg = renderSvg({
      title: '',
      description: '',
      nodes,
      edges: [edge('a', 'a'), edge('a', 'b'), edge('b', 'c'), edge('c', 'a')],
    })
    expect(problemsOf(readGeometry(svg))).toEqual([])
  })
})

/** Edges over many layers, some with a label. */
function long({nodes}: Picture): Picture['edges'] {
  return nodes.slice(8).map(({id}, index) => {
    const ends = {from: nodes[index % 5]?.id ?? '', to: id, kind: 'order' as const}
    return index % 3 === 0 ? {...ends, label: 'then'} : ends
  })
}
