import {describe, expect, it, onTestFinished} from 'vitest'
import type {JsonObject} from '../../../../src/definition/json.ts'
import {startCheck} from '../../../../src/engine/runners/checks/start-check.ts'
import type {JobRequest, LocalHints} from '../../../../src/engine/runners/job-types.ts'
import {checkStep} from '../../support/check-steps.ts'
import {openScene} from '../fixture.ts'

function open(environment: JsonObject, hints: LocalHints = {}) {
  const scene = openScene()
  onTestFinished(scene.close)
  const step = checkStep('Quality', 'QualityCheck', {
    checkType: 'MODEL_QUALITY',
    inputs: {baseline_dataset_input: 's3://data/now'},
    output: 's3://data/out',
    environment: {dataset_source: '/opt/ml/processing/input/baseline_dataset_input', ...environment},
  })
  const {Arguments, Name: _name, Type: _type, ...envelope} = step
  const request: JobRequest = {
    kind: 'QualityCheck',
    jobName: 'check-1',
    jobArn: 'arn:aws:sagemaker:us-east-1:000000000000:processing-job/check-1',
    region: 'us-east-1',
    stepName: 'Quality',
    executionArn: 'arn:aws:sagemaker:us-east-1:000000000000:pipeline/p/execution/abcdefghijkl',
    arguments: Arguments as JsonObject,
    envelope: {...envelope, SkipCheck: 'True'},
    hints,
  }
  return {scene, start: () => startCheck(request, scene.deps)}
}

const regression = {
  dataset_format: '{"json": {"lines": true}}',
  problem_type: 'Regression',
  inference_attribute: '$.out.score',
  ground_truth_attribute: 'y',
}

it('reads all files of its input, and finds attributes by JSON path', async () => {
  const {scene, start} = open(regression, {runner: 'docker'})
  scene.put('s3://data/now/a.jsonl', '{"y": 1, "out": {"score": 2}}\n{"y": null, "out": {"score": 2}}\n')
  scene.put('s3://data/now/b.jsonl', '{"y": 3, "out": {"score": 3}}')
  expect(await start().done).toMatchObject({status: 'Completed'})
  expect(JSON.parse(scene.read('s3://data/out/statistics.json'))).toMatchObject({
    dataset: {item_count: 2},
    regression_metrics: {mae: {value: 0.5, standard_deviation: 'NaN'}},
  })
  expect(scene.log).toContain('mlpipe: 2 rows, 1 left out because a value is missing')
  expect(scene.log[0]).toMatch(/runner: docker counts for processing and training/)
})

it('takes a probability for the label when no label is predicted', async () => {
  const {scene, start} = open({
    dataset_format: '{"csv": {"header": false}}',
    problem_type: 'BinaryClassification',
    probability_attribute: '_c1',
    probability_threshold_attribute: '0.7',
    ground_truth_attribute: '_c0',
  })
  scene.put('s3://data/now/a.csv', '1,0.8\n1,0.6\n0,0.1\n')
  await start().done
  expect(JSON.parse(scene.read('s3://data/out/statistics.json'))).toMatchObject({
    binary_classification_metrics: {confusion_matrix: {'0': {'0': 1, '1': 0}, '1': {'0': 1, '1': 1}}, auc: {value: 1}},
  })
})

it('can be stopped, and then uploads nothing', async () => {
  const {scene, start} = open(regression)
  scene.put('s3://data/now/a.jsonl', '{"y": 1, "out": {"score": 2}}\n')
  const job = start()
  job.stop()
  expect((await job.done).status).toBe('Stopped')
  expect(scene.keys()).toEqual(['data/now/a.jsonl'])
})

describe('a check fails', () => {
  it.each([
    [
      'on another format',
      {...regression, dataset_format: '{"parquet": {}}'},
      /^ClientError: dataset_format is \{"parquet": \{\}\}; the embedded engine reads/,
    ],
    [
      'on another problem',
      {...regression, problem_type: 'Ranking'},
      /problem_type is Ranking; it can be Regression, BinaryClassification, MulticlassClassification/,
    ],
    [
      'on a text where a number is wanted',
      {...regression, inference_attribute: 'kind'},
      /"x" is no number; a Regression check needs numbers/,
    ],
    [
      'without anything predicted',
      {...regression, inference_attribute: 'nothing'},
      /no row with both an actual and a predicted value/,
    ],
  ])('%s', async (_name, environment, reason) => {
    const {scene, start} = open(environment)
    scene.put('s3://data/now/a.jsonl', '{"y": 1, "out": {"score": 2}, "kind": "x", "nothing": null}\n')
    const outcome = await start().done
    expect(outcome.status).toBe('Failed')
    expect(outcome.failureReason).toMatch(reason)
  })
})
