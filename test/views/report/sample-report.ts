// Hand-made reports: one with everything that a report can tell, and one of any number of steps.

import type {IdleStretch, StepReport} from '../../../src/actions/executions/execution-report.ts'
import type {StepForecast} from '../../../src/actions/forecast/forecast.ts'
import {reportProvenance} from '../../../src/actions/lineage/lineage-result.ts'
import {drawLineage} from '../../../src/actions/report/lineage-drawing.ts'
import type {ReportLineage, ReportResult} from '../../../src/actions/report/report-data.ts'
import type {Provenance, StepRun} from '../../../src/lineage/provenance.ts'
import {stepRun} from '../../support/step-run.ts'

const account = 'arn:aws:sagemaker:us-east-1:000000000000'
const arn = (id: string) => `${account}:pipeline/tumours/execution/${id}`
const hash = (digit: string) => digit.repeat(64)
const base = Date.UTC(2026, 0, 2, 9, 30)
const at = (seconds: number) => new Date(base + seconds * 1000).toISOString()
const source = {execution: 'earlier1', arn: arn('earlier1'), endedAt: at(-86_400), agoSeconds: 86_400}

const ran = (name: string, type: string, from: number, to: number): StepReport => ({
  name,
  type,
  state: 'succeeded',
  startedAt: at(from),
  endedAt: at(to),
  durationSeconds: to - from,
  attempts: 1,
})

const run = (step: string, executionArn: string, rest: Partial<StepRun> = {}): StepRun =>
  stepRun({executionArn, step, type: 'Processing', ...rest})

const steps: readonly StepReport[] = [
  {...ran('prepare', 'Processing', 1, 1), state: 'cached', cachedFrom: source},
  {...ran('train', 'Training', 1, 92), jobArn: `${account}:training-job/pipelines-this-train`},
  {...ran('explain', 'ClarifyCheck', 1, 40), simulated: 'Clarify does not run here', attempts: 2},
  ran('evaluate', 'Processing', 92, 120),
  {...ran('gate', 'Condition', 120, 120), outcome: {result: true, branch: ['register']}},
  {
    ...ran('register', 'RegisterModel', 120, 122),
    registered: {model: 'tumours/7', arn: `${account}:model-package/tumours/7`},
  },
  {name: 'reject', type: 'Fail', state: 'not-run'},
]

const verdict = (name: string, type: string, rest: Partial<StepForecast>): StepForecast => ({
  name,
  type,
  verdict: 'rerun',
  conditional: [],
  reasons: [],
  ...rest,
})

function provenance(found: Provenance): ReportLineage {
  return {...reportProvenance(found, base + 3_600_000), ...drawLineage(found, arn('this1'), {target: 'prod'})}
}

