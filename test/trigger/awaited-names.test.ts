// What the patterns of rules name: ours, and those that others wrote.
import {expect, it} from 'vitest'
import {alarmsIn, bucketsIn, pipelinesIn} from '../../src/trigger/awaited-names.ts'

const s3 = (detail: object, more: object = {}) => JSON.stringify({source: ['aws.s3'], detail, ...more})

it.each([
  ['of objects that are put', s3({bucket: {name: ['lake']}}, {'detail-type': ['Object Created']}), ['lake']],
  ['of any event of a bucket', s3({bucket: {name: ['lake', 'pond']}}), ['lake', 'pond']],
  ['only where they are written out', s3({bucket: {name: [{prefix: 'la'}, 'pond']}}), ['pond']],
  ['of calls that CloudTrail has seen: none', s3({requestParameters: {bucketName: ['lake']}}), []],
  ['of another source: none', JSON.stringify({source: ['my.app'], detail: {bucket: {name: ['lake']}}}), []],
  ['of what is no pattern: none', '[1]', []],
  ['of what is no JSON: none', '{', []],
  ['of a rule without one: none', undefined, []],
])('buckets %s', (_what, pattern, expected) => {
  expect(bucketsIn(pattern)).toEqual(expected)
})

it('pipelines and alarms are found where their events name them', () => {
  const arn = 'arn:aws:sagemaker:us-east-1:111122223333:pipeline/churn'
  expect(pipelinesIn(JSON.stringify({source: ['aws.sagemaker'], detail: {pipelineArn: [arn]}}))).toEqual([arn])
  expect(alarmsIn(JSON.stringify({source: ['aws.cloudwatch'], detail: {alarmName: ['drift', {prefix: 'x'}]}}))).toEqual(
    ['drift'],
  )
})
