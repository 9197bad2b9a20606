// Names: the patterns of the SageMaker API reference at their edges.

import {expect, it} from 'vitest'
import {jobNamePattern, parameterNamePattern, pipelineNamePattern, stepNamePattern} from '../../src/definition/names.ts'

it.each<[string, RegExp, string, boolean]>([
  ['a pipeline of 256 characters', pipelineNamePattern, 'a'.repeat(256), true],
  ['a pipeline of 257 characters', pipelineNamePattern, 'a'.repeat(257), false],
  ['a pipeline with a trailing hyphen', pipelineNamePattern, 'a-', false],
  ['a pipeline with an underscore', pipelineNamePattern, 'a_b', false],
  ['a step with underscore and hyphen', stepNamePattern, '_a-b', true],
  ['a step of 65 characters', stepNamePattern, 'a'.repeat(65), false],
  ['a step with a line end', stepNamePattern, 'a\n', false],
  ['an empty parameter', parameterNamePattern, '', false],
  ['a job that climbs', jobNamePattern, '../x', false],
  ['a job of 63 characters', jobNamePattern, 'a'.repeat(63), true],
  ['a job of 64 characters', jobNamePattern, 'a'.repeat(64), false],
])('%s', (_name, pattern, text, expected) => {
  expect(pattern.test(text)).toBe(expected)
})
