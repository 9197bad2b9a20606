// A condition that compares with a JSON object in S3: the prediction knows it only when it is told what the object will hold.

import {expect, it} from 'vitest'
import {predictSteps} from '../../src/cache/predict.ts'
import type {Json, JsonObject} from '../../src/definition/json.ts'

const uri = 's3://bucket/demo/champion/gate.json'

function predict(documents?: ReadonlyMap<string, Json>) {
  const champion = {'Std:JsonGet': {S3Uri: uri, Path: 'thresholds.g.auc.at_least_champion'}}
  const compared = {Type: 'GreaterThanOrEqualTo', LeftValue: {Get: 'Parameters.auc'}, RightValue: champion}
  const stop = {Name: 'stop', Type: 'Fail', Arguments: {ErrorMessage: 'no'}}
  const Arguments: JsonObject = {Conditions: [compared], IfSteps: [], ElseSteps: [stop]}
  return predictSteps({
    definition: {
      ...{Version: '2020-12-01', Metadata: {}, Parameters: [{Name: 'auc', Type: 'Float'}]},
      Steps: [{Name: 'gate', Type: 'Condition', Arguments}],
    },
    pipeline: {arn: 'arn:aws:sagemaker:us-east-1:111122223333:pipeline/demo', pipelineName: 'demo'},
    parameters: new Map([['auc', 0.9]]),
    runs: new Map(),
    facts: {execution: () => undefined, properties: () => undefined, document: () => undefined},
    nowMs: 0,
    ...(documents ? {documents} : {}),
  })
}

const champion = (auc: number) => new Map([[uri, {thresholds: {g: {auc: {at_least_champion: auc}}}}]])

it('leaves open what only the run can tell, and names the object', () => {
  const [gate, stop] = predict()
  expect(gate?.verdict).toEqual({kind: 'unknown', reasons: [{code: 'decided-by-run', path: 'Conditions', value: uri}]})
  expect(stop?.when).toEqual([{condition: 'gate', branch: 'Else', on: [uri]}])
})

it('decides by what the object will hold', () => {
  expect(predict(champion(0.9)).map(({outcome, verdict}) => outcome ?? verdict.kind)).toEqual([true, 'skipped'])
  expect(predict(champion(0.91)).map(({outcome, verdict}) => outcome ?? verdict.kind)).toEqual([false, 'always'])
})

it('leaves open an object that lacks the threshold: the condition will fail at it', () => {
  const [gate] = predict(new Map([[uri, {thresholds: {}}]]))
  expect(gate?.verdict.kind).toBe('unknown')
  expect(gate).not.toHaveProperty('outcome')
})
