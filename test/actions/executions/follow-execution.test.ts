import {expect, it} from 'vitest'
import {outlineDefinition, readDefinition} from '../../../src/actions/executions/definition-outline.ts'
import {followExecution} from '../../../src/actions/executions/follow-execution.ts'
import type {ExecutionStatus, ExecutionStep} from '../../../src/cloud/ports.ts'
import {execution, executionArn, fakeConnection, fakeState, fakeWorld, packageArn} from '../../support/fake-cloud.ts'

const arn = executionArn('mjrltdmn6zgd')
const source = executionArn('aaaaaaaaaaaa')
const start = fakeState().nowMs

const definition = {
  Version: '2020-12-01',
  Metadata: {},
  Parameters: [],
  Steps: [
    {Name: 'prepare', Type: 'Processing', Arguments: {}},
    {Name: 'train', Type: 'Training', Arguments: {}},
    {
      Name: 'gate',
      Type: 'Condition',
      Arguments: {
        Conditions: [],
        IfSteps: [{Name: 'register', Type: 'RegisterModel', Arguments: {}}],
        ElseSteps: [{Name: 'reject', Type: 'Fail', Arguments: {ErrorMessage: 'no'}}],
      },
    },
  ],
}
const outline = outlineDefinition(readDefinition(JSON.stringify(definition)))

function statusAt(nowMs: number, endsAfterMs: number, end: ExecutionStatus): ExecutionStatus {
  return nowMs - start >= endsAfterMs ? end : 'Executing'
}

const step = (name: string, fromMs: number, toMs: number | undefined, more: Partial<ExecutionStep> = {}) => ({
  name,
  status: 'Executing' as const,
  startedAtMs: start + fromMs,
  ...(toMs === undefined ? {} : {endedAtMs: start + toMs, status: 'Succeeded' as const}),
  ...more,
})

it('reports each step once as it starts and as it ends, with what is particular about it', async () => {
  const state = fakeState({
    at: (asked, nowMs) => {
      if (asked === source)
        return {describe: execution(source, 'Succeeded', start - 7_300_000, start - 7_200_000), steps: []}
      const past = nowMs - start
      const steps: ExecutionStep[] = [step('prepare', 0, 0, {cachedFrom: source})]
      if (past >= 100) steps.push(step('train', 100, past >= 3000 ? 3000 : undefined))
      if (past >= 3000) steps.push(step('gate', 3000, 3000, {outcome: 'True'}))
      if (past >= 3000) steps.push(step('register', 3000, 3001, {modelPackageArn: packageArn(4)}))
      return {describe: execution(arn, statusAt(nowMs, 3000, 'Succeeded'), start, nowMs), steps}
    },
  })
  const world = fakeWorld(state)
  expect(await followExecution({arn, outline}, fakeConnection(state), world)).toBe('ended')

  expect(world.events).toMatchObject([
    {
      kind: 'step-ended',
      step: {
        name: 'prepare',
        type: 'Processing',
        state: 'cached',
        cachedFrom: {execution: 'aaaaaaaaaaaa', agoSeconds: 7200},
      },
    },
    {kind: 'step-started', step: {name: 'train', type: 'Training'}, atMs: start + 100},
    {kind: 'step-ended', step: {name: 'train', state: 'succeeded', durationSeconds: 2.9}},
    {kind: 'step-ended', step: {name: 'gate', type: 'Condition', outcome: {result: true, branch: ['register']}}},
    {kind: 'step-ended', step: {name: 'register', registered: {model: 'churn/4'}}},
    {kind: 'execution-ended', execution: 'mjrltdmn6zgd', status: 'Succeeded'},
  ])
})

it('looks often at first and ever less often while nothing happens, at least every second', async () => {
  const state = fakeState({
    at: (_arn, nowMs) => ({describe: execution(arn, statusAt(nowMs, 60_000, 'Succeeded'), start, nowMs), steps: []}),
  })
  const world = fakeWorld(state)
  await followExecution({arn, outline}, fakeConnection(state), world)

  expect(world.sleeps[0]).toBe(50)
  expect(Math.max(...world.sleeps)).toBe(1000)
  expect(world.sleeps).toEqual([...world.sleeps].sort((a, b) => a - b))
  expect(state.looks).toBeLessThan(120)
})

it('gives a failed step its reason and ends with the execution', async () => {
  const failed = step('train', 0, 10, {status: 'Failed', failureReason: 'AlgorithmError: exit code: 3'})
  const state = fakeState({at: (_arn, nowMs) => ({describe: execution(arn, 'Failed', start, nowMs), steps: [failed]})})
  const world = fakeWorld(state)
  expect(await followExecution({arn, outline}, fakeConnection(state), world)).toBe('ended')
  expect(world.events[0]).toMatchObject({step: {state: 'failed', failureReason: 'AlgorithmError: exit code: 3'}})
})

it('stops the execution once when the user interrupts, and follows it until it has stopped', async () => {
  const state = fakeState({
    at: (_arn, nowMs) => {
      const stopped = state.stopped.length > 0 && nowMs - start >= 2000
      const status = state.stopped.length > 0 ? 'Stopping' : 'Executing'
      return {describe: execution(arn, stopped ? 'Stopped' : status, start, nowMs), steps: []}
    },
  })
  const world = fakeWorld(state, (nowMs) => {
    if (nowMs - start >= 500) world.abort()
  })
  expect(await followExecution({arn, outline}, fakeConnection(state), world)).toBe('interrupted')
  expect(state.stopped).toEqual([arn])
  expect(world.events.map(({kind}) => kind)).toEqual(['stopping', 'execution-ended'])
})

it('stops following at the timeout and leaves the execution alone', async () => {
  const state = fakeState({at: (_arn, nowMs) => ({describe: execution(arn, 'Executing', start, nowMs), steps: []})})
  const world = fakeWorld(state)
  expect(await followExecution({arn, outline, timeoutSeconds: 5}, fakeConnection(state), world)).toBe('timed-out')
  expect(state.nowMs - start).toBe(5000)
  expect(state.stopped).toEqual([])
})

it('looks at once when this process has nothing left to run, and falls back to pauses when another runs it', async () => {
  const state = fakeState({
    at: (_arn, nowMs) => ({describe: execution(arn, statusAt(nowMs, 200, 'Succeeded'), start, nowMs), steps: []}),
  })
  const advance = (ms: number) => {
    state.nowMs += ms
  }
  const world = {...fakeWorld(state), sleep: (ms: number) => later(() => advance(ms))}
  let asked = 0
  const idle = async () => {
    asked += 1
  }
  await followExecution({arn, outline}, {...fakeConnection(state), idle}, world)
  expect(asked).toBe(1)
})

function later(act: () => void): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(() => {
      act()
      resolve()
    })
  })
}
