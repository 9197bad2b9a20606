import {expect, it} from 'vitest'
import type {LogsResult} from '../../src/actions/executions/execution-logs.ts'
import {compileView} from '../../src/views/compile.ts'
import {deployView} from '../../src/views/deploy.ts'
import {executionsView, stopView} from '../../src/views/executions.ts'
import {initView} from '../../src/views/init.ts'
import {logsView} from '../../src/views/logs.ts'
import {approvalView, modelsView, modelView} from '../../src/views/models/registry.ts'
import {resetView} from '../../src/views/reset.ts'
import {validateView} from '../../src/views/validate.ts'

const plain = {width: 100, colour: false}

it('executions, newest first as given', () => {
  const execution = {startedAt: '2026-01-01T12:00:00.000Z', arn: ''}
  const executions = [
    {...execution, execution: 'mjrltdmn6zgd', status: 'Executing' as const, agoSeconds: 3},
    {
      ...execution,
      execution: 'aaaaaaaaaaaa',
      status: 'Failed' as const,
      agoSeconds: 7200,
      failureReason: 'Step failure: One or multiple steps failed.',
    },
  ]
  const result = {formatVersion: 1, pipeline: 'churn', target: 'local', executions} as const
  expect(executionsView.human(result, plain)).toBe(`\
EXECUTION     STATUS     STARTED (UTC)
mjrltdmn6zgd  Executing  2026-01-01 12:00:00  just now
aaaaaaaaaaaa  Failed     2026-01-01 12:00:00  2 hours ago  Step failure: One or multiple steps fail…`)
  expect(executionsView.human({...result, executions: []}, plain)).toBe('churn has not been run on local')
  const filters = {statuses: ['Failed' as const]}
  expect(executionsView.human({...result, executions: [], filters}, plain)).toBe(
    'no execution of churn on local is like that',
  )
})

it.each([
  ['has-stopped', 'Stopped', [], 'mjrltdmn6zgd has ended: Stopped'],
  ['is-stopping', 'Stopping', [], 'mjrltdmn6zgd is stopping'],
  [
    'is-stopping',
    'Stopping',
    ['mlpipe executions callback abcdefghij'],
    'mjrltdmn6zgd is stopping: it waits for the answer to its callback\nnext:\n  mlpipe executions callback abcdefghij',
  ],
  [
    'is-stopping',
    'Stopping',
    ['one', 'two'],
    'mjrltdmn6zgd is stopping: it waits for the answers to its callbacks\nnext:\n  one\n  two',
  ],
  ['had-ended', 'Succeeded', [], 'mjrltdmn6zgd had already ended: Succeeded'],
] as const)('stop: %s', (outcome, status, next, text) => {
  const place = {formatVersion: 1, pipeline: 'churn', target: 'local', execution: 'mjrltdmn6zgd', arn: ''} as const
  expect(stopView.human({...place, outcome, status, next}, plain)).toBe(text)
})

const model = {
  model: 'churn/2',
  group: 'churn',
  version: 2,
  arn: 'arn:m',
  status: 'Completed',
  approval: 'Approved',
  createdAt: '2026-01-01T12:00:00.000Z',
  agoSeconds: 60,
} as const

const listed = {
  ...model,
  metrics: [
    {name: 'binary_classification_metrics.accuracy', value: 0.9649122807},
    {name: 'binary_classification_metrics.f1', value: 0.95},
  ],
  execution: 'mjrltdmn6zgd',
  endpoints: ['churn'],
} as const

it('models of a group', () => {
  const rejected = {...listed, model: 'churn/1', approval: 'Rejected', metrics: [], endpoints: []} as const
  const pending = {...listed, model: 'churn/3', approval: 'PendingManualApproval', description: 'better'} as const
  const models = [pending, {...listed, endpoints: []}, rejected]
  const result = {formatVersion: 1, pipeline: 'churn', target: 'local', models, more: 4} as const
  expect(modelsView.human(result, {...plain, width: 72})).toBe(`\
MODEL    APPROVAL  METRICS          ENDPOINT  REGISTERED    EXECUTION
churn/3  Pending   accuracy 0.9649  churn     1 minute ago  mjrltdmn6zg…
churn/2  Approved  accuracy 0.9649            1 minute ago  mjrltdmn6zgd
churn/1  Rejected                             1 minute ago  mjrltdmn6zgd
4 older (--limit)`)
  expect(modelsView.human({...result, models: [listed], more: 0}, plain)).toBe(`\
MODEL    APPROVAL  METRICS                   ENDPOINT  REGISTERED    EXECUTION
churn/2  Approved  accuracy 0.9649, f1 0.95  churn     1 minute ago  mjrltdmn6zgd`)
  const none = {...result, models: [], more: 0}
  expect(modelsView.human(none, plain)).toBe('churn has registered no model on local')
  expect(modelsView.human({...none, approval: 'Approved'}, plain)).toBe('no model of churn on local is Approved')
})

it('one model with what to do next', () => {
  const result = {
    formatVersion: 1,
    target: 'local',
    ...model,
    approval: 'PendingManualApproval',
    contentTypes: ['text/csv'],
    responseTypes: [],
    modelDataUrl: 's3://b/model.tar.gz',
    properties: [{name: 'accuracy', value: '0.96'}],
    metrics: listed.metrics,
    endpoints: ['churn', 'churn-eu'],
    next: ['mlpipe models approve churn/2'],
  } as const
  expect(modelView.human(result, plain)).toBe(`\
model       churn/2
approval    PendingManualApproval
status      Completed
registered  2026-01-01T12:00:00.000Z (1 minute ago)
endpoints   churn, churn-eu
metrics     binary_classification_metrics.accuracy 0.964912, binary_classification_metrics.f1 0.95
artifact    s3://b/model.tar.gz
takes       text/csv
arn         arn:m
accuracy    0.96
next:
  mlpipe models approve churn/2`)
})

