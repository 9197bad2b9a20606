// `type: clarify-check`: bias and explainability, computed by SageMaker Clarify and compared with a baseline.

import {checkFields} from '../check-fields.ts'
import {oneOf, optional, record, required, scalar} from '../fields.ts'

const baselineFields = {
  constraints: optional(scalar, 'constraints.json: an s3:// URI, a local file, or a reference'),
}

export const clarifyCheckFields = {
  ...checkFields,
  check: required(
    oneOf(['data-bias', 'model-bias', 'model-explainability'] as const),
    'data-bias, model-bias or model-explainability',
  ),
  config: required(scalar, "Clarify's analysis_config.json: a local file, an s3:// URI, or a reference"),
  model: optional(scalar, 'model-bias and model-explainability: name of the model, such as ${steps.create.name}'),
  baseline: optional(record(baselineFields, 'baseline'), 'what to compare with, instead of the baseline of the group'),
}
