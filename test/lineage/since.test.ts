// What stands at a place today, beside the time at which it was read. Times are seconds and parts of them, as S3 gives the former.

import {describe, expect, it} from 'vitest'
import {isByUriAlone, readingOf, type Standing, sinceTaken} from '../../src/lineage/since.ts'
import {stepRun} from '../support/step-run.ts'

const at = (seconds: number) => seconds * 1000
const objects = (...pairs: readonly (readonly [key: string, seconds: number])[]): Standing => ({
  objects: pairs.map(([key, seconds]) => ({key, modifiedAtMs: at(seconds)})),
  isWhole: true,
})
const cut = (standing: Standing): Standing => ({...standing, isWhole: false})
const ended = {startedAtMs: at(10.4), endedAtMs: at(20.4)}
const running = {startedAtMs: at(10.4)}
const own = 's3://b/in/a.csv'

describe('one object', () => {
  it.each([
    ['that was there before', 5, ended, 'older'],
    ['of the second in which the job began', 10, ended, 'older'],
    ['of that second too, by a clock that tells more', 10.9, ended, 'older'],
    ['that was written while the job worked', 11, ended, 'written-meanwhile'],
    ['of the second in which the job ended', 20.9, ended, 'written-meanwhile'],
    ['that was written in the next second', 21, ended, 'written-since'],
    ['that was written while a job works that has not ended', 30, running, 'written-meanwhile'],
    ['that was there before such a job', 5, running, 'older'],
    ['of which only the end of the job is known, before it', 5, {endedAtMs: at(20)}, 'older'],
    ['of which only the end of the job is known, after it', 21, {endedAtMs: at(20)}, 'written-since'],
  ] as const)('%s', (_name, written, reading, state) => {
    expect(sinceTaken(own, reading, objects(['in/a.csv', written]))).toEqual({state, writtenAtMs: at(written)})
  })

  it('is taken with those whose names go on, as a job is given all of them', () => {
    const standing = objects(['in/a.csv', 5], ['in/a.csv/part', 30])
    const among = {newer: 1, objects: 2, isCut: false}
    expect(sinceTaken(own, ended, standing)).toEqual({state: 'written-since', writtenAtMs: at(30), among})
  })

  it.each([
    ['nothing lies there', own, objects()],
    ['only the folder lies there that a console drew', 's3://b/in/', objects(['in/', 30])],
  ])('is gone where %s', (_name, uri, standing) => {
    expect(sinceTaken(uri, ended, standing)).toEqual({state: 'gone'})
  })
})

describe('several objects', () => {
  const among = (newer: number, all: number, isCut = false) => ({among: {newer, objects: all, isCut}})

  it.each([
    ['all older', objects(['in/a', 1], ['in/b', 2]), 'older', 2, among(0, 2)],
    ['one of them newer', objects(['in/a', 30], ['in/b', 2]), 'written-since', 30, among(1, 2)],
    ['one while it was read, one since', objects(['in/a', 15], ['in/b', 30]), 'written-since', 30, among(1, 2)],
    ['one while it was read', objects(['in/a', 15], ['in/b', 2]), 'written-meanwhile', 15, among(1, 2)],
    ['one alone below a prefix', objects(['in/a', 30]), 'written-since', 30, among(1, 1)],
    [
      'one newer of those that were looked at',
      cut(objects(['in/a', 30], ['in/b', 2])),
      'written-since',
      30,
      among(1, 2, true),
    ],
  ] as const)('%s', (_name, standing, state, written, more) => {
    expect(sinceTaken('s3://b/in/', ended, standing)).toEqual({state, writtenAtMs: at(written), ...more})
  })
})

it.each([
  ['a run without times', {}, objects(['in/a.csv', 30])],
  ['an object without a time', ended, {objects: [{key: 'in/a.csv'}], isWhole: true}],
  ['more objects than were looked at, none of them newer', ended, cut(objects(['in/a.csv.1', 1]))],
  ['a page of folders only, with more behind it', ended, cut(objects(['in/a.csv/', 1]))],
])('nothing is known of %s', (_name, reading, standing) => {
  expect(sinceTaken(own, reading, standing)).toBeUndefined()
})

it('what a run wrote itself below the place is not counted', () => {
  const reading = {...ended, outputs: ['s3://b/in/out/']}
  const among = {newer: 0, objects: 1, isCut: false}
  const standing = objects(['in/a', 5], ['in/out/x', 20])
  expect(sinceTaken('s3://b/in/', reading, standing)).toEqual({state: 'older', writtenAtMs: at(5), among})
  // Where it has put everything there, nothing is known of what it read.
  expect(sinceTaken('s3://b/in/', {...ended, outputs: ['s3://b/in']}, standing)).toBeUndefined()
})

it('a run read while its job worked, or its step where the job does not tell', () => {
  const run = stepRun({executionArn: 'arn:one', step: 'train', startedAtMs: 1, endedAtMs: 9})
  const times = (of: typeof run) => ({...readingOf(of), outputs: undefined})
  expect(times({...run, jobTimes: {startedAtMs: 4, endedAtMs: 8}})).toEqual({startedAtMs: 4, endedAtMs: 8})
  expect(times({...run, jobTimes: {startedAtMs: 4}})).toEqual({startedAtMs: 4, endedAtMs: 9})
  expect(times(run)).toEqual({startedAtMs: 1, endedAtMs: 9})
})

it.each([
  ['data in S3', {}, true],
  ['data with a fingerprint', {content: {kind: 'fingerprint', value: 'f'}}, false],
  ['what a step made', {madeBy: {executionArn: 'arn:one', step: 'prepare'}}, false],
  ['a manifest', {isManifest: true}, false],
  ['what lies elsewhere', {uri: 'https://example.com/a.csv'}, false],
] as const)('%s is known by its URI alone: %s', (_name, more, isAlone) => {
  expect(isByUriAlone({name: 'a', uri: own, ...more})).toBe(isAlone)
})