it.each([
  ['PendingManualApproval', 'churn/2 is Approved (was PendingManualApproval)'],
  ['Approved', 'churn/2 is Approved, as it was'],
] as const)('approval from %s', (before, text) => {
  const result = {formatVersion: 1, target: 'local', model: 'churn/2', arn: '', before, approval: 'Approved'} as const
  expect(approvalView.human(result, plain)).toBe(text)
})

it('logs of several steps carry their names, of several instances theirs too, of one step nothing', () => {
  const place = {
    formatVersion: 1,
    outcome: 'read',
    pipeline: 'c',
    target: 'local',
    execution: 'e',
    arn: '',
    status: 'Succeeded',
  } as const
  const at = '2026-01-01T12:00:00.000Z'
  const line = (message: string, stream = 'algo-1') => ({at, message, stream})
  const log = (step: string, ...lines: ReturnType<typeof line>[]) => ({step, type: '', jobArn: '', lines})
  const shown = (result: Omit<LogsResult, keyof typeof place>, timestamps = false) =>
    logsView({timestamps}).human({...place, ...result}, plain)
  expect(shown({steps: [log('train', line('a')), log('evaluate', line('b'))]})).toBe('train    | a\nevaluate | b')
  expect(shown({steps: [log('train', line('a'))]})).toBe('a')
  expect(shown({steps: [log('train', line('a'))]}, true)).toBe('2026-01-01T12:00:00.000Z a')
  expect(shown({steps: []})).toBe('no step of e has written a log')
  expect(shown({step: 'gate', steps: []})).toBe('step gate of e has written no log')
  const several = log('train', line('a'), line('b', 'algo-2'))
  expect(shown({steps: [several]})).toBe('algo-1 | a\nalgo-2 | b')
  expect(shown({steps: [several, log('evaluate', line('c'))]})).toBe(
    'train/algo-1 | a\ntrain/algo-2 | b\nevaluate     | c',
  )
})

const compiled = {
  formatVersion: 1,
  file: 'mlpipe.yaml',
  pipeline: 'churn',
  target: 'local',
  definition: '{\n  "Steps": []\n}\n',
  uploads: [],
  warnings: [],
} as const

it('compile prints the definition alone; its JSON holds it as an object', () => {
  expect(`${compileView.human(compiled, plain)}\n`).toBe(compiled.definition)
  expect(compileView.json(compiled)).toMatchObject({formatVersion: 1, definition: {Steps: []}})
})

it('deploy says what it did', () => {
  const upload = {uri: 's3://b/k', source: 'src/train.py', bytes: 2048, uploaded: true}
  const result = {
    formatVersion: 1,
    file: 'mlpipe.yaml',
    pipeline: 'churn',
    target: 'local',
    arn: 'arn:p',
    outcome: 'updated',
    changes: [],
    versionId: 2,
    uploads: [upload, {...upload, uploaded: false}],
    groupsCreated: ['churn'],
    parameters: [
      {name: 'epochs', type: 'Integer', default: '200'},
      {name: 'raw', type: 'String'},
    ],
    steps: [{name: 'train', type: 'training'}],
    warnings: [],
    next: ['mlpipe run'],
  } as const
  expect(deployView.human(result, plain)).toBe(`\
pipeline    churn updated (version 2)
target      local
uploads     1 done (2.0 KiB), 1 already there
groups      churn created
parameters  epochs=200 raw (no default)
steps       train
arn         arn:p
next:
  mlpipe run`)
})

it.each([
  ['create', 'pipeline  churn would be created (nothing is: this was a dry run)'],
  ['update', 'pipeline  churn would be updated (nothing is: this was a dry run)'],
  ['change-nothing', 'pipeline  churn would stay as it is'],
] as const)('a dry run of a deploy that would %s says so', (would, line) => {
  const result = {
    formatVersion: 1,
    pipeline: 'churn',
    target: 'local',
    file: 'mlpipe.yaml',
    outcome: 'dry-run',
    would,
    changes: [],
    uploads: [{uri: 's3://b/k', source: 'src/train.py', bytes: 2048, uploaded: true}],
    groupsCreated: ['churn'],
    parameters: [],
    steps: [],
    warnings: [],
    next: ['mlpipe deploy'],
  } as const
  expect(deployView.human(result, plain).split('\n')).toEqual([
    line,
    'target    local',
    'uploads   1 to do (2.0 KiB)',
    'groups    churn would be created',
    'next:',
    '  mlpipe deploy',
  ])
})

it('validate, init and reset say their sentence', () => {
  const valid = {formatVersion: 1, file: 'mlpipe.yaml', pipeline: 'churn', target: 'local', parameters: 1} as const
  expect(validateView.human({...valid, steps: [{name: 'a', type: 'training'}], warnings: []}, plain)).toBe(
    'mlpipe.yaml is valid: pipeline churn for target local, 1 step, 1 parameter',
  )
  const made = {formatVersion: 1, template: 'minimal', directory: 'x', files: ['mlpipe.yaml'], next: ['cd x']} as const
  expect(initView.human(made, plain)).toBe('minimal is ready in x:\n  mlpipe.yaml\nnext:\n  cd x')
  const directory = '/p/.mlpipe'
  expect(resetView.human({formatVersion: 1, directory, outcome: 'deleted'}, plain)).toBe('/p/.mlpipe is deleted')
})
