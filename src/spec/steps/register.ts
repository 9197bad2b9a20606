// `type: register`: a new version in a model package group.

import type {Range} from '../../diagnostics/diagnostic.ts'
import {
  entriesOf,
  flag,
  isFunctionNode,
  listOf,
  optional,
  type Read,
  type Reader,
  reader,
  readFields,
  record,
  recordSchema,
  required,
  scalar,
  text,
} from '../fields.ts'
import {stepRetry} from '../shapes/retry.ts'
import {containerFields, containersField} from '../shapes/serving.ts'
import {apiField, stepFields, tagsField} from '../shapes/shapes.ts'
import {either} from '../shapes/short-forms.ts'
import type {Value} from '../value.ts'

const statistics = {statistics: optional(scalar, 'S3 URI of the statistics')}
const constraints = {constraints: optional(scalar, 'S3 URI of the constraints')}
const config = {config: optional(scalar, 'S3 URI of the configuration of the check')}
const report = {report: optional(scalar, 'S3 URI of the report')}
const qualityFields = {...statistics, ...constraints}

const biasReportFields = {
  ...report,
  preTraining: optional(scalar, 'S3 URI of the report on the data, before training'),
  postTraining: optional(scalar, 'S3 URI of the report on the model, after training'),
}

const biasBaselineFields = {
  ...config,
  preTraining: optional(scalar, 'S3 URI of the constraints on the data, before training'),
  postTraining: optional(scalar, 'S3 URI of the constraints on the model, after training'),
}

const metricFields = {
  quality: optional(record(qualityFields, 'quality'), 'quality of the model: {statistics, constraints}'),
  dataQuality: optional(record(qualityFields, 'dataQuality'), 'quality of its data: {statistics, constraints}'),
  bias: optional(record(biasReportFields, 'bias'), 'bias: {report, preTraining, postTraining}'),
  explainability: optional(record(report, 'explainability'), 'what features count for: {report}'),
}

const driftFields = {
  quality: optional(record(qualityFields, 'quality'), 'quality of the model: {statistics, constraints}'),
  dataQuality: optional(record(qualityFields, 'dataQuality'), 'quality of its data: {statistics, constraints}'),
  bias: optional(record(biasBaselineFields, 'bias'), 'bias: {config, preTraining, postTraining}'),
  explainability: optional(
    record({...config, ...constraints}, 'explainability'),
    'what features count for: {config, constraints}',
  ),
}

/** One report, which tells the quality of the model, or reports of several kinds. */
export type MetricsSpec = Partial<Read<typeof metricFields>> & {
  readonly report?: Value | undefined
  readonly range: Range
}
export type DriftSpec = Read<typeof driftFields>

const metrics: Reader<MetricsSpec> = reader(either(scalar.schema, recordSchema(metricFields)), (node, findings) => {
  if (node.kind === 'map' && !isFunctionNode(node))
    return {...readFields(node, metricFields, findings, 'metrics'), range: node.range}
  const only = scalar(node, findings)
  return only && {report: only, range: node.range}
})

const frameworkFields = {
  name: required(scalar, "the framework in SageMaker's word, such as XGBOOST or PYTORCH"),
  version: optional(scalar, 'version of the framework, quoted'),
  nearestModel: optional(scalar, 'a public model that is like it, by which SageMaker recommends instances'),
}

export const registerFields = {
  ...stepFields,
  ...apiField,
  ...tagsField,
  group: required(scalar, 'the model package group'),
  ...containerFields,
  ...containersField,
  approval: optional(scalar, 'PendingManualApproval, Approved or Rejected'),
  contentTypes: optional(listOf(scalar), 'MIME types it takes; those of the training data, else text/csv'),
  responseTypes: optional(listOf(scalar), 'MIME types it answers with; text/csv by default'),
  inferenceInstances: optional(listOf(scalar), 'instance types for endpoints'),
  transformInstances: optional(listOf(scalar), 'instance types for batch transform'),
  metrics: optional(
    metrics,
    'a report, such as ${steps.evaluate.reports.metrics.path}; or {quality, dataQuality, bias, explainability}',
  ),
  drift: optional(
    record(driftFields, 'drift'),
    'baselines that monitoring compares with: {quality, dataQuality, bias, explainability}',
  ),
  modelDescription: optional(scalar, 'what the version is, shown in the registry'),
  properties: optional(entriesOf(scalar), 'customer metadata of the version'),
  framework: optional(
    record(frameworkFields, 'framework'),
    'what the model was made with: {name, version, nearestModel}',
  ),
  domain: optional(text, 'such as COMPUTER_VISION, NATURAL_LANGUAGE_PROCESSING or MACHINE_LEARNING'),
  task: optional(text, 'such as IMAGE_CLASSIFICATION, CLASSIFICATION or REGRESSION'),
  samplePayload: optional(scalar, 'S3 URI of an archive with examples of requests'),
  skipValidation: optional(flag, 'true: SageMaker does not check the package'),
  retry: optional(stepRetry, 'when a failed attempt is repeated'),
}
