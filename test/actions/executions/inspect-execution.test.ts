import {expect, it} from 'vitest'
import {inspectExecution} from '../../../src/actions/executions/inspect-execution.ts'
import type {ExecutionStep} from '../../../src/cloud/ports.ts'
import {flattenNumbers} from '../../../src/definition/json-numbers.ts'
import {execution, executionArn, fakeCloud, fakeState, jobArn, packageArn} from '../../support/fake-cloud.ts'

const arn = executionArn('mjrltdmn6zgd')
const start = fakeState().nowMs
const definition = JSON.stringify({
  Version: '2020-12-01',
  Metadata: {},
  Parameters: [],
  Steps: [
    {Name: 'train', Type: 'Training', Arguments: {}},
    {
      Name: 'evaluate',
      Type: 'Processing',
      Arguments: {},
      PropertyFiles: [{PropertyFileName: 'metrics', OutputName: 'report', FilePath: 'metrics.json'}],
    },
    {Name: 'register', Type: 'RegisterModel', Arguments: {}},
  ],
})

const done = (name: string, more: Partial<ExecutionStep>): ExecutionStep => ({
  name,
  status: 'Succeeded',
  startedAtMs: start,
  endedAtMs: start + 1000,
  ...more,
})

it('collects metrics, the numbers of reports and registered models', async () => {
  const state = fakeState({
    definition,
    at: () => ({
      describe: execution(arn, 'Succeeded', start, start + 4000),
      steps: [
        done('train', {job: {kind: 'Training', arn: jobArn('training', 't')}}),
        done('evaluate', {job: {kind: 'Processing', arn: jobArn('processing', 'e')}}),
        done('register', {modelPackageArn: packageArn(1)}),
      ],
    }),
    metrics: [{name: 'loss', value: 0.08}],
    outputs: [{name: 'report', s3Uri: 's3://mlpipe-local/churn/x/evaluate/report'}],
    objects: {
      's3://mlpipe-local/churn/x/evaluate/report/metrics.json':
        '{"accuracy": 0.9649, "note": "text", "counts": [1, 2]}',
    },
    packages: [
      {
        arn: packageArn(1),
        group: 'churn',
        version: 1,
        status: 'Completed',
        approval: 'PendingManualApproval',
        createdAtMs: start,
        contentTypes: [],
        responseTypes: [],
        properties: [],
      },
    ],
  })
  const report = await inspectExecution(fakeCloud(state), arn, 'local', start + 64_000)

  expect(report).toMatchObject({
    execution: 'mjrltdmn6zgd',
    status: 'Succeeded',
    durationSeconds: 4,
    agoSeconds: 64,
    counts: {succeeded: 3},
    metrics: [{step: 'train', name: 'loss', value: 0.08}],
    models: [{step: 'register', model: 'churn/1', approval: 'PendingManualApproval'}],
  })
  expect(report.reports).toEqual([
    {
      step: 'evaluate',
      report: 'metrics',
      uri: 's3://mlpipe-local/churn/x/evaluate/report/metrics.json',
      values: [
        {path: 'accuracy', value: 0.9649},
        {path: 'counts[0]', value: 1},
        {path: 'counts[1]', value: 2},
      ],
      more: 0,
    },
  ])
  expect(report.failure).toBeUndefined()
})

it('names the first step that failed, its reason and the last ten lines of its log', async () => {
  const job = {kind: 'Training', arn: jobArn('training', 't')} as const
  const failed = {status: 'Failed', failureReason: 'AlgorithmError: exit code: 3', job} as const
  const log = Array.from({length: 30}, (_, index) => `line ${index + 1}`)
  const state = fakeState({
    definition,
    at: () => ({
      describe: {...execution(arn, 'Failed', start, start + 4000), failureReason: 'Step failure'},
      steps: [done('evaluate', {...failed, endedAtMs: start + 3000}), done('train', failed)],
    }),
    logs: {[job.arn]: log},
  })
  const report = await inspectExecution(fakeCloud(state), arn, 'local', start)

  expect(report.failure).toEqual({step: 'train', reason: 'AlgorithmError: exit code: 3', log: log.slice(20)})
  expect(report.counts).toEqual({failed: 2, 'not-run': 1})
})

it('says waiting for steps of a running execution that have not started', async () => {
  const state = fakeState({
    definition,
    at: () => ({describe: execution(arn, 'Executing', start, start), steps: [done('train', {status: 'Executing'})]}),
  })
  const report = await inspectExecution(fakeCloud(state), arn, 'local', start + 2500)
  expect(report.counts).toEqual({running: 1, waiting: 2})
  expect(report.durationSeconds).toBe(2.5)
  expect(report.endedAt).toBeUndefined()
})

