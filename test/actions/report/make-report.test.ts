// What a report gathers, and what it says of what it cannot: from a cloud that is held in memory.

import {describe, expect, it} from 'vitest'
import {makeReport} from '../../../src/actions/report/make-report.ts'
import type {World} from '../../../src/actions/world.ts'
import type {Cloud, ExecutionStep} from '../../../src/cloud/ports.ts'
import {MlpipeError} from '../../../src/diagnostics/mlpipe-error.ts'
import {
  execution,
  executionArn,
  type FakeState,
  fakeCloud,
  fakeState,
  fakeWorld,
  jobArn,
} from '../../support/fake-cloud.ts'
import {tempDir} from '../../support/temp-dir.ts'

const start = Date.UTC(2026, 0, 1, 11)

const definition = JSON.stringify({
  Version: '2020-12-01',
  Metadata: {},
  Parameters: [
    {Name: 'epochs', Type: 'Integer', DefaultValue: 200},
    {Name: 'rate', Type: 'Float', DefaultValue: 0.5},
  ],
  Steps: [
    {Name: 'prepare', Type: 'Processing', Arguments: {}},
    {Name: 'train', Type: 'Training', Arguments: {}, DependsOn: ['prepare']},
    {Name: 'aside', Type: 'Processing', Arguments: {}},
  ],
})

const spec = 'name: churn\nsteps:\n  stop: {type: fail, message: no}\n'

function step(name: string, from: number, to: number | undefined, rest: Partial<ExecutionStep> = {}): ExecutionStep {
  const ended =
    to === undefined ? {status: 'Executing' as const} : {status: 'Succeeded' as const, endedAtMs: start + to * 1000}
  return {name, startedAtMs: start + from * 1000, ...ended, ...rest}
}

const trained = {job: {kind: 'Training' as const, arn: jobArn('training', 'train-1')}}
const steps = [step('prepare', 0, 10), step('aside', 0, 50), step('train', 10, 60, trained)]

function finished(overrides: Partial<FakeState> = {}): FakeState {
  return fakeState({
    definition,
    pipelineDefinition: definition,
    listed: ['this', 'old'],
    parameters: [{name: 'epochs', value: '300'}],
    at: (arn) => ({
      describe: execution(arn, 'Succeeded', arn.endsWith('old') ? start - 1000 : start, start + 60_000),
      steps,
    }),
    ...overrides,
  })
}

/** Of the cloud in memory, changed by `change`. */
function report(state: FakeState, change: (cloud: Cloud) => Cloud = (cloud) => cloud, wanted = executionArn('this')) {
  const cwd = tempDir({'mlpipe.yaml': spec})
  const connection = {cloud: change(fakeCloud(state)), recovered: [], close: async () => {}}
  const world: World = {...fakeWorld(state), cwd, connect: async () => connection}
  return makeReport({execution: wanted}, world)
}

const refused = (what: string) => async (): Promise<never> => {
  throw new MlpipeError({code: 'access-denied', who: 'service', message: `you may not ${what}`})
}

