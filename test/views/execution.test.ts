import {expect, it} from 'vitest'
import type {ExecutionReport, StepReport} from '../../src/actions/executions/execution-report.ts'
import type {RunResult} from '../../src/actions/executions/followed-run.ts'
import {executionView, runView} from '../../src/views/execution.ts'
import {stepColumns, stepLine} from '../../src/views/step-line.ts'
import {displayWidth, painter, stripColour} from '../../src/views/style.ts'

const plain = {width: 100, colour: false}

const steps: StepReport[] = [
  {
    name: 'prepare',
    type: 'Processing',
    state: 'cached',
    durationSeconds: 0.01,
    cachedFrom: {execution: 'aaaaaaaaaaaa', arn: 'arn:a', agoSeconds: 185},
  },
  {name: 'train', type: 'Training', state: 'succeeded', durationSeconds: 2.14},
  {
    name: 'gate',
    type: 'Condition',
    state: 'succeeded',
    durationSeconds: 0,
    outcome: {result: true, branch: ['register']},
  },
  {
    name: 'register',
    type: 'RegisterModel',
    state: 'succeeded',
    durationSeconds: 0.02,
    registered: {model: 'tumours/1', arn: 'arn:m'},
  },
  {name: 'reject', type: 'Fail', state: 'not-run'},
]

const report: ExecutionReport = {
  pipeline: 'tumours',
  target: 'local',
  execution: 'mjrltdmn6zgd',
  arn: 'arn:aws:sagemaker:us-east-1:000000000000:pipeline/tumours/execution/mjrltdmn6zgd',
  status: 'Succeeded',
  startedAt: '2026-01-01T12:00:00.000Z',
  endedAt: '2026-01-01T12:00:04.200Z',
  agoSeconds: 65,
  durationSeconds: 4.2,
  versionId: 3,
  parameters: [{name: 'epochs', value: '50'}],
  steps,
  counts: {succeeded: 3, cached: 1, 'not-run': 1},
  metrics: [
    {step: 'train', name: 'loss', value: 0.0812345678},
    {step: 'train', name: 'accuracy', value: 0.99},
  ],
  reports: [
    {step: 'evaluate', report: 'metrics', uri: 's3://b/k', values: [{path: 'accuracy', value: 0.964912}], more: 2},
  ],
  models: [{step: 'register', model: 'tumours/1', arn: 'arn:m', approval: 'PendingManualApproval'}],
}

const result: RunResult = {
  formatVersion: 1,
  outcome: 'succeeded',
  ...report,
  warnings: [],
  notes: [],
  next: ['mlpipe models approve tumours/1'],
}

it('a run that succeeded', () => {
  expect(runView.human(result, plain)).toBe(`\
execution  mjrltdmn6zgd of tumours on local
status     Succeeded after 4.2 s
steps      3 ran, 1 cached, 1 not run
metrics    train: loss 0.0812346, accuracy 0.99
report     evaluate: accuracy 0.964912, and 2 more
model      tumours/1 (PendingManualApproval)
next:
  mlpipe models approve tumours/1`)
})

it('a run that failed shows the step, the reason and the last lines of its log', () => {
  const failed: RunResult = {
    ...result,
    outcome: 'failed',
    status: 'Failed',
    counts: {cached: 1, failed: 1},
    metrics: [],
    reports: [],
    models: [],
    failure: {step: 'train', reason: 'AlgorithmError: exit code: 3\n', log: ['Traceback:', '  ValueError: bad row ']},
    next: ['mlpipe executions logs mjrltdmn6zgd --step train'],
  }
  expect(runView.human(failed, plain)).toBe(`\
execution  mjrltdmn6zgd of tumours on local
status     Failed after 4.2 s
steps      1 cached, 1 failed
train failed: AlgorithmError: exit code: 3
  | Traceback:
  |   ValueError: bad row
next:
  mlpipe executions logs mjrltdmn6zgd --step train`)
})

it.each([
  ['started', 'status     started, not waited for'],
  ['interrupted', 'status     Stopped as you asked after 4.2 s'],
  ['timed-out', 'status     still running, no longer waited for after 4.2 s'],
] as const)('the status of a run that was %s', (outcome, line) => {
  expect(runView.human({...result, outcome}, plain).split('\n')[1]).toBe(line)
})

it('an execution is shown with absolute and relative times, its parameters and its steps in line', () => {
  expect(executionView.human({formatVersion: 1, ...report}, plain)).toBe(`\
execution   mjrltdmn6zgd of tumours on local
status      Succeeded after 4.2 s
steps       3 ran, 1 cached, 1 not run
metrics     train: loss 0.0812346, accuracy 0.99
report      evaluate: accuracy 0.964912, and 2 more
model       tumours/1 (PendingManualApproval)
started     2026-01-01T12:00:00.000Z (1 minute ago)
ended       2026-01-01T12:00:04.200Z
version     3
arn         arn:aws:sagemaker:us-east-1:000000000000:pipeline/tumours/execution/mjrltdmn6zgd
parameters  epochs=50

=  prepare   Processing     cached               from aaaaaaaaaaaa, 3 minutes ago
✓  train     Training       succeeded     2.1 s
✓  gate      Condition      succeeded            true -> register
✓  register  RegisterModel  succeeded    0.02 s  tumours/1
.  reject    Fail           not run`)
})

