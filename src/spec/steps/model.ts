// `type: model`: creates a SageMaker model from a model artifact.

import {optional, type Read, scalar} from '../fields.ts'
import {modelNetworkField} from '../network.ts'
import {stepRetry} from '../retry.ts'
import {containerFields, containersField, packageField} from '../serving.ts'
import {apiField, stepFields, tagsField} from '../shapes.ts'

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

export type ModelFields = Read<typeof modelFields>
