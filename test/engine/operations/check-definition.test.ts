// What CreatePipeline and UpdatePipeline say of Arguments that are no request. The sentences are the service's own, as
// aws/sagemaker-python-sdk quotes them: pull request 3472 (unknown member), issue 2554 (enum), issues 2631 and 2978 (references).

import {expect, it} from 'vitest'
import type {JsonObject} from '../../../src/definition/json.ts'
import {findDefinitionFault} from '../../../src/engine/operations/check-definition.ts'
import {madeDefinitions} from '../../support/made-definitions.ts'

const processing = {
  ProcessingResources: {ClusterConfig: {InstanceType: 'ml.m5.large', InstanceCount: 1, VolumeSizeInGB: 30}},
  AppSpecification: {ImageUri: 'image'},
  RoleArn: 'arn:aws:iam::111122223333:role/SageMakerRole',
}

function fault(args: JsonObject, type = 'Processing'): string | undefined {
  const text = JSON.stringify({
    Version: '2020-12-01',
    Parameters: [
      {Name: 'split_number', Type: 'Integer', DefaultValue: 1},
      {Name: 'name', Type: 'String'},
    ],
    Steps: [{Name: 'a', Type: type, Arguments: args, ...(type === 'Lambda' ? {FunctionArn: 'arn:aws:lambda:f'} : {})}],
  })
  return findDefinitionFault(text)
}

it.each<[string, JsonObject, string]>([
  [
    'an unknown member',
    {...processing, ModelPackageName: 'x'},
    "Unable to parse pipeline definition. Unknown Argument member 'ModelPackageName'.",
  ],
  [
    'an unknown member further in',
    {...processing, AppSpecification: {ImageUri: 'image', Image: 'x'}},
    "Unable to parse pipeline definition. Unknown Argument member 'Image'.",
  ],
  [
    'a parameter of another type',
    {...processing, Environment: {N: {Get: 'Parameters.split_number'}}},
    'Cannot assign property reference [Parameters.split_number] to argument of type [String].',
  ],
  [
    'a text where a number is wanted',
    {
      ...processing,
      ProcessingResources: {ClusterConfig: {InstanceCount: {Get: 'Parameters.name'}, VolumeSizeInGB: 30}},
    },
    'Cannot assign property reference [Parameters.name] to argument of type [Integer].',
  ],
])('refuses %s', (_what, args, sentence) => {
  expect(fault(args)).toBe(sentence)
})

it('refuses a value that is not in its enum', () => {
  const input = {InputName: 'a', S3Input: {S3Uri: 's3://b/a', S3DataType: 'S3Prefix', S3InputMode: 'FastFile'}}
  expect(fault({...processing, ProcessingInputs: [input]})).toMatch(
    /^Model Validation failed: Value 'FastFile' for 'ProcessingS3InputMode' failed to satisfy enum value set: \[(?:Pipe, File|File, Pipe)\]$/,
  )
})

// #2554: what is too long is noticed when the step runs; machines are new from time to time.
it.each<[string, JsonObject]>([
  [
    'more inputs than a job takes',
    {...processing, ProcessingInputs: Array.from({length: 11}, (_, at) => ({InputName: `i${at}`}))},
  ],
  [
    'a machine that is not known yet',
    {...processing, ProcessingResources: {ClusterConfig: {InstanceType: 'ml.q9.large', VolumeSizeInGB: 30}}},
  ],
  ['a member that is missing', {}],
])('takes %s', (_what, args) => {
  expect(fault(args)).toBeUndefined()
})

it('takes Arguments of a step type whose request is free', () => {
  expect(fault({anything: {Get: 'Parameters.split_number'}}, 'Lambda')).toBeUndefined()
})

it.each(madeDefinitions())('takes what the SDK makes: $file', ({definition}) => {
  expect(findDefinitionFault(JSON.stringify(definition))).toBeUndefined()
})
