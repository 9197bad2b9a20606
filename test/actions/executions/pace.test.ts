import {expect, it} from 'vitest'
import {asksForStatus, pauseAfterFailure, pauseBetweenLooks} from '../../../src/actions/executions/pace.ts'

it.each([
  ['the engine, just after something happened', 'embedded', {}, 50],
  ['the engine, after three quiet seconds', 'embedded', {quietMs: 3000}, 300],
  ['the engine, after a quiet hour', 'embedded', {quietMs: 3_600_000}, 1000],
  ['the engine, with so many steps that a look takes long', 'embedded', {tookMs: 100}, 500],
  ['SageMaker, just after something happened', 'service', {}, 1000],
  ['SageMaker, after a quiet minute', 'service', {quietMs: 60_000}, 6000],
  ['SageMaker, after a quiet hour', 'service', {quietMs: 3_600_000}, 15_000],
  ['SageMaker, after a quiet hour, the unluckiest', 'service', {quietMs: 3_600_000, random: 1}, 19_500],
  ['SageMaker, which has not answered once', 'service', {quietMs: 3_600_000, failures: 1}, 1000],
  ['SageMaker, which has not answered for long', 'service', {failures: 20, random: 1}, 30_000],
] as const)('%s', (_name, pace, look, pauseMs) => {
  expect(pauseBetweenLooks(pace, {failures: 0, quietMs: 0, tookMs: 0, random: 0, ...look})).toBe(pauseMs)
})

it('waits twice as long after each failure, up to half a minute', () => {
  const pauses = [1, 2, 3, 4, 5, 6].map((failures) => pauseAfterFailure(failures, 1))
  expect(pauses).toEqual([2000, 4000, 8000, 16_000, 30_000, 30_000])
})

it.each([
  ['the engine, always', 'embedded', {isStepRunning: true, stepLooks: 0}, true],
  ['SageMaker, when no step runs', 'service', {isStepRunning: false, stepLooks: 0}, true],
  ['SageMaker, not while a step runs', 'service', {isStepRunning: true, stepLooks: 0}, false],
  ['SageMaker, now and then all the same', 'service', {isStepRunning: true, stepLooks: 8}, true],
] as const)('the status is asked for: %s', (_name, pace, last, expected) => {
  expect(asksForStatus(pace, last)).toBe(expected)
})
