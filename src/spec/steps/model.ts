// `type: model`: creates a SageMaker model from a model artifact.

import {optional, scalar} from '../fields.ts'
import {modelNetworkField} from '../shapes/network.ts'
import {stepRetry} from '../shapes/retry.ts'
import {containerFields, containersField, packageField} from '../shapes/serving.ts'
import {apiField, stepFields, tagsField} from '../shapes/shapes.ts'

export const modelFields = {
  ...stepFields,
  ...apiField,
  ...tagsField,
  ...containerFields,
  ...packageField,
  ...containersField,
  ...modelNetworkField,
  role: optional(scalar, 'ARN of the role that the model assumes'),
  retry: optional(stepRetry, 'when a failed attempt is repeated'),
}
