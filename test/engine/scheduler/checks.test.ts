// Check steps through the real engine: which baseline is used, what fails, what later steps can refer to.
// Source: Developer Guide, "Baseline calculation, drift detection and lifecycle with ClarifyCheck and QualityCheck steps".

import {GetObjectCommand} from '@aws-sdk/client-s3'
import {DescribeProcessingJobCommand} from '@aws-sdk/client-sagemaker'
import {describe, expect, it} from 'vitest'
import type {JsonObject} from '../../../src/definition/json.ts'
import {approve, checkStep, dataQuality, makeGroup, putText, registerBaselines} from '../support/check-steps.ts'
import {after, get, join, pipeline} from '../support/definitions.ts'
import {type LocalCloud, localCloud, putPipeline, run} from '../support/local-cloud.ts'

const steady = table(1000, (index) => `${index % 100},${index % 2 ? 'x' : 'y'}`)
const drifted = table(1000, (index) => `${index % 100},${index % 4 ? 'x' : 'y'}`)

function table(count: number, row: (index: number) => string): string {
  return `n,kind\n${Array.from({length: count}, (_none, index) => row(index)).join('\n')}\n`
}

async function readJson({s3}: LocalCloud, uri: string | undefined): Promise<JsonObject> {
  const [, Bucket, Key] = /^s3:\/\/([^/]+)\/(.*)$/.exec(uri ?? '') ?? []
  const reply = await s3.send(new GetObjectCommand({Bucket, Key}))
  return JSON.parse((await reply.Body?.transformToString()) ?? '') as JsonObject
}

/** A pipeline that checks the data against its group's latest approved package, and registers what is good. */
function gated(envelope: JsonObject): JsonObject {
  const output = join('/', 's3://data', get('Execution.PipelineExecutionId'), 'dq')
  return pipeline([
    dataQuality('Quality', output, {ModelPackageGroupName: 'churn', ...envelope}),
    {...registerBaselines('Register', 'churn', 'Quality'), ...after('Quality')},
  ])
}

