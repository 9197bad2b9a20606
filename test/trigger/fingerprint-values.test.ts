// What an S3 trigger gives for the fingerprints of the data that its events tell of.

import {expect, it} from 'vitest'
import {fingerprintParameter, fingerprintVariable} from '../../src/definition/fingerprints.ts'
import type {Json} from '../../src/definition/json.ts'
import type {PipelineDefinition} from '../../src/definition/types.ts'
import {fingerprintValues} from '../../src/trigger/fingerprint-values.ts'
import type {S3Source} from '../../src/trigger/trigger.ts'

const etag = '$.detail.object.etag'
const id = '$.id'
const key = {Get: 'Parameters.key'}
const bucket = {Get: 'Parameters.bucket'}
const waiting: S3Source = {kind: 's3', bucket: 'lake', prefix: 'in/'}

it.each<[string, Json, Record<string, string>, string | undefined]>([
  ['is the object: its ETag', join('s3://lake/', key), {key: '$.detail.object.key'}, etag],
  ['is the object, in quoted names', join('s3://lake/', key), {key: "$.detail['object']['key']"}, etag],
  [
    'is the object in the bucket of the event',
    join('s3://', bucket, '/', key),
    {bucket: '$.detail.bucket.name', key: '$.detail.object.key'},
    etag,
  ],
  ['is a parameter that the trigger leaves alone', join('s3://lake/', key), {}, undefined],
  ['is a parameter with the key of another thing', join('s3://lake/', key), {key: '$.detail.request-id'}, id],
  ['is the folder waited for', 's3://lake/in/', {}, id],
  ['is the folder waited for, without its slash', 's3://lake/in', {}, id],
  ['lies under what is waited for', 's3://lake/in/names/', {}, id],
  ['lies over what is waited for', 's3://lake/', {}, id],
  ['is the whole bucket', 's3://lake', {}, id],
  ['lies beside what is waited for', 's3://lake/codes/', {}, undefined],
  ['is in another bucket', 's3://pond/in/', {}, undefined],
  ['is in a bucket that begins alike', 's3://lakes/in/', {}, undefined],
  ['lies under it by a constant of the trigger', join('s3://lake/', key), {key: 'in/names'}, id],
  ['lies beside it by a constant of the trigger', join('s3://lake/', key), {key: 'codes'}, undefined],
  ['lies under it by a default', join('s3://lake/', {Get: 'Parameters.folder'}), {}, id],
  ['is in the bucket of the event', join('s3://', bucket, '/in/'), {bucket: '$.detail.bucket.name'}, id],
  [
    'is in a bucket that only the event tells',
    join('s3://', bucket, '/in/'),
    {bucket: '$.detail.requester'},
    undefined,
  ],
  [
    'begins under it, and only the run tells the rest',
    join('s3://lake/in/', {Get: 'Execution.PipelineExecutionId'}),
    {},
    id,
  ],
  [
    'is what the trigger gives itself',
    join('s3://lake/', key),
    {key: '$.detail.object.key', 'fingerprint-read-data': 'mine'},
    undefined,
  ],
])('of an input that %s', (_name, uri, parameters, expected) => {
  const given = Object.entries(parameters).map(([name, value]) => ({name, value}))
  const started = {pipelineName: 'churn', definition: reading(uri), parameters: given}
  const name = fingerprintParameter('read', 'data')
  const wanted = expected === undefined ? [] : [{name, value: expected}]
  expect(fingerprintValues(waiting, started)).toEqual(wanted)
})

it('does not take the ETag of a marker for the state of the data', () => {
  const started = {
    pipelineName: 'churn',
    definition: reading(join('s3://lake/', key)),
    parameters: [{name: 'key', value: '$.detail.object.key'}],
  }
  expect(fingerprintValues({...waiting, marker: '_SUCCESS'}, started)).toMatchObject([{value: id}])
})

it('gives nothing to a step without a fingerprint', () => {
  const definition = reading('s3://lake/in/', false)
  expect(fingerprintValues(waiting, {pipelineName: 'churn', definition, parameters: []})).toEqual([])
})

function join(...Values: Json[]): Json {
  return {'Std:Join': {On: '', Values}}
}

function reading(uri: Json, isFingerprinted = true): PipelineDefinition {
  const environment = {[fingerprintVariable('data')]: {Get: `Parameters.${fingerprintParameter('read', 'data')}`}}
  return {
    Version: '2020-12-01',
    Metadata: {},
    Parameters: [
      {Name: 'key', Type: 'String', DefaultValue: 'all.csv'},
      {Name: 'bucket', Type: 'String'},
      {Name: 'folder', Type: 'String', DefaultValue: 'in/more'},
    ],
    Steps: [
      {
        Name: 'read',
        Type: 'Processing',
        Arguments: {
          ...(isFingerprinted ? {Environment: environment} : {}),
          ProcessingInputs: [{InputName: 'data', S3Input: {S3Uri: uri}}],
        },
      },
    ],
  }
}
