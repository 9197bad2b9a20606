// What a page says of data that nothing but its URI tells of.

import {expect, it} from 'vitest'
import type {SinceReport, TakenReport} from '../../../src/actions/lineage/lineage-result.ts'
import {lineageSection} from '../../../src/views/report/lineage-section.ts'
import {takenLine, uriAlone} from '../../../src/views/report/taken-words.ts'
import {sampleReport} from './sample-report.ts'

const anchors = {of: (name: string) => `step-${name}`} as never
const writtenAt = '2026-01-02T03:04:05.000Z'
const taken = (since?: SinceReport): TakenReport => ({name: 'raw', uri: 's3://lake/raw.csv', ...(since ? {since} : {})})

it.each([
  [undefined, undefined, undefined],
  [{state: 'older', writtenAt}, 'nothing newer lies there', undefined],
  [{state: 'gone'}, 'nothing lies there today', 'nothing lies there today'],
  [
    {state: 'written-since', writtenAt},
    'written since (2026-01-02 03:04:05 UTC)',
    'written since (2026-01-02 03:04:05 UTC)',
  ],
] as const)('%j', (since, inTable, atStep) => {
  const line = inTable === undefined ? '' : `<span class="line">${inTable}</span>`
  expect(uriAlone(taken(since)).markup).toBe(`<span class="absent">by its URI alone</span>${line}`)
  const tag = atStep === undefined ? '' : ` <span class="tag">${atStep}</span>`
  expect(takenLine(taken(since), anchors).markup).toBe(`raw <code>s3://lake/raw.csv</code> ${tag}`)
})

it('what two steps read before and after it was written again are two rows', () => {
  const report = sampleReport()
  const [step] = report.lineage?.steps ?? []
  if (!step || !report.lineage) throw new Error('the sample has no lineage')
  const since = taken({state: 'written-since', writtenAt})
  const reading = (inputs: readonly TakenReport[]) => ({...step, inputs, code: []})
  const rows = (inputs: readonly (readonly TakenReport[])[]) => {
    const lineage = {...report.lineage, steps: inputs.map(reading)}
    return lineageSection({...report, lineage} as never, anchors).markup.split('s3://lake/raw.csv').length - 1
  }
  expect(rows([[since], [since]])).toBe(1)
  expect(rows([[since], [taken({state: 'older', writtenAt})]])).toBe(2)
})
