// What the quality and the Clarify check have in common: a processing job, and how its result is compared with a baseline.

import {optional, required, scalar} from './fields.ts'
import {jobFields} from './shapes/shapes.ts'

/** SageMaker repeats no check. Source: Developer Guide, "Retry policy for pipeline steps", table of supported steps. */
const {retry, ...checkJobFields} = jobFields

export const checkFields = {
  ...checkJobFields,
  image: optional(scalar, "image that does the analysis; SageMaker's own for the region by default"),
  data: required(scalar, 'what is checked: a local file or folder, an s3:// URI, or a reference'),
  output: optional(scalar, 'where the results go, an s3:// URI of your own'),
  group: optional(scalar, 'model package group: the baseline is that of its latest approved version'),
  skip: optional(scalar, 'true: the baseline is computed and nothing is compared; false by default'),
  failOnViolation: optional(scalar, 'false: the step succeeds in spite of a violation; true by default'),
  registerNewBaseline: optional(scalar, 'true: what was computed is the baseline for what follows; false by default'),
}
