// Following on SageMaker, which rations its answers, is away for minutes, and whose executions outlive this process.
import {expect, it} from 'vitest'
import {outlineDefinition} from '../../../src/actions/executions/definition-outline.ts'
import {followExecution} from '../../../src/actions/executions/follow-execution.ts'
import type {ProgressEvent} from '../../../src/actions/reporter.ts'
import type {Connection, World} from '../../../src/actions/world.ts'
import type {ExecutionStep} from '../../../src/cloud/ports.ts'
import {MlpipeError} from '../../../src/diagnostics/mlpipe-error.ts'
import {
  execution,
  executionArn,
  type FakeState,
  fakeConnection,
  fakeState,
  fakeWorld,
} from '../../support/fake-cloud.ts'

const arn = executionArn('mjrltdmn6zgd')
const start = fakeState().nowMs
const minute = 60_000
const input = {arn, outline: outlineDefinition(undefined), pace: 'service'} as const

const serviceError = (code: string) => new MlpipeError({code, message: `DescribeX: ${code}`, who: 'service'})

/** Two steps of `stepMs` each, one after the other; stops ten seconds after it is told to. */
function twoSteps(stepMs: number, overrides: Partial<FakeState> = {}): FakeState {
  let stopAtMs: number | undefined
  const state: FakeState = fakeState({
    at: (_arn, nowMs) => {
      if (state.stopped.length > 0) stopAtMs ??= nowMs + 10_000
      const steps = ['prepare', 'train'].flatMap((name, index): ExecutionStep[] => {
        const from = start + index * stepMs
        if (nowMs < from || (stopAtMs !== undefined && from > stopAtMs)) return []
        const isDone = nowMs >= from + stepMs
        const step = {name, startedAtMs: from}
        return [isDone ? {...step, status: 'Succeeded', endedAtMs: from + stepMs} : {...step, status: 'Executing'}]
      })
      const hasStopped = stopAtMs !== undefined && nowMs >= stopAtMs
      const goneOn = nowMs >= start + 2 * stepMs ? 'Succeeded' : 'Executing'
      const status = hasStopped ? 'Stopped' : goneOn
      return {describe: execution(arn, status, start, nowMs), steps}
    },
    ...overrides,
  })
  return state
}

/** The connection, with something before each call: it may throw, and counts. */
function guarded(state: FakeState, before: (operation: string) => void): Connection {
  const connection = fakeConnection(state)
  const {executions} = connection.cloud
  const guard =
    <Args extends unknown[], Answer>(operation: string, call: (...args: Args) => Promise<Answer>) =>
    async (...args: Args): Promise<Answer> => {
      before(operation)
      return call(...args)
    }
  const cloud = {
    ...connection.cloud,
    executions: {
      ...executions,
      describe: guard('describe', executions.describe),
      steps: guard('steps', executions.steps),
      stop: guard('stop', executions.stop),
    },
  }
  return {...connection, cloud}
}

const messages = (events: readonly ProgressEvent[]) =>
  events.flatMap((event) => (event.kind === 'note' ? [event.message] : []))
const told = (events: readonly ProgressEvent[]) =>
  events.flatMap((event) =>
    event.kind === 'step-started' || event.kind === 'step-ended' ? [`${event.kind} ${event.step.name}`] : [],
  )
const allSteps = ['step-started prepare', 'step-ended prepare', 'step-started train', 'step-ended train']

it('an hour of training costs one call a look, and few looks', async () => {
  const calls: Record<string, number> = {describe: 0, steps: 0}
  const state = twoSteps(30 * minute)
  const connection = guarded(state, (operation) => {
    calls[operation] = (calls[operation] ?? 0) + 1
  })
  const world = fakeWorld(state)
  expect(await followExecution(input, connection, world)).toBe('ended')
  expect(told(world.events)).toEqual(allSteps)
  expect(Math.min(...world.sleeps)).toBe(1000)
  expect(Math.max(...world.sleeps)).toBe(15_000)
  expect(calls['steps']).toBeLessThan(320)
  expect(calls['describe']).toBeLessThan((calls['steps'] ?? 0) / 4)
})

/** Numerical Recipes' generator, so that a failure can be seen again. */
function seeded(seed: number): () => number {
  let state = seed
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296
    return state / 4_294_967_296
  }
}

