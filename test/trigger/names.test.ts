import {expect, it} from 'vitest'
import {documentName} from '../../src/trigger/names.ts'
import {fc} from '../support/properties.ts'

it('is the pipeline and the trigger', () => expect(documentName('churn', 'nightly')).toBe('churn-nightly'))
it('of a group is the pipeline', () => expect(documentName('churn')).toBe('churn'))

it('keeps 64 characters, which rules and schedules take, whole', () => {
  expect(documentName('p'.repeat(60), 'abc')).toBe(`${'p'.repeat(60)}-abc`)
})

it('cuts a longer one, and keeps it apart from others that begin so', () => {
  const names = ['one', 'two'].map((trigger) => documentName('p'.repeat(64), trigger))
  expect(new Set(names).size).toBe(2)
  for (const name of names) expect(name).toMatch(/^p{55}-[0-9a-f]{8}$/)
})

const pipelineName = fc.stringMatching(/^[a-zA-Z0-9](-?[a-zA-Z0-9]){0,120}$/)

// PutRule, Name: [\.\-_A-Za-z0-9]+, 1 to 64; CreateSchedule, Name: the same.
it('is always one that the services take', () => {
  fc.assert(
    fc.property(pipelineName, fc.stringMatching(/^[a-zA-Z0-9][-_a-zA-Z0-9]{0,63}$/), (pipeline, trigger) => {
      for (const name of [documentName(pipeline, trigger), documentName(pipeline)]) {
        expect(name).toMatch(/^[.\-_A-Za-z0-9]{1,64}$/)
      }
    }),
  )
})