describe('a data quality check', () => {
  it('fails without any baseline, saying how to get one', async () => {
    const cloud = localCloud()
    await makeGroup(cloud, 'churn')
    await putText(cloud, 's3://data/now.csv', steady)
    await putPipeline(cloud, 'gated', gated({}))
    const finished = await run(cloud, 'gated')
    expect(finished.status).toBe('Failed')
    expect(finished.step('Quality')?.FailureReason).toBe(
      'ClientError: there is no previous baseline to check against: none is supplied, and no package of the model package group "churn" is approved. Run the step with SkipCheck and RegisterNewBaseline first, and register and approve what it calculates',
    )
  })

  it('registers a baseline, and holds later data to it once its package is approved', async () => {
    const cloud = localCloud()
    await makeGroup(cloud, 'churn')
    await putText(cloud, 's3://data/now.csv', steady)
    await putPipeline(cloud, 'gated', gated({SkipCheck: true, RegisterNewBaseline: true}))
    const first = await run(cloud, 'gated')
    expect(first.status).toBe('Succeeded')
    const baseline = first.step('Quality')?.Metadata?.QualityCheck
    expect(baseline).toMatchObject({
      CheckType: 'DATA_QUALITY',
      ModelPackageGroupName: 'churn',
      SkipCheck: true,
      RegisterNewBaseline: true,
      BaselineUsedForDriftCheckConstraints: baseline?.CalculatedBaselineConstraints,
      BaselineUsedForDriftCheckStatistics: baseline?.CalculatedBaselineStatistics,
    })
    expect(baseline?.ViolationReport).toBeUndefined()

    await putPipeline(cloud, 'gated', gated({}))
    const unapproved = await run(cloud, 'gated')
    expect(unapproved.step('Quality')?.FailureReason).toMatch(/^ClientError: there is no previous baseline/)

    await approve(cloud, first, 'Register')
    const second = await run(cloud, 'gated')
    expect(second.status).toBe('Succeeded')
    const carried = second.step('Quality')?.Metadata?.QualityCheck
    expect(carried?.BaselineUsedForDriftCheckConstraints).toBe(baseline?.CalculatedBaselineConstraints)
    expect(carried?.CalculatedBaselineConstraints).not.toBe(baseline?.CalculatedBaselineConstraints)
    await approve(cloud, second, 'Register')

    await putText(cloud, 's3://data/now.csv', drifted)
    const third = await run(cloud, 'gated')
    expect(third.status).toBe('Failed')
    const failed = third.step('Quality')
    expect(failed?.StepStatus).toBe('Failed')
    expect(failed?.FailureReason).toMatch(
      /^ClientError: the check found 1 violation \(s3:\/\/data\/\w{12}\/dq\/constraint_violations\.json\): kind: Categorical distance: 0\.169/,
    )
    const {ViolationReport: report} = failed?.Metadata?.QualityCheck ?? {}
    expect(await readJson(cloud, report)).toMatchObject({
      violations: [{feature_name: 'kind', constraint_check_type: 'baseline_drift_check'}],
    })
  })

  it('compares with a supplied baseline before any other, and only reports when it is told to', async () => {
    const cloud = localCloud()
    await putText(cloud, 's3://data/now.csv', steady)
    await putPipeline(cloud, 'first', pipeline([dataQuality('Quality', 's3://data/old', {SkipCheck: true})]))
    await run(cloud, 'first')

    await putText(cloud, 's3://data/now.csv', drifted)
    const supplied = {
      SuppliedBaselineStatistics: 's3://data/old/statistics.json',
      SuppliedBaselineConstraints: 's3://data/old/constraints.json',
      FailOnViolation: false,
    }
    await putPipeline(cloud, 'second', pipeline([dataQuality('Quality', 's3://data/new', supplied)]))
    const finished = await run(cloud, 'second')
    expect(finished.status).toBe('Succeeded')
    const metadata = finished.step('Quality')?.Metadata?.QualityCheck
    expect(metadata).toMatchObject({
      BaselineUsedForDriftCheckConstraints: 's3://data/old/constraints.json',
      BaselineUsedForDriftCheckStatistics: 's3://data/old/statistics.json',
      CalculatedBaselineConstraints: 's3://data/new/constraints.json',
      CalculatedBaselineStatistics: 's3://data/new/statistics.json',
      ViolationReport: 's3://data/new/constraint_violations.json',
    })
    const ProcessingJobName = metadata?.CheckJobArn?.split('/').at(-1)
    const job = await cloud.sageMaker.send(new DescribeProcessingJobCommand({ProcessingJobName}))
    expect(job.ExitMessage).toBe('CompletedWithViolations: Job completed successfully with 1 violations.')
    expect(job.ProcessingJobStatus).toBe('Completed')
  })

  it.each([
    [
      'a baseline that is not there',
      {SuppliedBaselineConstraints: 's3://data/gone.json'},
      /the baseline s3:\/\/data\/gone\.json does not exist/,
    ],
    [
      'a baseline that is no JSON',
      {SuppliedBaselineConstraints: 's3://data/now.csv'},
      /the baseline s3:\/\/data\/now\.csv is not a JSON object/,
    ],
  ])('fails on %s', async (_name, envelope, reason) => {
    const cloud = localCloud()
    await putText(cloud, 's3://data/now.csv', steady)
    await putPipeline(cloud, 'one', pipeline([dataQuality('Quality', 's3://data/out', envelope)]))
    expect((await run(cloud, 'one')).step('Quality')?.FailureReason).toMatch(reason)
  })

  it('fails on data that are not there, as any job does', async () => {
    const cloud = localCloud()
    await putPipeline(cloud, 'one', pipeline([dataQuality('Quality', 's3://data/out', {SkipCheck: true})]))
    expect((await run(cloud, 'one')).step('Quality')?.FailureReason).toMatch(
      /^ClientError: Data download failed:No S3 objects found under S3 URL "s3:\/\/data\/now\.csv"/,
    )
  })
})

