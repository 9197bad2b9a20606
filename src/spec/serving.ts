// The containers that serve a model, as model and register steps share them.

import {
  anyMap,
  entriesOf,
  listOf,
  optional,
  type Read,
  type Reader,
  reader,
  readFields,
  recordSchema,
  scalar,
  text,
} from './fields.ts'
import {describeNode, type KeyRanges, keyRangesOf} from './node.ts'
import {code} from './shapes.ts'

export const containerFields = {
  model: optional(scalar, 'the model artifact, such as ${steps.train.model}'),
  image: optional(scalar, 'image that serves it; that of the step that made the model by default'),
  code: optional(code, 'inference script, or {dir, entry}'),
  env: optional(entriesOf(scalar), 'environment variables of the container'),
}

export const packageField = {
  package: optional(scalar, 'ARN of a model package, such as ${steps.register.arn}, instead of model and image'),
}

const listedFields = {
  ...containerFields,
  ...packageField,
  name: optional(text, 'host name of the container, by which it can be called'),
  api: optional(anyMap, "merged last into the container, in SageMaker's own names"),
}

/** One of several containers; the step itself has the same keys for a single one. */
export type ContainerSpec = Partial<Read<typeof listedFields>> & {readonly keyRanges: KeyRanges}

const container: Reader<ContainerSpec> = reader(recordSchema(listedFields), (node, findings) => {
  if (node.kind !== 'map') {
    findings.error('wrong-type', node.range, `expected a mapping, found ${describeNode(node)}`)
    return undefined
  }
  const keyRanges = keyRangesOf(node)
  return {...readFields(node, listedFields, findings, 'container'), keyRanges}
})

export const containersField = {
  containers: optional(listOf(container), 'several containers that a request passes through, instead of one'),
}
