// Hand-made results of `diff` and `why`: every kind of verdict, reason, change and warning once.

import type {DiffResult, RunForecast, StepForecast, WhyResult} from '../../src/actions/forecast/forecast.ts'

const hash = (digit: string) => digit.repeat(64)
const code = (digit: string) => `s3://mlpipe-local/tumours/code/${hash(digit)}/prepare.py`

const from = {
  execution: 'abc123',
  arn: 'arn:aws:sagemaker:us-east-1:000000000000:pipeline/tumours/execution/abc123',
  endedAt: '2026-01-01T12:00:00.000Z',
  agoSeconds: 7200,
}

export const prepare: StepForecast = {
  name: 'prepare',
  type: 'Processing',
  verdict: 'hit',
  conditional: [],
  reasons: [],
  from,
  expiresAt: '2026-01-31T12:00:00.000Z',
  lastSeconds: 12.2,
}

export const train: StepForecast = {
  name: 'train',
  type: 'Training',
  verdict: 'rerun',
  conditional: [],
  reasons: [
    {code: 'key-differs', path: 'HyperParameters.epochs', before: '200', after: '50', execution: 'abc123', line: 44},
    {
      code: 'key-differs',
      path: "InputDataConfig['code'].DataSource.S3DataSource.S3Uri",
      before: code('3'),
      after: code('b'),
      execution: 'abc123',
      line: 41,
    },
    {code: 'key-differs', path: 'Environment.STAGE', after: 'night', execution: 'abc123'},
  ],
  lastSeconds: 2.14,
}

export const evaluate: StepForecast = {
  name: 'evaluate',
  type: 'Processing',
  verdict: 'rerun',
  conditional: [],
  reasons: [
    {
      code: 'fresh-value',
      path: "ProcessingInputs['model'].S3Input.S3Uri",
      value: 'Steps.train.ModelArtifacts.S3ModelArtifacts',
      step: 'train',
      line: 57,
    },
  ],
  lastSeconds: 1.06,
}

export const gate: StepForecast = {
  name: 'gate',
  type: 'Condition',
  verdict: 'unknown',
  conditional: [],
  reasons: [
    {
      code: 'decided-by-run',
      path: 'Conditions',
      value: 'Steps.evaluate.PropertyFiles.metrics',
      step: 'evaluate',
      line: 65,
    },
  ],
}

export const register: StepForecast = {
  name: 'register',
  type: 'RegisterModel',
  verdict: 'always',
  conditional: [{condition: 'gate', branch: 'then', on: ['Steps.evaluate.PropertyFiles.metrics']}],
  reasons: [{code: 'type-never-cached'}],
}

export const reject: StepForecast = {
  name: 'reject',
  type: 'Fail',
  verdict: 'always',
  conditional: [{condition: 'gate', branch: 'else', on: ['Steps.evaluate.PropertyFiles.metrics']}],
  reasons: [{code: 'type-never-cached'}],
}

export const forecast: RunForecast = {
  parameters: [
    {name: 'epochs', value: '50', isDefault: false},
    {name: 'instanceType', value: 'ml.m5.large', isDefault: true},
  ],
  steps: [prepare, train, evaluate, gate, register, reject],
  counts: {hit: 1, rerun: 2, always: 2, unknown: 1, skipped: 0, conditional: 2},
  causes: [
    {cause: 'parameter epochs is 50, was 200', steps: ['train', 'evaluate']},
    {cause: 'src/train.py changed', steps: ['train', 'evaluate']},
  ],
  time: {savedSeconds: 12.2, spentSeconds: 3.2, openSeconds: 0, untimed: ['register']},
  warnings: [
    {
      code: 'changed-without-rerun',
      message: 'instance type of prepare changed, which is in no cache key: the step keeps its earlier result',
      steps: ['prepare'],
      line: 8,
    },
  ],
  history: {executions: 3, calls: 9},
}