/** An execution whose steps each wrote a report. */
function reporting(names: readonly string[], objects: Readonly<Record<string, string>>) {
  const files = [{PropertyFileName: 'metrics', OutputName: 'report', FilePath: 'metrics.json'}]
  const text = JSON.stringify({
    Version: '2020-12-01',
    Metadata: {},
    Parameters: [],
    Steps: names.map((Name) => ({Name, Type: 'Processing', Arguments: {}, PropertyFiles: files})),
  })
  const steps = names.map((name) => done(name, {job: {kind: 'Processing', arn: jobArn('processing', name)}}))
  return fakeState({
    definition: text,
    at: () => ({describe: execution(arn, 'Succeeded', start, start + 4000), steps}),
    outputs: [{name: 'report', s3Uri: 's3://mlpipe-local/churn/x/report'}],
    objects,
  })
}

it.each([
  ['is not there', {}],
  [
    'cannot be used, since the number at accuracy is too large for a double (1.8e308)',
    {'s3://mlpipe-local/churn/x/report/metrics.json': '{"accuracy": 1e400}'},
  ],
  ['is not valid JSON', {'s3://mlpipe-local/churn/x/report/metrics.json': '{"accuracy": NaN}'}],
])('says of a report that it %s', async (problem, objects) => {
  const {reports, gaps} = await inspectExecution(fakeCloud(reporting(['evaluate'], objects)), arn, 'local', start)
  expect(reports).toMatchObject([{report: 'metrics', values: [], more: 0}])
  expect(gaps).toEqual([
    {part: 'reports', reason: `report metrics of evaluate ${problem}: s3://mlpipe-local/churn/x/report/metrics.json`},
  ])
})

it('reads the reports of many jobs, and says where it stops', async () => {
  const names = Array.from({length: 105}, (_, index) => `e${index}`)
  const objects = {'s3://mlpipe-local/churn/x/report/metrics.json': '{"accuracy": 1}'}
  const {reports, gaps} = await inspectExecution(fakeCloud(reporting(names, objects)), arn, 'local', start)
  expect(reports.map(({step}) => step)).toEqual(names.slice(0, 100))
  expect(reports[0]?.values).toEqual([{path: 'accuracy', value: 1}])
  expect(gaps).toEqual([{part: 'reports', reason: 'only the reports of the first 100 of 105 jobs were read'}])
})

it('shows at most five numbers of a report and counts the rest', async () => {
  const state = fakeState({
    definition,
    at: () => ({
      describe: execution(arn, 'Succeeded', start, start),
      steps: [done('evaluate', {job: {kind: 'Processing', arn: jobArn('processing', 'e')}})],
    }),
    outputs: [{name: 'report', s3Uri: 's3://b/r/'}],
    objects: {'s3://b/r/metrics.json': JSON.stringify(Array.from({length: 20}, (_, index) => index))},
  })
  const [report] = (await inspectExecution(fakeCloud(state), arn, 'local', start)).reports
  expect(report?.values).toHaveLength(5)
  expect(report?.more).toBe(15)
})

it.each([
  ['nested objects', {a: {b: 1, c: 'x'}, d: 2}, ['a.b', 'd']],
  ['lists', {a: [{b: 1}]}, ['a[0].b']],
  ['no numbers', {a: 'x', b: null, c: true}, []],
])('the paths of numbers in %s', (_name, document, paths) => {
  expect(flattenNumbers(document).map(({path}) => path)).toEqual(paths)
})

it('tells what the best of a search came to', async () => {
  const tuned = jobArn('training', 'tune').replace('training-job', 'hyper-parameter-tuning-job')
  const state = fakeState({
    definition,
    at: () => ({
      describe: execution(arn, 'Succeeded', start, start + 4000),
      steps: [done('tune', {job: {kind: 'Tuning', arn: tuned}})],
    }),
  })
  const cloud = fakeCloud(state)
  const best = {Type: 'Maximize', MetricName: 'auc', Value: 0.91}
  const properties = async (asked: string) =>
    asked === tuned ? {BestTrainingJob: {FinalHyperParameterTuningJobObjectiveMetric: best}} : undefined
  const report = await inspectExecution({...cloud, jobs: {...cloud.jobs, properties}}, arn, 'local', start)
  expect(report.metrics).toEqual([{step: 'tune', name: 'auc', value: 0.91}])
})

it('tells the stretch before a retry, and nothing where there was none', async () => {
  const hour = 3_600_000
  const inspected = (lateMs: number) => {
    const late = {startedAtMs: start + 1000 + lateMs, endedAtMs: start + 2000 + lateMs}
    const steps = [done('train', {}), done('evaluate', late)]
    const describe = execution(arn, 'Succeeded', start, start + 2000 + lateMs)
    return inspectExecution(
      fakeCloud(fakeState({definition, at: () => ({describe, steps})})),
      arn,
      'local',
      start + 2 * hour,
    )
  }
  expect(await inspected(hour)).toMatchObject({
    durationSeconds: 3602,
    idle: [
      {
        startedAt: new Date(start + 1000).toISOString(),
        endedAt: new Date(start + 1000 + hour).toISOString(),
        durationSeconds: 3600,
        before: 'evaluate',
      },
    ],
  })
  expect(await inspected(1000)).not.toHaveProperty('idle')
})