describe('a model quality check', () => {
  const environment = {
    dataset_format: '{"csv": {"header": true}}',
    dataset_source: '/opt/ml/processing/input/baseline_dataset_input',
    analysis_type: 'MODEL_QUALITY',
    problem_type: 'BinaryClassification',
    inference_attribute: 'guess',
    probability_attribute: 'chance',
    ground_truth_attribute: 'truth',
  }
  const check = (output: string, envelope: JsonObject) =>
    checkStep('Quality', 'QualityCheck', {
      checkType: 'MODEL_QUALITY',
      inputs: {baseline_dataset_input: 's3://data/predictions.csv'},
      ...{output, environment, envelope},
    })

  it('fails when the model has become worse than its baseline', async () => {
    const cloud = localCloud()
    await putText(cloud, 's3://data/predictions.csv', 'truth,guess,chance\n1,1,0.9\n1,1,0.8\n0,0,0.1\n0,0,0.2\n')
    await putPipeline(cloud, 'first', pipeline([check('s3://data/old', {SkipCheck: true})]))
    expect((await run(cloud, 'first')).status).toBe('Succeeded')

    await putText(cloud, 's3://data/predictions.csv', 'truth,guess,chance\n1,1,0.9\n1,0,0.3\n0,0,0.1\n0,0,0.2\n')
    const supplied = {SuppliedBaselineConstraints: 's3://data/old/constraints.json'}
    await putPipeline(cloud, 'second', pipeline([check('s3://data/new', supplied)]))
    const finished = await run(cloud, 'second')
    expect(finished.step('Quality')?.FailureReason).toContain(
      "recall: Metric recall with 0.5 +/- NaN was LessThanThreshold '1'",
    )
    const report = await readJson(cloud, 's3://data/new/constraint_violations.json')
    const broken = (report.violations as JsonObject[]).map(({metric_name}) => metric_name)
    expect(broken).toEqual(expect.arrayContaining(['recall', 'accuracy', 'f1', 'false_negative_rate']))
    expect(broken).not.toContain('precision')
    expect(broken).not.toContain('auc')
  })

  it('names the columns there are when an attribute is none of them', async () => {
    const cloud = localCloud()
    await putText(cloud, 's3://data/predictions.csv', 'y,guess,chance\n1,1,0.9\n')
    await putPipeline(cloud, 'one', pipeline([check('s3://data/out', {SkipCheck: true})]))
    expect((await run(cloud, 'one')).step('Quality')?.FailureReason).toBe(
      'ClientError: the data have no column "truth"; they have y, guess, chance',
    )
  })
})

