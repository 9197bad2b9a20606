// Names: the patterns of the SageMaker API reference at their edges.

import {expect, it} from 'vitest'
import {
  entityNamePattern,
  longerNamePattern,
  parameterNamePattern,
  pipelineNamePattern,
  stepNamePattern,
} from '../../src/definition/names.ts'

it.each<[string, RegExp, string, boolean]>([
  ['a pipeline of 256 characters', pipelineNamePattern, 'a'.repeat(256), true],
  ['a pipeline of 257 characters', pipelineNamePattern, 'a'.repeat(257), false],
  ['a pipeline with a trailing hyphen', pipelineNamePattern, 'a-', false],
  ['a pipeline with an underscore', pipelineNamePattern, 'a_b', false],
  ['a step with underscore and hyphen', stepNamePattern, '_a-b', true],
  ['a step of 65 characters', stepNamePattern, 'a'.repeat(65), false],
  ['a step with a line end', stepNamePattern, 'a\n', false],
  ['an empty parameter', parameterNamePattern, '', false],
  ['a job that climbs', entityNamePattern, '../x', false],
  ['a job of 63 characters', entityNamePattern, 'a'.repeat(63), true],
  ['a job of 64 characters', entityNamePattern, 'a'.repeat(64), false],
  ['a model with a line end', entityNamePattern, 'a\n', false],
  ['two hyphens', entityNamePattern, 'a--b', true],
])('%s', (_name, pattern, text, expected) => {
  expect(pattern.test(text)).toBe(expected)
})

it.each([
  ['a pipeline', pipelineNamePattern, 256],
  ['an endpoint, a model, a group', entityNamePattern, 63],
  ['a trigger', longerNamePattern, 64],
])('%s: hyphens count', (_name, pattern, longest) => {
  const worded = (length: number) =>
    'word-'
      .repeat(60)
      .slice(0, length - 1)
      .padEnd(length, 'x')
  expect(pattern.test(worded(longest))).toBe(true)
  expect(pattern.test(worded(longest + 1))).toBe(false)
})
