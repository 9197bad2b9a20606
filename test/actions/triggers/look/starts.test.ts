// Which executions a trigger has started: by what the execution says of itself, and on AWS by the role that started it.
import {expect, it} from 'vitest'
import {findStarts} from '../../../../src/actions/triggers/look/starts.ts'
import type {Execution, ExecutionSummary} from '../../../../src/cloud/ports.ts'
import type {StandingTrigger} from '../../../../src/cloud/trigger-ports.ts'
import {execution, executionArn, fakeCloud, fakeState} from '../../../support/fake-cloud.ts'

const pipelineArn = 'arn:aws:sagemaker:us-east-1:000000000000:pipeline/churn'

const rule = (name: string, role: string, description = ''): StandingTrigger => ({
  ...{kind: 'rule', name, bus: 'default', isEnabled: true, tags: [], description},
  arn: `arn:aws:events:us-east-1:000000000000:rule/${name}`,
  targets: [{id: 'pipeline', arn: pipelineArn, roleArn: `arn:aws:iam::000000000000:role/${role}`, parameters: []}],
})

const nightly: StandingTrigger = {
  ...{kind: 'schedule', name: 'churn-nightly', group: 'churn', isEnabled: true, expression: 'rate(1 day)'},
  description: '[mlpipe: trigger nightly of churn, from the spec]',
  arn: 'arn:aws:scheduler:us-east-1:000000000000:schedule/churn/churn-nightly',
  target: {
    id: 'pipeline',
    arn: pipelineArn,
    roleArn: 'arn:aws:iam::000000000000:role/ops/churn-trigger',
    parameters: [],
  },
}

const newData = rule('churn-new-data', 'churn-trigger', '[mlpipe: trigger new-data of churn, from the spec]')
const foreign = rule('tf', 'tf-role')

const session = (role: string) => `arn:aws:sts::000000000000:assumed-role/${role}/0123456789abcdef`

/** What is found of executions that say this, or that this one has created; and how many were asked about. */
async function startsOf(executions: readonly Partial<Pick<Execution, 'description' | 'createdBy'>>[]) {
  const state = fakeState()
  const cloud = fakeCloud(state)
  const asked: string[] = []
  const ids = executions.map((_one, index) => `execution${index}`)
  const listed = executions.map(
    ({description}, index): ExecutionSummary => ({
      ...{arn: executionArn(`execution${index}`), status: 'Succeeded', startedAtMs: state.nowMs - 1000},
      ...(description === undefined ? {} : {description}),
    }),
  )
  const port = {
    ...cloud.executions,
    list: async (_name: string, limit: number) => listed.slice(0, limit),
    describe: async (arn: string) => {
      asked.push(arn)
      return {...execution(arn, 'Succeeded', 0, 0), ...executions[ids.findIndex((id) => arn.endsWith(`/${id}`))]}
    },
  }
  const options = {pipelineName: 'churn', pipelineArn, nowMs: state.nowMs}
  const found = await findStarts([nightly, newData, foreign], {executions: port}, options)
  const of = (trigger: StandingTrigger) =>
    (found.get(trigger.arn) ?? []).map(({execution: id, foundBy, byHand, orBy}) => [
      id,
      foundBy,
      byHand ?? false,
      orBy ?? [],
    ])
  return {nightly: of(nightly), newData: of(newData), foreign: of(foreign), asked: asked.length}
}

it('the description names a rule, a schedule, or the trigger that was fired by hand', async () => {
  const started = [
    {description: 'Started by rule churn-new-data, event 1234'},
    {description: 'Started by schedule churn-nightly, 2026-01-01T03:00:00Z'},
    {description: 'Started by trigger nightly'},
    {description: 'Started by trigger tf, event 1'},
    {description: 'Started by rule churn-nightly, event 1'},
  ]
  expect(await startsOf(started)).toEqual({
    nightly: [
      ['execution1', 'description', false, []],
      ['execution2', 'description', true, []],
    ],
    newData: [['execution0', 'description', false, []]],
    foreign: [['execution3', 'description', true, []]],
    asked: 0,
  })
})

it('a role that one trigger has tells it, and one that several have tells that it was one of these', async () => {
  const started = [{createdBy: session('tf-role')}, {createdBy: session('churn-trigger')}]
  expect(await startsOf(started)).toEqual({
    nightly: [['execution1', 'role', false, ['new-data']]],
    newData: [['execution1', 'role', false, ['nightly']]],
    foreign: [['execution0', 'role', false, []]],
    asked: 2,
  })
})

it.each([
  ['a person', {createdBy: 'arn:aws:iam::000000000000:user/somebody'}],
  ['a role of another name', {createdBy: session('churn-trigger-2')}],
  ['a role of another account', {createdBy: session('tf-role').replace('000000000000', '111122223333')}],
  ['nobody that is known', {}],
  ['a person with something to say', {description: 'Started by rule of thumb'}],
])('%s is no trigger', async (_name, started) => {
  expect(await startsOf([started])).toMatchObject({nightly: [], newData: [], foreign: []})
})

it('no more than the newest twenty are looked at', async () => {
  const {foreign: found, asked} = await startsOf(Array.from({length: 30}, () => ({createdBy: session('tf-role')})))
  expect([found.length, asked]).toEqual([20, 20])
})