describe('a Clarify check', () => {
  const config = {
    dataset_type: 'text/csv',
    headers: ['accepted', 'group', 'guess'],
    label: 'accepted',
    label_values_or_threshold: [1],
    facet: [{name_or_index: 'group', value_or_threshold: ['f']}],
  }
  const check = (checkType: string, output: string, envelope: JsonObject) =>
    checkStep('Bias', 'ClarifyCheck', {
      checkType,
      inputs: {analysis_config: 's3://data/analysis_config.json', dataset: 's3://data/people.csv'},
      ...{output, envelope},
    })
  const people = (f: number, m: number) => {
    const lines = Array.from({length: 20}, (_none, index) => {
      const group = index < 10 ? 'f' : 'm'
      const isAccepted = index % 10 < (group === 'f' ? f : m)
      return `${isAccepted ? 1 : 0},${group},${index % 2}`
    })
    return `${lines.join('\n')}\n`
  }

  it('computes bias in data, and fails when it has grown', async () => {
    const cloud = localCloud()
    const methods = {pre_training_bias: {methods: ['CI', 'DPL', 'CDDL']}, report: {name: 'report'}}
    await putText(cloud, 's3://data/analysis_config.json', JSON.stringify({...config, methods}))
    await putText(cloud, 's3://data/people.csv', people(4, 6))
    await putPipeline(cloud, 'first', pipeline([check('DATA_BIAS', 's3://data/old', {SkipCheck: true})]))
    const first = await run(cloud, 'first')
    expect(first.step('Bias')?.Metadata?.ClarifyCheck).toMatchObject({
      CheckType: 'DATA_BIAS',
      CalculatedBaselineConstraints: 's3://data/old/analysis.json',
    })
    const analysis = await readJson(cloud, 's3://data/old/analysis.json')
    expect(analysis).toEqual({
      version: '1.0',
      pre_training_bias_metrics: {
        label: 'accepted',
        label_value_or_threshold: '1',
        facets: {
          group: [
            {
              value_or_threshold: 'f',
              metrics: [
                {
                  name: 'CDDL',
                  description: 'Conditional Demographic Disparity in Labels (CDDL)',
                  value: null,
                  error: 'Group variable is empty or not provided',
                },
                {name: 'CI', description: 'Class Imbalance (CI)', value: 0},
                {
                  name: 'DPL',
                  description: 'Difference in Positive Proportions in Labels (DPL)',
                  value: expect.closeTo(0.2, 12),
                },
              ],
            },
          ],
        },
      },
    })

    const supplied = {SuppliedBaselineConstraints: 's3://data/old/analysis.json'}
    await putPipeline(cloud, 'second', pipeline([check('DATA_BIAS', 's3://data/new', supplied)]))
    await putText(cloud, 's3://data/people.csv', people(5, 4))
    expect((await run(cloud, 'second')).status).toBe('Succeeded')

    await putText(cloud, 's3://data/people.csv', people(8, 5))
    const worse = await run(cloud, 'second')
    expect(worse.status).toBe('Failed')
    const [violation] = (await readJson(cloud, 's3://data/new/constraint_violations.json')).violations as JsonObject[]
    expect(violation).toMatchObject({
      facet: 'group',
      facet_value: 'f',
      metric_name: 'DPL',
      constraint_check_type: 'bias_drift_check',
      description: expect.stringMatching(/^Value -0\.3\d* does not meet the constraint requirement$/),
    })
  })

  it('computes bias of predictions that stand in the data', async () => {
    const cloud = localCloud()
    const methods = {post_training_bias: {methods: 'all'}}
    const withPredictions = {...config, methods, predicted_label: 'guess', group_variable: 'group'}
    await putText(cloud, 's3://data/analysis_config.json', JSON.stringify(withPredictions))
    await putText(cloud, 's3://data/people.csv', people(4, 6))
    await putPipeline(cloud, 'one', pipeline([check('MODEL_BIAS', 's3://data/out', {SkipCheck: true})]))
    expect((await run(cloud, 'one')).step('Bias')?.StepDescription).toBeUndefined()
    const {post_training_bias_metrics: found} = await readJson(cloud, 's3://data/out/analysis.json')
    const [entry] = (found as {facets: {group: {metrics: JsonObject[]}[]}}).facets.group
    const values = Object.fromEntries(entry?.metrics.map(({name, value}) => [name, value]) ?? [])
    // Of each group, half is guessed to be accepted: f has 4 accepted (2 guessed), m has 6 (3 guessed).
    expect(values).toMatchObject({DPPL: 0, DI: 1, AD: 0, RD: 0, SD: 0, FT: null})
    expect(values.DCA).toBeCloseTo(6 / 5 - 4 / 5, 12)
    expect(values.DAR).toBeCloseTo(3 / 5 - 2 / 5, 12)
  })

  it.each(['MODEL_BIAS', 'MODEL_EXPLAINABILITY'])(
    '%s that has to ask the model is simulated, and says so',
    async (type) => {
      const cloud = localCloud()
      const asking = {
        ...config,
        predictor: {instance_type: 'ml.m5.large'},
        methods: {post_training_bias: {methods: 'all'}},
      }
      await putText(cloud, 's3://data/analysis_config.json', JSON.stringify(asking))
      await putText(cloud, 's3://data/people.csv', people(4, 6))
      await putPipeline(cloud, 'one', pipeline([check(type, 's3://data/out', {})]))
      const finished = await run(cloud, 'one')
      expect(finished.status).toBe('Succeeded')
      expect(finished.step('Bias')?.StepDescription).toMatch(/^\[simulated\] .*the embedded engine does not serve/)
      expect(finished.step('Bias')?.Metadata?.ClarifyCheck).toMatchObject({
        CalculatedBaselineConstraints: 's3://data/out/analysis.json',
        BaselineUsedForDriftCheckConstraints: 's3://data/out/analysis.json',
      })
    },
  )
})
