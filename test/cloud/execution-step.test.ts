import {expect, it} from 'vitest'
import {executionStep} from '../../src/cloud/sagemaker/execution-step.ts'

const job = 'arn:aws:sagemaker:us-east-1:111122223333:processing-job/check'

// Members as ListPipelineExecutionSteps documents them: PipelineExecutionStepMetadata.
it.each([
  ['QualityCheck', {QualityCheck: {CheckJobArn: job, ViolationReport: 's3://b/violations.json'}}],
  ['ClarifyCheck', {ClarifyCheck: {CheckJobArn: job, ViolationReport: 's3://b/violations.json'}}],
] as const)('a %s step tells where its violations are', (kind, Metadata) => {
  const step = executionStep({StepName: 'check', StepStatus: 'Succeeded', Metadata})
  expect(step).toMatchObject({job: {kind, arn: job}, violationReport: 's3://b/violations.json'})
})

it('a check without violations has no report of them', () => {
  const step = executionStep({StepName: 'check', Metadata: {QualityCheck: {CheckJobArn: job}}})
  expect(step).not.toHaveProperty('violationReport')
})
