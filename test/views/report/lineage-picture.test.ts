// The drawn lineage of a report: what stands in it, and where there is none.

import {describe, expect, it} from 'vitest'
import type {ReportLineage} from '../../../src/actions/report/report-data.ts'
import {drawnLineage} from '../../../src/views/report/lineage-picture.ts'
import {renderReport} from '../../../src/views/report/page.ts'
import {elementsOf, parseXml, textOf, type XmlElement} from '../../support/xml.ts'
import {largeReport, sampleReport} from './sample-report.ts'

function drawn(report = sampleReport()): XmlElement {
  const svg = /<svg.*<\/svg>/s.exec(drawnLineage(report)?.markup ?? '')?.[0] ?? ''
  return parseXml(svg)
}

function boxes(root: XmlElement): string[] {
  const found = elementsOf(root).filter(({attributes}) => attributes['data-node'] !== undefined)
  return found.map((node) => node.attributes['aria-label'] ?? '')
}

function lineageWith(rest: Partial<ReportLineage>): {lineage: ReportLineage} {
  const {picture: _drawn, ...lineage} = sampleReport().lineage ?? {executions: [], steps: [], models: [], gaps: []}
  return {lineage: {...lineage, ...rest}}
}

describe('the drawn lineage', () => {
  it('tells data, code, images, step runs, models and endpoints, in the words of the page', () => {
    expect(boxes(drawn())).toEqual([
      'fetch, Processing in earlier2, succeeded',
      'prepare, Processing in earlier1, cached',
      'train, Training, succeeded, epochs=300, loss 0.0599',
      'register, RegisterModel, succeeded',
      'sagemaker-scikit-learn:1.2-1-cpu-py3, image',
      'prepare.py, sha256 dddddddddddd',
      'data/wdbc.csv, sha256 bbbbbbbbbbbb',
      'raw, fingerprint cccccccccccc',
      'tumours/7, model package, Pending approval',
      'tumours',
    ])
  })

  it('runs down where the page has room for that, so that nothing is cut off', () => {
    expect(Number(drawn().attributes['width'])).toBeLessThan(1080)
  })

  it('says that nothing really ran in a step', () => {
    const steps = sampleReport().steps.map((step) => (step.name === 'train' ? {...step, simulated: 'why'} : step))
    expect(boxes(drawn(sampleReport({steps})))[2]).toContain('train, Training, succeeded, simulated')
  })

  it('has a title and a description, and no id that the page has elsewhere', () => {
    const root = drawn()
    expect(root.attributes).toMatchObject({
      role: 'group',
      'aria-labelledby': 'lineage-picture-title lineage-picture-desc',
    })
    const [title, desc] = elementsOf(root).filter(({name}) => name === 'title' || name === 'desc')
    expect(textOf(title ?? root)).toBe('lineage of this1')
    expect(textOf(desc ?? root)).toContain('4 step runs, 2 executions, 1 model')
    const ids = [...renderReport(sampleReport()).matchAll(/\sid="([^"]+)"/g)].map(([, id]) => id)
    expect(ids).toContain('picture-tip')
    expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([])
  })

  it('is a sentence with the command that draws it where it is too large, also of 1,000 steps', () => {
    const markup = drawnLineage(largeReport(1000))?.markup
    expect(markup).toContain('With 1000 nodes and 900 edges it is too large to be drawn here')
    expect(markup).toContain('<code>mlpipe lineage this1 -o lineage.dot -t prod</code>')
    expect(markup).not.toContain('class="graph')
  })

  it('is nothing, not even a frame, where there is nothing to draw', () => {
    expect(drawnLineage(sampleReport(lineageWith({})))).toBeUndefined()
    const {lineage: _lineage, ...without} = sampleReport({gaps: [{part: 'lineage', reason: 'it may not be read'}]})
    expect(drawnLineage(without)).toBeUndefined()
    const page = renderReport(without)
    expect(page.match(/<div class="graph/g)).toHaveLength(1)
    expect(page).toContain('it may not be read')
  })
})
