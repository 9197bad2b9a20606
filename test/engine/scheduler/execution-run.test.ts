// Laws of an execution over random graphs, and retries, with jobs that end as the test says.

import {expect, it} from 'vitest'
import type {JsonObject} from '../../../src/definition/json.ts'
import {fc, runs} from '../../support/properties.ts'
import {tempDir} from '../../support/temp-dir.ts'
import {bareRun} from '../support/bare-run.ts'
import {after, pipeline, shell} from '../support/definitions.ts'

type RandomPipeline = {
  /** For each step, which earlier steps it needs, and whether its job fails. */
  readonly steps: readonly {readonly needs: readonly number[]; readonly fails: boolean}[]
  readonly parallelism: number
  readonly slots: number
}

const randomPipeline: fc.Arbitrary<RandomPipeline> = fc.record({
  steps: fc
    .array(
      fc.record({needs: fc.array(fc.nat(30), {maxLength: 3}), fails: fc.integer({min: 0, max: 9}).map((n) => n === 0)}),
      {
        minLength: 1,
        maxLength: 25,
      },
    )
    .map((steps) => steps.map((step, index) => ({...step, needs: step.needs.filter((need) => need < index)}))),
  parallelism: fc.integer({min: 1, max: 4}),
  slots: fc.integer({min: 1, max: 4}),
})

function toDefinition({steps}: RandomPipeline): JsonObject {
  return pipeline(
    steps.map(({needs}, index) => shell(`s${index}`, 'true', {envelope: after(...needs.map((need) => `s${need}`))})),
  )
}

it('starts a step only after all it needs has succeeded, never too many at once, and always ends', async () => {
  await fc.assert(
    fc.asyncProperty(randomPipeline, async (random) => {
      const succeeded = new Set<string>()
      let running = 0
      let hasFailed = false
      const bare = bareRun({
        stateDirectory: tempDir(),
        definition: toDefinition(random),
        parallelism: random.parallelism,
        slots: random.slots,
        async job({definition: {Name}}) {
          const step = random.steps[Number(Name.slice(1))]
          expect(hasFailed).toBe(false)
          for (const need of step?.needs ?? []) expect(succeeded).toContain(`s${need}`)
          running += 1
          expect(running).toBeLessThanOrEqual(Math.min(random.parallelism, random.slots))
          await new Promise((resolve) => setTimeout(resolve, Number(Name.slice(1)) % 3))
          running -= 1
          if (step?.fails) {
            hasFailed = true
            return {status: 'Failed', failureReason: 'AlgorithmError'}
          }
          succeeded.add(Name)
          return {}
        },
      })
      await bare.run.done
      const steps = bare.steps()
      expect(bare.execution()?.status).toBe(hasFailed ? 'Failed' : 'Succeeded')
      if (!hasFailed) expect(steps).toHaveLength(random.steps.length)
      expect(steps.filter(({endedAtMs}) => endedAtMs === null)).toEqual([])
      expect(
        steps
          .filter(({status}) => status === 'Succeeded')
          .map(({name}) => name)
          .sort(),
      ).toEqual([...succeeded].sort())
      bare.close()
    }),
    {numRuns: runs(30)},
  )
})

const retries = {
  RetryPolicies: [{ExceptionType: ['SageMaker.JOB_INTERNAL_ERROR'], IntervalSeconds: 0.01, MaxAttempts: 3}],
}

it('tries a step again after an internal error, each time with a new job, and counts the attempts', async () => {
  const names: string[] = []
  const bare = bareRun({
    stateDirectory: tempDir(),
    definition: pipeline([shell('a', 'true', {envelope: retries}), shell('b', 'true', {envelope: after('a')})]),
    async job({jobName, definition}) {
      if (definition.Name === 'b') return {}
      names.push(jobName)
      return names.length < 3 ? {status: 'Failed', failureReason: 'InternalServerError: disk'} : {}
    },
  })
  await bare.run.done
  expect(bare.execution()?.status).toBe('Succeeded')
  expect(bare.steps().map(({name, attempts, status}) => [name, attempts, status])).toEqual([
    ['a', 3, 'Succeeded'],
    ['b', 1, 'Succeeded'],
  ])
  expect(new Set(names).size).toBe(3)
  expect(bare.steps()[0]?.metadata).toContain(names[2]?.toLowerCase())
  bare.close()
})

it('gives up after MaxAttempts retries', async () => {
  let attempts = 0
  const bare = bareRun({
    stateDirectory: tempDir(),
    definition: pipeline([shell('a', 'true', {envelope: retries})]),
    async job() {
      attempts += 1
      return {status: 'Failed', failureReason: 'InternalServerError: disk'}
    },
  })
  await bare.run.done
  expect(attempts).toBe(4)
  expect(bare.steps()[0]).toMatchObject({status: 'Failed', attempts: 4, failureReason: 'InternalServerError: disk'})
  bare.close()
})

it('does not wait for a retry when another step has failed', async () => {
  const patient = {RetryPolicies: [{ExceptionType: ['SageMaker.JOB_INTERNAL_ERROR'], IntervalSeconds: 3600}]}
  const bare = bareRun({
    stateDirectory: tempDir(),
    definition: pipeline([shell('a', 'true', {envelope: patient}), shell('b', 'true')]),
    async job({definition}) {
      if (definition.Name === 'a') return {status: 'Failed', failureReason: 'InternalServerError: disk'}
      await new Promise((resolve) => setTimeout(resolve, 30))
      return {status: 'Failed', failureReason: 'AlgorithmError'}
    },
  })
  await bare.run.done
  expect(bare.steps().map(({status, failureReason}) => [status, failureReason])).toEqual([
    ['Failed', 'InternalServerError: disk'],
    ['Failed', 'AlgorithmError'],
  ])
  bare.close()
})

it('fails a step whose job was stopped by its time limit', async () => {
  const bare = bareRun({
    stateDirectory: tempDir(),
    definition: pipeline([shell('a', 'true')]),
    async job() {
      return {status: 'Stopped'}
    },
  })
  await bare.run.done
  expect(bare.execution()?.status).toBe('Failed')
  expect(bare.steps()[0]).toMatchObject({status: 'Failed', failureReason: expect.stringContaining('was stopped')})
  bare.close()
})