/** An execution that succeeded, after two others, with a cached and a simulated step and a registered model. */
export function sampleReport(overrides: Partial<ReportResult> = {}): ReportResult {
  return {
    formatVersion: 1,
    takenAt: at(3600),
    pipeline: 'tumours',
    target: 'local',
    execution: 'this1',
    arn: arn('this1'),
    status: 'Succeeded',
    startedAt: at(0),
    endedAt: at(122),
    agoSeconds: 3600,
    durationSeconds: 122,
    versionId: 3,
    displayName: 'with more epochs',
    startedBy: 'arn:aws:iam::000000000000:user/someone',
    parameters: [
      {name: 'epochs', value: '300', type: 'Integer', default: '200', isDefault: false},
      {name: 'minAccuracy', value: '0.93', type: 'Float', default: '0.93', isDefault: true},
      {name: 'raw', value: 's3://lake/raw', type: 'String', isDefault: false},
    ],
    steps,
    counts: {cached: 1, succeeded: 5, 'not-run': 1},
    verdicts: [
      verdict('prepare', 'Processing', {verdict: 'hit', from: source, expiresAt: at(86_400)}),
      verdict('train', 'Training', {
        reasons: [{code: 'key-differs', path: 'HyperParameters.epochs', before: '200', after: '300', line: 41}],
        lastSeconds: 60,
      }),
      verdict('evaluate', 'Processing', {
        reasons: [
          {
            code: 'fresh-value',
            step: 'train',
            value: 'Steps.train.ModelArtifacts.S3ModelArtifacts',
            path: "ProcessingInputs['model']",
          },
        ],
        lastSeconds: 20,
      }),
      verdict('gate', 'Condition', {verdict: 'always', reasons: [{code: 'type-never-cached'}]}),
      verdict('register', 'RegisterModel', {
        verdict: 'always',
        conditional: [{condition: 'gate', branch: 'then', on: ['evaluate']}],
      }),
    ],
    criticalPath: ['train', 'evaluate', 'gate', 'register'],
    metrics: [{step: 'train', name: 'loss', value: 0.0599}],
    reports: [
      {
        step: 'evaluate',
        report: 'metrics',
        uri: 's3://mlpipe-local/tumours/this1/evaluate/report/metrics.json',
        values: [
          {path: 'accuracy', value: 0.99115},
          {path: 'confusion.benign.benign', value: 71},
        ],
        more: 3,
      },
    ],
    models: [
      {
        step: 'register',
        model: 'tumours/7',
        arn: `${account}:model-package/tumours/7`,
        approval: 'PendingManualApproval',
      },
    ],
    foretold: {asForetold: 4, open: 1, otherwise: [{step: 'explain', foretold: 'hit', happened: 'succeeded'}]},
    graph: {
      title: 'tumours',
      description: 'Seven steps.',
      nodes: steps.map(({name, type}) => ({id: name, label: name, kind: 'step', caption: type, notes: []})),
      edges: [
        {from: 'prepare', to: 'train', kind: 'data'},
        {from: 'train', to: 'evaluate', kind: 'data', label: 'model'},
        {from: 'train', to: 'explain', kind: 'order'},
        {from: 'evaluate', to: 'gate', kind: 'data'},
        {from: 'gate', to: 'register', kind: 'branch', label: 'true'},
        {from: 'gate', to: 'reject', kind: 'branch', label: 'false'},
      ],
    },
    history: {
      executions: ['earlier1', 'earlier2', 'this1'].map((execution, index) => ({
        execution,
        arn: arn(execution),
        status: index === 1 ? 'Failed' : 'Succeeded',
        startedAt: at((index - 2) * 86_400),
      })),
      series: [
        {
          step: 'train',
          name: 'loss',
          points: [
            {execution: 'earlier1', value: 0.0632},
            {execution: 'earlier2', value: 0.0701},
            {execution: 'this1', value: 0.0599},
          ],
        },
        {step: 'evaluate', report: 'metrics', name: 'accuracy', points: [{execution: 'this1', value: 0.99115}]},
        {step: 'evaluate', report: 'metrics', name: 'gone', points: [{execution: 'earlier1', value: 0}]},
      ],
      more: 2,
    },
    lineage: provenance({
      executions: [
        {
          arn: arn('this1'),
          pipeline: 'tumours',
          status: 'Succeeded',
          startedAtMs: base,
          parameters: [],
          origin: {
            specSha256: hash('a'),
            gitCommit: '9fceb02d0ae598e95dc970b74767f19372d61af8',
            gitDirty: true,
            mlpipeVersion: '0.1.0',
          },
        },
        {
          arn: arn('earlier1'),
          pipeline: 'tumours',
          status: 'Succeeded',
          startedAtMs: base - 86_400_000,
          parameters: [],
        },
      ],
      steps: [
        run('fetch', arn('earlier2'), {
          outputs: [{name: 'rows', uri: 's3://mlpipe-local/tumours/earlier2/fetch/rows'}],
        }),
        run('prepare', arn('earlier1'), {
          takenOverBy: [{executionArn: arn('this1'), how: 'cached'}],
          image: '683313688378.dkr.ecr.us-east-1.amazonaws.com/sagemaker-scikit-learn:1.2-1-cpu-py3',
          inputs: [
            {
              name: 'raw',
              uri: 's3://mlpipe-local/tumours/data/wdbc.csv',
              file: 'data/wdbc.csv',
              content: {kind: 'content-hash', value: hash('b')},
            },
            {name: 'lake', uri: 's3://lake/raw', content: {kind: 'fingerprint', value: hash('c')}},
            {
              name: 'rows',
              uri: 's3://mlpipe-local/tumours/earlier2/fetch/rows',
              madeBy: {executionArn: arn('earlier2'), step: 'fetch'},
            },
          ],
          code: [
            {
              name: 'code',
              uri: `s3://mlpipe-local/tumours/code/${hash('d')}/prepare.py`,
              content: {kind: 'content-hash', value: hash('d')},
            },
          ],
        }),
        run('train', arn('this1'), {
          type: 'Training',
          inputs: [
            {
              name: 'train',
              uri: 's3://mlpipe-local/tumours/earlier1/prepare/train',
              madeBy: {executionArn: arn('earlier1'), step: 'prepare'},
            },
          ],
          hyperparameters: [{name: 'epochs', value: '300'}],
          environment: [{name: 'STAGE', value: 'test'}],
          metrics: [{name: 'loss', value: 0.0599}],
        }),
        run('register', arn('this1'), {
          type: 'RegisterModel',
          inputs: [
            {
              name: 'model',
              uri: 's3://mlpipe-local/tumours/this1/model.tar.gz',
              madeBy: {executionArn: arn('this1'), step: 'train'},
            },
          ],
        }),
      ],
      models: [
        {
          arn: `${account}:model-package/tumours/7`,
          model: 'tumours/7',
          approval: 'PendingManualApproval',
          createdAtMs: base,
          modelDataUrl: 's3://mlpipe-local/tumours/this1/model.tar.gz',
          metrics: [],
          registeredBy: {executionArn: arn('this1'), step: 'register'},
          endpoints: ['tumours'],
        },
      ],
      gaps: ['The execution before "earlier1" was deleted.'],
    }),
    logs: [
      {step: 'prepare', from: 'earlier1', lines: ['read 569 rows', 'kept 569']},
      {
        step: 'train',
        lines: ['epoch=1 loss=0.69', '\u001B[32mepoch=300 loss=0.0599\u001B[0m', 'progress 1%\rprogress 100%'],
      },
    ],
    spec: {file: 'mlpipe.yaml', text: 'name: tumours\nsteps: {}\n', known: 'by-hash'},
    definition: '{\n  "Version": "2020-12-01",\n  "Steps": []\n}',
    gaps: [],
    next: ['mlpipe models approve tumours/7', 'mlpipe executions show this1'],
    ...overrides,
  }
}

