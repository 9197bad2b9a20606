// `type: job`: a SageMaker job of a category, whose configuration is a JSON document of its own.

import {anyMap, isFunctionNode, optional, type Reader, reader, required, scalar} from '../fields.ts'
import {localField} from '../shapes/local.ts'
import {apiField, stepFields, tagsField} from '../shapes/shapes.ts'
import {either} from '../shapes/short-forms.ts'
import type {Value} from '../value.ts'

/** A mapping, or the document as a text. */
const document: Reader<Value> = reader(either({type: 'string'}, anyMap.schema), (node, findings) =>
  node.kind === 'scalar' || isFunctionNode(node) ? scalar(node, findings) : anyMap(node, findings),
)

export const jobFields = {
  ...stepFields,
  ...apiField,
  ...tagsField,
  ...localField,
  category: required(scalar, 'what kind of job it is, such as AgentRFTEvaluation'),
  config: required(document, "the job's configuration in SageMaker's own names; it is passed as JSON text"),
  schemaVersion: optional(scalar, 'version of the configuration; 1.0.0 by default'),
  role: optional(scalar, 'ARN of the role that the job assumes'),
}