export const diffResult: DiffResult = {
  formatVersion: 1,
  file: 'mlpipe.yaml',
  pipeline: 'tumours',
  target: 'local',
  against: {kind: 'deployed', name: 'tumours'},
  deploy: {
    outcome: 'update',
    changes: [
      {
        kind: 'changed',
        subject: {kind: 'parameter', name: 'epochs'},
        path: 'DefaultValue',
        before: 200,
        after: 300,
        line: 10,
      },
      {
        kind: 'changed',
        subject: {kind: 'step', name: 'prepare'},
        path: 'Arguments.ProcessingResources.ClusterConfig.InstanceType',
        before: 'ml.m5.large',
        after: {Get: 'Parameters.instanceType'},
        inKey: false,
        line: 8,
      },
      {
        kind: 'changed',
        subject: {kind: 'step', name: 'train'},
        path: "Arguments.InputDataConfig['code'].DataSource.S3DataSource.S3Uri",
        before: code('3'),
        after: code('b'),
        inKey: true,
        line: 41,
      },
      {
        kind: 'added',
        subject: {kind: 'step', name: 'train'},
        path: 'Arguments.Environment.STAGE',
        after: 'night',
        inKey: true,
      },
      {
        kind: 'removed',
        subject: {kind: 'step', name: 'train'},
        path: 'CacheConfig.ExpireAfter',
        before: 'P30D',
      },
      {
        kind: 'added',
        subject: {kind: 'step', name: 'reject'},
        path: '',
        after: {Name: 'reject', Type: 'Fail'},
        line: 79,
      },
      {kind: 'removed', subject: {kind: 'step', name: 'notify'}, path: '', before: {Name: 'notify', Type: 'Lambda'}},
    ],
  },
  run: forecast,
}

/** A forecast of these steps alone. */
export function forecastOf(steps: readonly StepForecast[], more: Partial<RunForecast> = {}): RunForecast {
  const amount = (verdict: StepForecast['verdict']) => steps.filter((step) => step.verdict === verdict).length
  return {
    ...forecast,
    parameters: [],
    steps,
    counts: {
      hit: amount('hit'),
      rerun: amount('rerun'),
      always: amount('always'),
      unknown: amount('unknown'),
      skipped: amount('skipped'),
      conditional: steps.filter(({conditional}) => conditional.length > 0).length,
    },
    causes: [],
    time: {savedSeconds: 0, spentSeconds: 0, openSeconds: 0, untimed: []},
    warnings: [],
    ...more,
  }
}

export const unchanged: DiffResult = {
  ...diffResult,
  deploy: {outcome: 'none', changes: []},
  run: forecastOf([prepare]),
}

export const whyResult: WhyResult = {
  formatVersion: 1,
  file: 'mlpipe.yaml',
  pipeline: 'tumours',
  target: 'local',
  step: train,
  key: [
    {
      attribute: 'AlgorithmSpecification',
      parts: [
        {
          path: 'AlgorithmSpecification.TrainingImage',
          before: '683313688378.dkr.ecr.us-east-1.amazonaws.com/sagemaker-scikit-learn:1.2-1-cpu-py3',
          after: '683313688378.dkr.ecr.us-east-1.amazonaws.com/sagemaker-scikit-learn:1.2-1-cpu-py3',
          state: 'same',
          line: 20,
        },
      ],
    },
    {
      attribute: 'HyperParameters',
      parts: [
        {path: 'HyperParameters.epochs', before: '200', after: '50', state: 'differs', line: 44},
        {path: 'HyperParameters.l2', before: '0.001', after: '0.001', state: 'same', line: 46},
      ],
    },
    {
      attribute: 'InputDataConfig',
      parts: [
        {
          path: "InputDataConfig['code'].DataSource.S3DataSource.S3Uri",
          before: code('3'),
          after: code('b'),
          state: 'differs',
          line: 41,
        },
        {
          path: "InputDataConfig['train'].DataSource.S3DataSource.S3Uri",
          before: 's3://mlpipe-local/tumours/abc123/prepare/output/train',
          state: 'fresh',
          value: "Steps.prepare.ProcessingOutputConfig.Outputs['train'].S3Output.S3Uri",
          line: 48,
        },
        {
          path: "InputDataConfig['extra'].DataSource.S3DataSource.S3Uri",
          state: 'open',
          value: 'Steps.pick.OutputParameters.uri',
        },
      ],
    },
    {attribute: 'Environment', parts: [{path: 'Environment.STAGE', after: 'night', state: 'differs'}]},
  ],
  nearest: {execution: 'abc123', endedAt: '2026-01-01T12:00:00.000Z', differing: 3, parts: 7},
  chain: [
    {step: 'train', verdict: 'rerun', because: 'HyperParameters.epochs changed'},
    {step: 'prepare', verdict: 'rerun', because: 'src/prepare.py changed'},
  ],
  toHit: 'set parameter epochs back to 200 and src/prepare.py back to what abc123 ran',
}
