// The published definitions and a pipeline of thirty steps in every format. The drawings in test/fixtures/graphs were looked at, on
// terminals of 100 and 60 columns and in a browser.
import {describe, expect, it} from 'vitest'
import {renderDot} from '../../../src/picture/dot.ts'
import {renderMermaid} from '../../../src/picture/mermaid.ts'
import {railRows} from '../../../src/picture/rails/rails.ts'
import {renderSvg} from '../../../src/picture/svg/svg.ts'
import {pictureLines} from '../../../src/views/picture-lines.ts'
import {displayWidth, stripColour} from '../../../src/views/style.ts'
import {definitionNames, pictureOfDefinition, thirtySteps} from '../../picture/drawn-definitions.ts'
import {hostilePicture} from '../../picture/made-pictures.ts'
import {readRails} from '../../picture/read-rails.ts'
import {problemsOf, readGeometry} from '../../picture/svg-geometry.ts'
import {expectGolden, goldenCases} from '../../support/golden.ts'

const widths = [100, 60]
const cases = goldenCases('graphs').map((golden) => ({
  golden,
  name: golden.name,
  picture: golden.name === 'thirty-steps' ? thirtySteps() : pictureOfDefinition(golden.name),
}))

it('every published definition is drawn', () => {
  expect(cases.map(({name}) => name).sort()).toEqual([...definitionNames, 'thirty-steps'].sort())
})

describe.each(cases)('$name', ({golden, picture}) => {
  it.each(widths)('on a terminal of %i columns', async (width) => {
    const lines = pictureLines(picture, {width, colour: false})
    expect(lines.filter((line) => displayWidth(line) > width)).toEqual([])
    await expectGolden(golden, `terminal-${width}.txt`, `${lines.join('\n')}\n`)
  })

  it('as Mermaid, DOT and SVG', async () => {
    await expectGolden(golden, 'graph.mmd', renderMermaid(picture))
    await expectGolden(golden, 'graph.dot', renderDot(picture))
    await expectGolden(golden, 'graph.svg', renderSvg(picture))
  })

  it('with every edge in the rows, and nothing across anything in the SVG', () => {
    expect(readRails(railRows(picture))).toEqual(picture.edges.map(({from, to}) => `${from} -> ${to}`).sort())
    for (const direction of ['down', 'right'] as const) {
      expect(problemsOf(readGeometry(renderSvg(picture, {direction})))).toEqual([])
    }
  })
})

describe('rows on a terminal', () => {
  it.each([30, 60, 72, 100])('never go over %i columns, whatever the names are', (width) => {
    const lines = pictureLines(hostilePicture, {width, colour: false})
    expect(lines.filter((line) => displayWidth(line) > width)).toEqual([])
  })

  it('let no name write to the terminal', () => {
    const lines = pictureLines(hostilePicture, {width: 100, colour: true}).join('\n')
    expect(stripColour(lines)).not.toMatch(/[\u0000-\u0009\u000B-\u001F\u007F-\u009F\u202A-\u202E]/)
  })

  it('colour what they also say in words', () => {
    const lines = pictureLines(hostilePicture, {width: 100, colour: true})
    expect(lines.map(stripColour)).toEqual(pictureLines(hostilePicture, {width: 100, colour: false}))
  })

  it('have one row for each of thirty steps, and room for their words at 100 columns', () => {
    const picture = thirtySteps()
    const rows = railRows(picture)
    expect(picture.nodes.filter(({kind}) => kind !== 'trigger' && kind !== 'execution')).toHaveLength(30)
    expect(rows.filter(({node}) => node)).toHaveLength(picture.nodes.length)
    expect(Math.max(...rows.map(({rails}) => rails.length))).toBeLessThan(30)
  })
})
