import {expect, it} from 'vitest'
import {resolveExecution} from '../../src/actions/executions/resolve-execution.ts'
import {resolveModel} from '../../src/actions/models/resolve-model.ts'
import {nextCommand} from '../../src/actions/next-commands.ts'
import type {ModelPackage} from '../../src/cloud/ports.ts'
import {executionArn, fakeCloud, fakeState, packageArn} from '../support/fake-cloud.ts'

const pipelineDefinition = JSON.stringify({
  Version: '2020-12-01',
  Metadata: {},
  Parameters: [],
  Steps: [{Name: 'register', Type: 'RegisterModel', Arguments: {ModelPackageGroupName: 'churn'}}],
})
const model = (version: number): ModelPackage => ({
  arn: packageArn(version),
  group: 'churn',
  version,
  status: 'Completed',
  approval: 'Approved',
  createdAtMs: version,
  contentTypes: [],
  responseTypes: [],
  properties: [],
})
const state = fakeState({
  pipelineDefinition,
  listed: ['mjrltdmn6zgd', 'mjraaaaaaaaa', 'abcdefghijkl'],
  packages: [model(1), model(2)],
})
const cloud = fakeCloud(state)

it.each([
  ['latest', 'mjrltdmn6zgd'],
  ['mjraaaaaaaaa', 'mjraaaaaaaaa'],
  ['ab', 'abcdefghijkl'],
  [executionArn('zzzzzzzzzzzz'), 'zzzzzzzzzzzz'],
])('execution %s', async (wanted, id) => {
  expect(await resolveExecution(wanted, 'churn', cloud, {})).toBe(executionArn(id))
})

it.each([
  ['mjr', 'ambiguous-execution', '"mjr" begins several executions: mjrltdmn6zgd, mjraaaaaaaaa'],
  ['xyz', 'unknown-execution', '"xyz" is not an execution of the pipeline "churn"'],
])('execution %s is refused', async (wanted, code, message) => {
  const refused = resolveExecution(wanted, 'churn', cloud, {})
  await expect(refused).rejects.toMatchObject({code, exit: 64})
  await expect(refused).rejects.toThrow(message)
})

it('the latest of none says how to run', async () => {
  const none = fakeCloud(fakeState({pipelineDefinition}))
  await expect(resolveExecution('latest', 'churn', none, {file: 'my file.yaml'})).rejects.toMatchObject({
    code: 'no-executions',
    nextSteps: ["mlpipe run -f 'my file.yaml'"],
  })
})

it('a pipeline that is not deployed says how to deploy', async () => {
  await expect(resolveExecution('latest', 'churn', fakeCloud(fakeState()), {target: 'prod'})).rejects.toMatchObject({
    code: 'pipeline-not-deployed',
    nextSteps: ['mlpipe deploy -t prod'],
  })
})

it.each([
  ['nothing: the newest of the pipeline', undefined, 2],
  ['a group: its newest', 'churn', 2],
  ['group/version', 'churn/1', 1],
  ['an ARN', packageArn(1), 1],
])('model by %s', async (_name, wanted, version) => {
  expect(await resolveModel(wanted, 'churn', cloud, {})).toMatchObject({version})
})

it.each([
  ['churns', 'unknown-model-group', '"churns" is not a model group here: did you mean "churn"?'],
  ['churn/7', 'unknown-model', 'the model group "churn" has no version 7: it has 2, 1'],
  ['a/b/c', 'unknown-model', '"a/b/c" is not a model: give group/version, group, or the ARN of a model package'],
])('model %s is refused', async (wanted, code, message) => {
  await expect(resolveModel(wanted, 'churn', cloud, {})).rejects.toMatchObject({code, message, exit: 64})
})

it('proposed commands repeat the file and the target that were named', () => {
  expect(nextCommand('run', {})).toBe('mlpipe run')
  expect(nextCommand('run', {file: 'a.yaml', target: 'prod'})).toBe('mlpipe run -f a.yaml -t prod')
})
