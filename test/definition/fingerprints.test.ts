import {expect, it} from 'vitest'
import {
  fingerprintedInputs,
  fingerprintParameter,
  fingerprintVariable,
  ownParameters,
} from '../../src/definition/fingerprints.ts'
import {environmentNamePattern, parameterNamePattern} from '../../src/definition/names.ts'
import type {PipelineDefinition} from '../../src/definition/types.ts'
import {fc} from '../support/properties.ts'

const stepName = fc.stringMatching(/^[A-Za-z0-9_-]{1,64}$/)
const inputName = fc.oneof(fc.stringMatching(/^[A-Za-z0-9._-]{1,64}$/), fc.string({minLength: 1}))

/** EventBridge API reference, SageMakerPipelineParameter, Name. */
const rulePattern = /^[a-zA-Z0-9](-*[a-zA-Z0-9])*$/

it('names a parameter that SageMaker and EventBridge take, and a variable that a job takes', () => {
  fc.assert(
    fc.property(stepName, inputName, (step, input) => {
      const parameter = fingerprintParameter(step, input)
      expect(parameter).toMatch(parameterNamePattern)
      expect(parameter).toMatch(rulePattern)
      expect(fingerprintVariable(input)).toMatch(environmentNamePattern)
    }),
  )
})

it.each([
  ['plain names', 'prepare', 'raw', /^fingerprint-prepare-raw$/],
  ['an underscore', 'prepare', 'raw_data', /^fingerprint-prepare-raw-data-[0-9a-f]{8}$/],
  ['a dash at the end', 'prepare', 'raw-', /^fingerprint-prepare-raw--[0-9a-f]{8}$/],
  ['a name that is too long', 'p'.repeat(64), 'raw', /^fingerprint-p{43}-[0-9a-f]{8}$/],
])('%s', (_name, step, input, expected) => {
  expect(fingerprintParameter(step, input)).toMatch(expected)
})

it('keeps apart what only the replaced characters tell apart', () => {
  const names = ['a-b', 'a_b', 'a.b'].map((input) => fingerprintParameter('step', input))
  expect(new Set(names).size).toBe(3)
})

const processing = (environment: object) => ({
  Name: 'prepare',
  Type: 'Processing',
  Arguments: {
    ProcessingInputs: [
      {InputName: 'raw', S3Input: {S3Uri: 's3://b/raw'}},
      {InputName: 'plain', S3Input: {S3Uri: 's3://b/plain'}},
      {InputName: 'code'},
    ],
    Environment: environment,
  },
})

const carried = {MLPIPE_FINGERPRINT_RAW: {Get: 'Parameters.fingerprint-prepare-raw'}}

const definition = (step: object, parameters: readonly string[] = []) =>
  ({
    Version: '2020-12-01',
    Metadata: {},
    Parameters: parameters.map((Name) => ({Name, Type: 'String', DefaultValue: 'x'})),
    Steps: [step],
  }) as unknown as PipelineDefinition

it('finds in a definition the inputs that carry one, also inside the branches of a condition', () => {
  const expected = [
    {
      step: 'prepare',
      input: 'raw',
      parameter: 'fingerprint-prepare-raw',
      variable: 'MLPIPE_FINGERPRINT_RAW',
      uri: 's3://b/raw',
    },
  ]
  expect(fingerprintedInputs(definition(processing(carried)))).toEqual(expected)
  const gate = {Name: 'gate', Type: 'Condition', Arguments: {Conditions: [], IfSteps: [processing(carried)]}}
  expect(fingerprintedInputs(definition(gate))).toEqual(expected)
})

it.each([
  ['a variable that only has the name', {MLPIPE_FINGERPRINT_RAW: 'mine'}],
  ['a parameter of another input', {MLPIPE_FINGERPRINT_RAW: {Get: 'Parameters.fingerprint-other-raw'}}],
  ['no environment', {}],
])('takes %s for no fingerprint', (_name, environment) => {
  expect(fingerprintedInputs(definition(processing(environment)))).toEqual([])
})

it('tells the parameters of fingerprints from the user’s own', () => {
  const own = ownParameters(definition(processing(carried), ['epochs', 'fingerprint-prepare-raw', 'fingerprint-mine']))
  expect(own.map(({Name}) => Name)).toEqual(['epochs', 'fingerprint-mine'])
})