it('no line of a narrow terminal is too long, except those to be copied whole', () => {
  const lines = executionView.human({formatVersion: 1, ...report}, {width: 40, colour: true}).split('\n')
  const long = lines.filter((line) => displayWidth(line) > 40).map((line) => stripColour(line).split(' ')[0])
  expect(long).toEqual(['arn'])
})

it('colour changes nothing but colour', () => {
  expect(stripColour(runView.human(result, {width: 100, colour: true}))).toBe(runView.human(result, plain))
  expect(runView.human(result, {width: 100, colour: true})).toContain('\u001B[32mSucceeded')
})

it.each([
  ['running', '>', 'running'],
  ['stopped', '-', 'stopped'],
  ['failed', '✗', 'failed'],
  ['waiting', '.', 'waiting'],
  ['reused', '=', 'reused'],
] as const)('a step that is %s has a symbol and the word', (state, symbol, word) => {
  const step = {name: 'train', type: 'Training', state}
  expect(stepLine(step, stepColumns([step], 100), painter(false))).toBe(`${symbol}  train  Training  ${word}`)
})

it.each<[string, Partial<StepReport>, string]>([
  [
    'its outputs',
    {
      outputs: [
        {name: 'doubled', value: '8'},
        {name: 'said', value: 'two\nlines'},
      ],
    },
    'doubled=8, said=two lines',
  ],
  [
    'no more of an output than tells which it is',
    {outputs: [{name: 'text', value: 'x'.repeat(60)}]},
    `text=${'x'.repeat(39)}…`,
  ],
  ['where its violations are', {violationReport: 's3://b/k.json'}, 'violates its baseline: s3://b/k.json'],
  [
    'that it was simulated first',
    {outputs: [{name: 'answer', value: 'yes'}], simulated: 'the step asks for it'},
    'simulated, answer=yes',
  ],
])('a step that succeeded shows %s', (_name, more, detail) => {
  const step: StepReport = {name: 'ask', type: 'Callback', state: 'succeeded', ...more}
  expect(
    stepLine(step, stepColumns([step], 100), painter(false))
      .split(/ {2,}/)
      .at(-1),
  ).toBe(detail)
})

it('a long type gives way to what is particular about a step, where both have no room', () => {
  const long: StepReport = {name: 'throughput', type: 'BedrockProvisionedModelThroughput', state: 'succeeded'}
  const step = {...long, simulated: 'nothing can run it'}
  const lineAt = (width: number) => stepLine(step, stepColumns([step], width), painter(false))
  expect(lineAt(80)).toBe('✓  throughput  BedrockProvisionedMod…  succeeded            simulated: nothing can run it')
  expect(lineAt(120)).toContain('  BedrockProvisionedModelThroughput  ')
})

it('a report without numbers is no line of its own', () => {
  const [values] = report.reports
  const empty = values ? [{...values, values: [], more: 0}] : []
  const shown = executionView.human({formatVersion: 1, ...report, reports: empty}, plain)
  expect(shown).not.toContain('report ')
})

it('the JSON of a run is the result itself', () => {
  expect(runView.json(result)).toEqual(result)
})

const idle = [
  {
    startedAt: '2026-01-01T12:04:10.000Z',
    endedAt: '2026-01-04T13:04:10.000Z',
    durationSeconds: 3 * 86_400 + 3600,
    before: 'train',
  },
  {startedAt: '2026-01-04T13:05:00.000Z', endedAt: '2026-01-04T13:15:00.000Z', durationSeconds: 600},
]
const ended = steps.map((step) => (step.name === 'prepare' ? {...step, endedAt: '2026-01-01T12:04:10.000Z'} : step))
const waited = {idle, durationSeconds: 4.2 + 3 * 86_400 + 4200}

it('an execution that was retried is told without the days before the retry, and those with what they look like', () => {
  const [status = '', first, last] = executionView
    .human({formatVersion: 1, ...report, ...waited, steps: ended}, plain)
    .split('\n')
    .slice(1)
  expect(status).toBe('status         Succeeded after 4.2 s, not counting 3 d 1 h outside its steps')
  expect(first).toBe(
    'outside steps  3 d 1 h before train, since 2026-01-01 12:04:10 UTC: as after a retry, or a wait for',
  )
  expect(last).toBe('               a free place')
})

it('a wait before any step ended is not said to look like a retry', () => {
  const begun = steps.map((step) => ({...step, endedAt: '2026-01-04T13:05:00.000Z'}))
  const shown = executionView.human({formatVersion: 1, ...report, ...waited, steps: begun}, plain).split('\n')
  expect(shown[2]).toBe('outside steps  3 d 1 h before train, since 2026-01-01 12:04:10 UTC')
})

it('time after the last step is not said to look like a retry', () => {
  const own = {idle: idle.slice(1), durationSeconds: 604.2}
  const lines = runView.human({...result, ...own}, plain).split('\n')
  expect(lines[1]).toBe('status         Succeeded after 4.2 s, not counting 10 min 00 s outside its steps')
  expect(lines[2]).toBe('outside steps  10 min 00 s after its last step, since 2026-01-04 13:05:00 UTC')
})

it('an execution that runs on is told without what came before its retry', () => {
  const {endedAt: _, ...running} = report
  const shown = executionView.human({formatVersion: 1, ...running, ...waited, status: 'Executing'}, plain)
  expect(shown).toContain('Executing for 4.2 s, not counting 3 d 1 h outside its steps')
})
