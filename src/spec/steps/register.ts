// `type: register`: a new version in a model package group.

import {entriesOf, listOf, optional, type Read, required, scalar} from '../fields.ts'
import {stepRetry} from '../retry.ts'
import {apiField, stepFields, tagsField} from '../shapes.ts'

export const registerFields = {
  ...stepFields,
  ...apiField,
  ...tagsField,
  group: required(scalar, 'the model package group'),
  model: required(scalar, 'the model artifact, such as ${steps.train.model}'),
  approval: optional(scalar, 'PendingManualApproval, Approved or Rejected'),
  image: optional(scalar, 'image that serves it; that of the step that trained by default'),
  env: optional(entriesOf(scalar), 'environment variables of the container'),
  contentTypes: optional(listOf(scalar), 'MIME types it takes; those of the training data, else text/csv'),
  responseTypes: optional(listOf(scalar), 'MIME types it answers with; text/csv by default'),
  inferenceInstances: optional(listOf(scalar), 'instance types for endpoints'),
  transformInstances: optional(listOf(scalar), 'instance types for batch transform'),
  metrics: optional(scalar, 'a report, such as ${steps.evaluate.reports.metrics.path}'),
  properties: optional(entriesOf(scalar), 'customer metadata of the version'),
  retry: optional(stepRetry, 'when a failed attempt is repeated'),
}

export type RegisterFields = Read<typeof registerFields>