/** The same, when it was retried days later, twice; or with other seconds before steps, by their names. */
export function retriedReport(
  waits: Readonly<Record<string, number>> = {evaluate: 3 * 86_400, register: 86_399},
): ReportResult {
  const later = (iso: string, seconds: number) => new Date(Date.parse(iso) + seconds * 1000).toISOString()
  const idle: IdleStretch[] = []
  let waited = 0
  const retried = steps.map((step) => {
    const {name, startedAt, endedAt} = step
    if (startedAt === undefined || endedAt === undefined) return step
    const wait = waits[name] ?? 0
    const stretch = {startedAt: later(startedAt, waited), endedAt: later(startedAt, waited + wait)}
    if (wait > 0) idle.push({...stretch, durationSeconds: wait, before: name})
    waited += wait
    return {...step, startedAt: later(startedAt, waited), endedAt: later(endedAt, waited)}
  })
  return sampleReport({
    takenAt: at(3600 + waited),
    endedAt: at(122 + waited),
    durationSeconds: 122 + waited,
    steps: retried,
    idle,
  })
}

/** The characters of a definition that SageMaker still takes. */
const longestDefinition = 1_048_576

/** Chains of ten steps each, as the embedded engine gives them, with a definition as long as may be. */
export function largeReport(amount: number): ReportResult {
  const names = Array.from({length: amount}, (_, index) => `step-${String(index).padStart(4, '0')}`)
  const before = (index: number) => (index % 10 === 0 ? undefined : names[index - 1])
  const image = '683313688378.dkr.ecr.us-east-1.amazonaws.com/sagemaker-scikit-learn:1.2-1-cpu-py3'
  const uri = (name: string) => `s3://mlpipe-local/large/this1/${name}/out`
  const own = names.map(
    (name, index): StepReport => ({
      ...ran(name, 'Processing', (index % 10) * 30, (index % 10) * 30 + 25),
      jobArn: `${account}:processing-job/pipelines-abcdefghijkl-${name}-0123456789`,
    }),
  )
  return {
    ...sampleReport(),
    pipeline: 'large',
    steps: own,
    counts: {succeeded: amount},
    verdicts: names.map((name, index) => {
      const upstream = before(index)
      const path = "ProcessingInputs['before'].S3Input.S3Uri"
      const value = `Steps.${upstream}.ProcessingOutputConfig.Outputs['out'].S3Output.S3Uri`
      return verdict(name, 'Processing', {
        reasons:
          upstream === undefined
            ? [{code: 'no-earlier-success'}]
            : [{code: 'fresh-value', step: upstream, value, path, line: index}],
      })
    }),
    criticalPath: names.slice(0, 10),
    graph: {
      title: 'large',
      description: `${amount} steps.`,
      nodes: names.map((name) => ({id: name, label: name, kind: 'step', caption: 'Processing', notes: []})),
      edges: names.flatMap((to, index) => {
        const from = before(index)
        return from === undefined ? [] : [{from, to, kind: 'data' as const}]
      }),
    },
    lineage: provenance({
      executions: [],
      steps: names.map((name, index) => {
        const upstream = before(index)
        const madeBy = upstream === undefined ? undefined : {executionArn: arn('this1'), step: upstream}
        const inputs = madeBy ? [{name: 'before', uri: uri(madeBy.step), madeBy}] : []
        return run(name, arn('this1'), {image, inputs, outputs: [{name: 'out', uri: uri(name)}]})
      }),
      models: [],
      gaps: [],
    }),
    logs: names
      .slice(0, 60)
      .map((step) => ({step, lines: Array.from({length: 40}, (_, line) => `epoch=${line} loss=0.${line}`)})),
    definition: JSON.stringify(definitionOf(names), null, 2),
  }
}

function definitionOf(names: readonly string[]): unknown {
  const room = longestDefinition / Math.max(1000, names.length)
  return {
    Version: '2020-12-01',
    Steps: names.map((name) => ({
      Name: name,
      Type: 'Processing',
      Arguments: {
        ProcessingResources: {ClusterConfig: {InstanceType: 'ml.m5.large', InstanceCount: 1, VolumeSizeInGB: 30}},
        ProcessingInputs: [
          {InputName: 'before', AppManaged: false, S3Input: {S3Uri: {Get: 'Steps.before'}, S3DataType: 'S3Prefix'}},
        ],
        ProcessingOutputConfig: {
          Outputs: [{OutputName: 'out', S3Output: {LocalPath: '/opt/ml/processing/output/out'}}],
        },
        Environment: {FILLER: 'x'.repeat(room - 500)},
      },
    })),
  }
}
