// One example of every step kind, as it stands below `steps:`, with the steps that it refers to. A test compiles each.

import type {StepKindName, SugarKindName} from '../step-kinds.ts'

export const stepKindExamples: Readonly<Record<StepKindName | SugarKindName, string>> = {
  processing: `\
prepare:
  type: processing
  image: sklearn:1.2-1
  instance: ml.m5.large
  code: src/prepare.py                 # lies in /opt/ml/processing/input/code
  args: [--seed, 7]
  inputs:
    raw: data/raw.csv                  # uploaded; lies in /opt/ml/processing/input/raw
  outputs: [train, report]             # what stands in /opt/ml/processing/output/train and /report
  reports:
    metrics: report/metrics.json       # \${steps.prepare.reports.metrics.rows} is a value in it
  cache: 30d
`,
  training: `\
train:
  type: training
  image: sklearn:1.2-1
  instance: {type: ml.m5.xlarge, count: 1, volume: 30}
  code: {dir: src, entry: train.py}
  hyperparameters: {epochs: 200, learning-rate: 0.5}
  inputs:
    train: s3://lake/train             # lies in /opt/ml/input/data/train
  metrics:
    loss: 'loss=([0-9.]+)'             # \${steps.train.metrics.loss} is the last value in the log
  cache: 30d
`,
  tuning: `\
tune:
  type: tuning
  image: xgboost:1.7-1
  instance: ml.m5.xlarge
  inputs: {train: s3://lake/train, validation: s3://lake/validation}
  hyperparameters: {objective: 'binary:logistic', num_round: 100}
  objective: {metric: 'validation:auc', goal: maximize}
  ranges:
    eta: {min: 0.01, max: 0.3, scale: Logarithmic}
    max_depth: {min: 3, max: 10}
  jobs: {max: 20, parallel: 4}
`,
  automl: `\
search:
  type: automl
  inputs: {training: s3://lake/train.csv}
  target: churned
  problem: BinaryClassification
  objective: F1
  limits: {candidates: 10, runtime: 2h}
`,
  transform: `\
train: {type: training, image: "sklearn:1.2-1", code: src/train.py, inputs: {train: s3://lake/train}}
create: {type: model, model: "\${steps.train.model}"}
score:
  type: transform
  model: \${steps.create.name}
  instance: ml.m5.large
  input: {from: s3://lake/batch, contentType: text/csv, split: Line}
`,
  model: `\
train: {type: training, image: "sklearn:1.2-1", code: src/train.py, inputs: {train: s3://lake/train}}
create:
  type: model
  model: \${steps.train.model}          # served by the image of the step that trained
  code: src/serve.py
`,
  register: `\
train: {type: training, image: "sklearn:1.2-1", code: src/train.py, inputs: {train: s3://lake/train}}
register:
  type: register
  group: churn
  model: \${steps.train.model}
  approval: PendingManualApproval
  inferenceInstances: [ml.m5.large]
`,
  condition: `\
evaluate:
  type: processing
  image: sklearn:1.2-1
  code: src/evaluate.py
  outputs: [report]
  reports: {metrics: report/metrics.json}
gate:
  type: condition
  if: steps.evaluate.reports.metrics.accuracy >= 0.9 and not pipeline.name == 'trial'
  then: [note]                         # steps of this pipeline: they run in this branch only
  else: [reject]
note: {type: processing, image: "sklearn:1.2-1", code: src/note.py}
reject: {type: fail, message: not good enough}
`,
  fail: `\
reject:
  type: fail
  message: execution \${execution.id} of \${pipeline.name} made no model that is good enough
`,
  lambda: `\
notify:
  type: lambda
  function: arn:aws:lambda:us-east-1:111122223333:function:notify
  inputs: {execution: "\${execution.id}"}
  outputs: {ticket: String}            # \${steps.notify.outputs.ticket}
  local: {runner: simulate, outputs: {ticket: T-1}}
`,
  callback: `\
approve:
  type: callback
  queue: https://sqs.us-east-1.amazonaws.com/111122223333/approvals
  inputs: {execution: "\${execution.id}"}
  outputs: {verdict: String}           # \${steps.approve.outputs.verdict}
`,
  'quality-check': `\
check:
  type: quality-check
  check: data-quality
  instance: ml.m5.xlarge
  data: data/raw.csv
  format: csv
  group: churn                         # its latest approved version carries the baseline
`,
  'clarify-check': `\
bias:
  type: clarify-check
  check: data-bias
  instance: ml.m5.xlarge
  data: s3://lake/train
  config: src/analysis_config.json
  group: churn
`,
  emr: `\
aggregate:
  type: emr
  cluster: j-3KSD2N1L4ABCD
  jar: command-runner.jar
  args: [spark-submit, s3://lake/jobs/aggregate.py]
`,
  'emr-serverless': `\
aggregate:
  type: emr-serverless
  application: 00f1abcdexample
  role: arn:aws:iam::111122223333:role/JobRun
  script: s3://lake/jobs/aggregate.py
  timeout: 1h
`,
  'endpoint-config': `\
train: {type: training, image: "sklearn:1.2-1", code: src/train.py, inputs: {train: s3://lake/train}}
create: {type: model, model: "\${steps.train.model}"}
config:
  type: endpoint-config
  model: \${steps.create.name}
  instance: ml.m5.large
`,
  endpoint: `\
train: {type: training, image: "sklearn:1.2-1", code: src/train.py, inputs: {train: s3://lake/train}}
create: {type: model, model: "\${steps.train.model}"}
config: {type: endpoint-config, model: "\${steps.create.name}", serverless: {memory: 2048, concurrency: 5}}
live:
  type: endpoint
  endpoint: churn
  config: \${steps.config.name}
`,
  deploy: `\
train: {type: training, image: "sklearn:1.2-1", code: src/train.py, inputs: {train: s3://lake/train}}
live:
  type: deploy                         # a model, an endpoint configuration and an endpoint
  model: \${steps.train.model}
  endpoint: churn
  instance: ml.m5.large
`,
  'inference-component': `\
component:
  type: inference-component
  endpoint: churn
  model: churn-2025-03
  memory: 2048
  copies: 2
`,
  lineage: `\
note:
  type: lineage
  artifacts:
    table: {type: DataSet, source: s3://lake/train}
  actions:
    review: {type: Review, source: "\${execution.arn}"}
  associations:
    - {from: {artifact: table}, to: {action: review}, type: ContributedTo}
`,
  job: `\
evaluate:
  type: job
  category: AgentRFTEvaluation
  role: arn:aws:iam::111122223333:role/SageMakerRole
  config: {EvaluationConfig: {MaxTurns: 5}}
`,
  notebook: `\
report:
  type: notebook
  image: distribution:3.2              # SageMaker Distribution: CPU or GPU as the instance is
  instance: ml.m5.large
  notebook: src/report.ipynb
  parameters: {month: 2025-03}         # in place of the cell that is tagged parameters
`,
  'bedrock-custom-model': `\
tune:
  type: bedrock-custom-model
  api: {customModelName: "churn-\${execution.id}", hyperParameters: {epochCount: '2'}}
`,
  'bedrock-custom-model-deployment': `\
deploy:
  type: bedrock-custom-model-deployment
  api: {modelArn: "arn:aws:bedrock:us-east-1:111122223333:custom-model/churn"}
`,
  'bedrock-model-import': `\
import:
  type: bedrock-model-import
  api: {importedModelName: churn}
`,
  'bedrock-provisioned-throughput': `\
reserve:
  type: bedrock-provisioned-throughput
  api: {modelUnits: 1}
`,
  raw: `\
new:
  type: raw
  definition:
    Type: StepTypeOfTomorrow
    Arguments: {Size: 5, Run: "\${execution.id}"}
    CacheConfig: {Enabled: true, ExpireAfter: P30D}
`,
}