describe('a report', () => {
  it('tells parameters with their defaults, and which of them were set', async () => {
    const {parameters} = await report(finished())
    expect(parameters).toEqual([
      {name: 'epochs', value: '300', type: 'Integer', default: '200', isDefault: false},
      {name: 'rate', value: '0.5', type: 'Float', default: '0.5', isDefault: true},
    ])
  })

  it('names the steps that the end waited for, not those beside them', async () => {
    expect((await report(finished())).criticalPath).toEqual(['prepare', 'train'])
  })

  it('draws the lineage, with its steps by their names', async () => {
    const {picture} = (await report(finished())).lineage ?? {}
    expect(picture?.nodes.map(({id}) => id)).toEqual(['prepare', 'aside', 'train'])
    expect(picture?.edges).toEqual([{from: 'prepare', to: 'train', kind: 'order'}])
  })

  it('does not count the wait for a retry as a wait for the step before it', async () => {
    const retried = [step('prepare', 0, 10), step('aside', 7200, 7300)]
    const state = finished({
      at: (arn) => ({describe: execution(arn, 'Succeeded', start, start + 7_300_000), steps: retried}),
    })
    expect(await report(state)).toMatchObject({
      idle: [{durationSeconds: 7190, before: 'aside'}],
      criticalPath: ['aside'],
    })
  })

  it('shows a metric across executions, oldest first, and the report last', async () => {
    const state = finished({metrics: [{name: 'loss', value: 0.25}]})
    const {history} = await report(state, (cloud) => ({
      ...cloud,
      executions: {
        ...cloud.executions,
        async *pages() {
          const page = ['later', 'this', 'old'].map((id) => ({
            arn: executionArn(id),
            status: 'Succeeded' as const,
            startedAtMs: start + ({later: 5000, old: -1000}[id] ?? 0),
          }))
          yield page
        },
      },
    }))
    expect(history?.executions.map((one) => one.execution)).toEqual(['old', 'this'])
    expect(history?.series).toEqual([
      {
        step: 'train',
        name: 'loss',
        points: [
          {execution: 'old', value: 0.25},
          {execution: 'this', value: 0.25},
        ],
      },
    ])
  })

  it('tells the end of each log, without lines that are too long', async () => {
    const lines = [...Array.from({length: 60}, (_, index) => `line ${index}`), 'x'.repeat(10_000)]
    const {logs} = await report(finished({logs: {[trained.job.arn]: lines}}))
    expect(logs).toHaveLength(1)
    expect(logs[0]?.lines).toHaveLength(40)
    expect(logs[0]?.lines[0]).toBe('line 21')
    expect(logs[0]?.lines.at(-1)).toBe(`${'x'.repeat(2000)}… (10000 characters)`)
  })

  it('asks the same question once, whoever wants to know', async () => {
    const asked: string[] = []
    await report(finished(), (cloud) => ({
      ...cloud,
      executions: {
        ...cloud.executions,
        definition: (arn) => {
          asked.push(arn)
          return cloud.executions.definition(arn)
        },
      },
    }))
    expect(asked.length).toBeGreaterThan(1)
    expect(new Set(asked).size).toBe(asked.length)
  })

  it('says that the spec beside it is not the one that ran', async () => {
    const {spec: shown, gaps} = await report(finished())
    expect(shown).toBeUndefined()
    expect(gaps).toContainEqual({part: 'spec', reason: expect.stringContaining('compiles to another definition')})
  })

  it('proposes the log of a step with a job, and a retry where there can be one', async () => {
    const text = JSON.stringify({
      ...(JSON.parse(definition) as object),
      Steps: [
        {Name: 'train', Type: 'Training', Arguments: {}},
        {Name: 'stop', Type: 'Fail', Arguments: {ErrorMessage: 'no'}},
      ],
    })
    const ended = (failed: ExecutionStep) =>
      finished({
        definition: text,
        at: (arn) => ({describe: execution(arn, 'Failed', start, start + 60_000), steps: [failed]}),
      })
    const commands = async (failed: ExecutionStep) =>
      (await report(ended(failed))).next.map((one) => one.split(' ').slice(1, 3).join(' '))
    expect(await commands(step('train', 0, 5, {status: 'Failed', failureReason: 'x', ...trained}))).toEqual([
      'executions logs',
      'executions retry',
      'executions show',
    ])
    expect(await commands(step('stop', 0, 5, {status: 'Failed', failMessage: 'no'}))).toEqual(['executions show'])
  })

  it('names the execution whose job wrote a log, however often its result was taken over', async () => {
    const ids = ['this', 'middle', 'first']
    const source = (id: string) => {
      const next = ids[ids.indexOf(id) + 1]
      return next === undefined ? {} : {cachedFrom: executionArn(next)}
    }
    const state = finished({
      listed: ids,
      logs: {[trained.job.arn]: ['one line']},
      at: (arn) => {
        const id = arn.split('/').at(-1) ?? ''
        return {
          describe: execution(arn, 'Succeeded', start - ids.indexOf(id) * 1000, start + 60_000),
          steps: [step('train', 0, 60, {...trained, ...source(id)})],
        }
      },
    })
    expect((await report(state)).logs).toEqual([{step: 'train', from: 'first', lines: ['one line']}])
  })

  it('of an execution that runs tells what is so now, and foretells nothing of its end', async () => {
    const running = [step('prepare', 0, 10), step('train', 10, undefined)]
    const state = finished({at: (arn) => ({describe: execution(arn, 'Executing', start, start), steps: running})})
    const told = await report(state)
    expect(told).toMatchObject({status: 'Executing', takenAt: '2026-01-01T12:00:00.000Z', durationSeconds: 3600})
    expect(told.endedAt).toBeUndefined()
    expect(told.foretold).toBeUndefined()
    expect(told.criticalPath).toEqual([])
    expect(told.steps.map(({state: one}) => one)).toEqual(['succeeded', 'running', 'waiting'])
    expect(told.next[0]).toBe('mlpipe executions watch this')
  })

  it('says of each part that is refused that it is, and tells the rest', async () => {
    const state = finished({metrics: [{name: 'loss', value: 1}]})
    const told = await report(state, (cloud) => ({
      ...cloud,
      logs: {...cloud.logs, open: refused('read logs')},
      jobs: {...cloud.jobs, training: refused('describe trainings')},
    }))
    expect(told.steps).toHaveLength(3)
    expect(told.gaps).toEqual(
      expect.arrayContaining([
        {part: 'logs', reason: 'you may not read logs'},
        {part: 'metrics', reason: 'you may not describe trainings'},
      ]),
    )
  })

  it('does not hide a mistake of its own behind a part that is missing', async () => {
    const broken = async (): Promise<never> => {
      throw new TypeError('a mistake')
    }
    await expect(report(finished(), (cloud) => ({...cloud, logs: {...cloud.logs, open: broken}}))).rejects.toThrow(
      'a mistake',
    )
  })

  it('does without graph and types where the definition cannot be read', async () => {
    const {graph, definition: shown, gaps, steps: told} = await report(finished({definition: 'not JSON'}))
    expect(graph).toBeUndefined()
    expect(shown).toBeUndefined()
    expect(told).toHaveLength(3)
    expect(gaps).toContainEqual({part: 'definition', reason: expect.stringContaining('cannot be read')})
  })

  it('foretells nothing of a selection of steps, and says so', async () => {
    const state = finished({
      at: (arn) => ({
        describe: {...execution(arn, 'Succeeded', start, start + 1), selection: {steps: ['train']}},
        steps,
      }),
    })
    const {verdicts, gaps} = await report(state)
    expect(verdicts).toEqual([])
    expect(gaps).toContainEqual({part: 'verdicts', reason: expect.stringContaining('only a selection')})
  })
})
