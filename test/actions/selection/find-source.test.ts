// The execution that a selective execution takes results from: the latest that has them all, or why there is none.
import {expect, it} from 'vitest'
import {readDefinition} from '../../../src/actions/executions/definition-outline.ts'
import {checkSource, findSource, whyUnsuitable} from '../../../src/actions/selection/find-source.ts'
import type {ExecutionStatus, ExecutionStep, StepStatus} from '../../../src/cloud/ports.ts'
import {execution, executionArn, fakeCloud, fakeState} from '../../support/fake-cloud.ts'

const definition = readDefinition(
  JSON.stringify({
    Version: '2020-12-01',
    Steps: [
      {Name: 'train', Type: 'Training', Arguments: {}},
      {
        Name: 'gate',
        Type: 'Condition',
        DependsOn: ['train'],
        Arguments: {
          Conditions: [{Type: 'Equals', LeftValue: 1, RightValue: 1}],
          IfSteps: [{Name: 'register', Type: 'Processing', Arguments: {}}],
          ElseSteps: [{Name: 'retrain', Type: 'Processing', Arguments: {}}],
        },
      },
    ],
  }),
)
if (!definition) throw new Error('the test has a broken definition')

const evaluating = {steps: ['gate'], needs: ['train']}
const registering = {steps: ['register'], needs: ['gate']}

const step = (name: string, status: StepStatus, more: Partial<ExecutionStep> = {}): ExecutionStep => ({
  ...{name, status},
  ...more,
})
const trained = step('train', 'Succeeded')

it.each<[string, ExecutionStatus, ExecutionStep[], typeof evaluating, string | undefined]>([
  ['succeeded', 'Succeeded', [trained], evaluating, undefined],
  ['failed later', 'Failed', [trained, step('gate', 'Failed')], evaluating, undefined],
  ['was stopped later', 'Stopped', [trained], evaluating, undefined],
  ['had a cache hit', 'Succeeded', [{...trained, cachedFrom: 'x'}], evaluating, undefined],
  ['reused it itself', 'Succeeded', [{...trained, reusedFrom: 'x'}], evaluating, undefined],
  ['still runs', 'Executing', [trained], evaluating, 'it has not ended'],
  ['is stopping', 'Stopping', [trained], evaluating, 'it has not ended'],
  ['failed in it', 'Failed', [step('train', 'Failed')], evaluating, '"train" failed'],
  ['was stopped in it', 'Stopped', [step('train', 'Stopped')], evaluating, '"train" was stopped'],
  ['never came to it', 'Failed', [], evaluating, '"train" did not run'],
  ['took the branch', 'Succeeded', [step('gate', 'Succeeded', {outcome: 'True'})], registering, undefined],
  [
    'took the other branch',
    'Succeeded',
    [step('gate', 'Succeeded', {outcome: 'False'})],
    registering,
    'its "gate" did not take the branch with "register"',
  ],
])('an execution that %s', (_name, status, steps, chosen, refusal) => {
  expect(whyUnsuitable(status, steps, chosen, definition)).toBe(refusal)
})

function cloudWith(history: Readonly<Record<string, readonly ExecutionStep[]>>) {
  const state = fakeState({
    listed: Object.keys(history),
    at: (arn, nowMs) => ({
      describe: execution(arn, 'Succeeded', nowMs, nowMs),
      steps: history[arn.slice(arn.lastIndexOf('/') + 1)] ?? [],
    }),
  })
  return {state, cloud: fakeCloud(state)}
}

it('takes the latest that has the results, and looks no further', async () => {
  const {state, cloud} = cloudWith({new: [step('train', 'Failed')], middle: [trained], old: [trained]})
  expect(await findSource('churn', evaluating, definition, cloud, {})).toBe(executionArn('middle'))
  expect(state.looks).toBe(2)
})

it('says what is missing where, newest first, and how to go on', async () => {
  const {cloud} = cloudWith({new: [step('train', 'Failed')], old: []})
  await expect(findSource('churn', evaluating, definition, cloud, {target: 'prod'})).rejects.toMatchObject({
    code: 'no-source-execution',
    exit: 64,
    message:
      'gate needs what train made, and no execution of the last 2 has it:\n  new: "train" failed\n  old: "train" did not run',
    nextSteps: ['mlpipe run -t prod  (all steps)'],
  })
})

it('says when nothing has run at all', async () => {
  const {cloud} = cloudWith({})
  await expect(findSource('churn', evaluating, definition, cloud, {})).rejects.toThrow(
    'gate needs what train made, and the pipeline has not been run',
  )
})

it('looks into the last 20 executions at most', async () => {
  const {state, cloud} = cloudWith(Object.fromEntries(Array.from({length: 60}, (_, index) => [`e${index}`, []])))
  await expect(findSource('churn', evaluating, definition, cloud, {})).rejects.toThrow('of the last 20 has it')
  expect(state.looks).toBe(20)
})

it('refuses a named execution with its reason', async () => {
  const {cloud} = cloudWith({new: [step('train', 'Failed')], old: [trained]})
  await expect(checkSource(executionArn('new'), evaluating, definition, cloud, {})).rejects.toThrow(
    'execution new cannot be the source: "train" failed',
  )
  await expect(checkSource(executionArn('old'), evaluating, definition, cloud, {})).resolves.toBeUndefined()
})