it.each([1, 2, 3, 4, 5, 6, 7, 8])(
  'faults for minutes on end change nothing of what is told (seed %i)',
  async (seed) => {
    const random = seeded(seed)
    const codes = ['throttled', 'service-unreachable', 'service-fault'] as const
    let awayUntilMs = 0
    let answers = 0
    const state = twoSteps(20 * minute)
    const connection = guarded(state, () => {
      // A look is two calls at most: after an absence one gets its answer.
      if (answers >= 2 && random() < 0.1) {
        awayUntilMs = state.nowMs + random() * 8 * minute
        answers = 0
      }
      const code = codes[Math.floor(random() * codes.length)] ?? 'throttled'
      if (state.nowMs < awayUntilMs) throw serviceError(code)
      answers += 1
    })
    const world = {...fakeWorld(state), random}
    expect(await followExecution(input, connection, world)).toBe('ended')
    expect(told(world.events)).toEqual(allSteps)
    const lost = messages(world.events).filter((message) => message.startsWith('no answer from SageMaker since '))
    const found = messages(world.events).filter((message) => message === 'SageMaker answers again')
    expect(lost.length).toBeGreaterThan(0)
    expect(found).toHaveLength(lost.length)
  },
)

it('gives up after ten minutes without an answer, and says that the execution goes on', async () => {
  const state = twoSteps(minute)
  const connection = guarded(state, () => {
    if (state.nowMs > start + 30_000) throw serviceError('service-unreachable')
  })
  const world = fakeWorld(state)
  await expect(followExecution(input, connection, world)).rejects.toMatchObject({
    code: 'service-unreachable',
    exit: 69,
    message:
      'no answer from SageMaker for 10 minutes: DescribeX: service-unreachable; execution mjrltdmn6zgd goes on all the same',
    nextSteps: ['mlpipe executions watch mjrltdmn6zgd'],
  })
  expect(messages(world.events)).toEqual([
    expect.stringMatching(
      /^no answer from SageMaker since 12:00:3\d UTC \(DescribeX: service-unreachable\), trying again$/,
    ),
  ])
  expect(state.nowMs - start).toBeGreaterThan(10 * minute)
  expect(state.nowMs - start).toBeLessThan(12 * minute)
})

it.each(['credentials-expired', 'access-denied'])('%s cannot get better: it ends at once', async (code) => {
  const state = twoSteps(minute)
  const connection = guarded(state, () => {
    if (state.nowMs > start) throw serviceError(code)
  })
  await expect(followExecution(input, connection, fakeWorld(state))).rejects.toMatchObject({
    code,
    exit: 69,
    nextSteps: ['mlpipe executions watch mjrltdmn6zgd'],
  })
  expect(state.nowMs - start).toBeLessThan(5000)
})

type Choice = Awaited<ReturnType<World['choose']>>

/** A world in which Ctrl-C comes after five seconds and is answered so. */
function interruptedWorld(state: FakeState, answer: Choice) {
  const questions: string[] = []
  let isOver = false
  const world = fakeWorld(state, (nowMs) => {
    if (nowMs - start < 5000 || isOver) return
    isOver = true
    world.abort()
  })
  const choose = async <Word extends string>(question: string, words: readonly [Word, ...Word[]]) => {
    questions.push(question)
    if (answer === 'interrupted' || answer === 'no-terminal') return answer
    return words.find((word) => word === answer) ?? words[0]
  }
  return {world: Object.assign(world, {choose}), questions}
}

it.each([
  ['stop', 'interrupted', 1],
  ['leave', 'left', 0],
  ['follow', 'ended', 0],
  ['interrupted', 'left', 0],
  ['no-terminal', 'interrupted', 1],
] as const)('Ctrl-C, answered with %s: %s', async (answer, end, stops) => {
  const state = twoSteps(minute)
  const {world, questions} = interruptedWorld(state, answer)
  expect(await followExecution(input, fakeConnection(state), world)).toBe(end)
  expect(state.stopped).toHaveLength(stops)
  expect(questions).toEqual([
    'execution mjrltdmn6zgd runs on: [s]top it, [l]eave it running, or Enter to go on following?',
  ])
  expect(world.events.filter(({kind}) => kind === 'stopping')).toEqual(
    stops === 0 ? [] : [{kind: 'stopping', execution: 'mjrltdmn6zgd', outlives: true}],
  )
})

it.each([
  ['stop', undefined, 'interrupted', 1],
  ['leave', undefined, 'left', 0],
  ['ask', async () => {}, 'interrupted', 1],
] as const)('Ctrl-C with --on-interrupt %s asks nothing', async (onInterrupt, idle, end, stops) => {
  const state = twoSteps(minute)
  const {world, questions} = interruptedWorld(state, 'follow')
  const connection = {...fakeConnection(state), ...(idle ? {idle} : {})}
  expect(await followExecution({...input, onInterrupt}, connection, world)).toBe(end)
  expect(state.stopped).toHaveLength(stops)
  expect(questions).toEqual([])
})

it('a stop that got no answer is asked for again', async () => {
  const state = twoSteps(10 * minute)
  let stops = 0
  const connection = guarded(state, (operation) => {
    if (operation !== 'stop') return
    stops += 1
    if (stops <= 3) throw serviceError('throttled')
  })
  const {world} = interruptedWorld(state, 'stop')
  expect(await followExecution(input, connection, world)).toBe('interrupted')
  expect(stops).toBe(4)
  expect(state.nowMs - start).toBeLessThan(minute)
})
