// What is said of an object that was written after runs were given its place.

import {expect, it} from 'vitest'
import {sinceNotes} from '../../../src/actions/lineage/since-subject.ts'
import type {Since} from '../../../src/lineage/provenance.ts'
import {stepRun} from '../../support/step-run.ts'

const uri = 's3://lake/raw.csv'
const folder = 's3://lake/days/'
const executionArn = 'arn:aws:sagemaker:us-east-1:111122223333:pipeline/rows/execution/one'
const writtenAtMs = Date.parse('2026-01-02T03:04:05Z')
const since: Since = {state: 'written-since', writtenAtMs}
const among = {newer: 2, objects: 1000, isCut: true}

function notes(about: Since, {type = 'Processing', taken = uri} = {}): string[] {
  const run = stepRun({executionArn, step: 'look', type})
  return sinceNotes(uri, [{run, taken: {name: 'raw', uri: taken}, since: about}])
}

it.each([
  [
    'a run that has ended, which may have read nothing',
    notes(since),
    'it was written at 2026-01-02 03:04:05 UTC, after look of one had ended: what that read is what lay there before, if anything did',
  ],
  [
    'a run that was at work',
    notes({...since, state: 'written-meanwhile'}),
    'it was written at 2026-01-02 03:04:05 UTC, after look of one had begun: it may have read either content',
  ],
  [
    'what reads nothing, and is followed later',
    notes(since, {type: 'RegisterModel'}),
    'it was written at 2026-01-02 03:04:05 UTC, after look of one pointed to it: what that points to is what lies there now',
  ],
  [
    'a place of more objects than were looked at',
    notes({...since, among}, {taken: folder}),
    `2 of the first 1000 objects at ${folder} were written, the last at 2026-01-02 03:04:05 UTC, after look of one had ended: what that read is what lay there before, if anything did`,
  ],
  ['a place where nothing is left', notes({state: 'gone'}), `nothing lies there today: look of one was given ${uri}`],
])('%s', (_name, told, expected) => {
  expect(told).toEqual([expected])
})

it('nothing is said where nothing is newer', () => {
  expect(notes({state: 'older', writtenAtMs})).toEqual([])
})
