// `type: lineage`: writes actions, contexts, artifacts and their associations into SageMaker's lineage graph.

import type {Range} from '../../diagnostics/diagnostic.ts'
import {
  entriesOf,
  isFunctionNode,
  listOf,
  oneOf,
  optional,
  type Read,
  type Reader,
  reader,
  record,
  required,
  scalar,
} from '../fields.ts'
import {describeNode, type MapEntry} from '../node.ts'
import {parseValue} from '../parse-reference.ts'
import {localField} from '../shapes/local.ts'
import {apiField, stepFields} from '../shapes/shapes.ts'
import {either, recordOr} from '../shapes/short-forms.ts'
import type {Value} from '../value.ts'

const sourceFields = {
  uri: required(scalar, 'what it stands for: a URI, an ARN, or an id'),
  type: optional(scalar, 'what kind of URI that is'),
}

const entityFields = {
  type: required(scalar, 'its type, such as Evaluation or PipelineExecution'),
  source: optional(recordOr(sourceFields, 'source', 'uri'), 'what it stands for: a URI, or {uri, type}'),
  properties: optional(entriesOf(scalar), 'properties, texts by name'),
}

const entity = record(entityFields, 'entity')

/** An action, context or artifact. Its name may hold references. */
export type LineageEntity = {
  readonly name: Value
  readonly nameRange: Range
  readonly value: Read<typeof entityFields>
}

const entities: Reader<LineageEntity[]> = reader(
  {type: 'object', additionalProperties: entity.schema},
  (node, findings) => {
    if (node.kind !== 'map') {
      findings.error('wrong-type', node.range, `expected a mapping, found ${describeNode(node)}`)
      return undefined
    }
    return node.entries.flatMap((entry) => {
      const name = parseValue(keyNode(entry), findings)
      const value = entity(entry.value, findings)
      return name && value ? [{name, nameRange: entry.keyRange, value}] : []
    })
  },
)

/** The key as a text of its own; quotes around it are not part of it. */
function keyNode({key, keyRange}: MapEntry) {
  const quote = keyRange.end - keyRange.start > key.length ? 1 : 0
  const locate = (index: number) => keyRange.start + quote + index
  return {kind: 'scalar', value: key, text: key, range: keyRange, locate} as const
}

const endFields = {
  action: optional(scalar, 'name of an action'),
  context: optional(scalar, 'name of a context'),
  artifact: optional(scalar, 'name of an artifact'),
}

const endRecord = record(endFields, 'end of an association')

export type LineageEnd =
  | {readonly kind: 'arn'; readonly arn: Value}
  | {readonly kind: 'Action' | 'Context' | 'Artifact'; readonly name: Value}

/** An ARN, or `{action: name}`. */
const end: Reader<LineageEnd> = reader(either(scalar.schema, endRecord.schema), (node, findings) => {
  if (node.kind !== 'map' || isFunctionNode(node)) {
    const arn = scalar(node, findings)
    return arn && {kind: 'arn', arn}
  }
  if (node.entries.length !== 1) {
    findings.error('exclusive-keys', node.range, 'each end of an association is one action, context or artifact')
    return undefined
  }
  const {action, context, artifact} = endRecord(node, findings) ?? {}
  if (action) return {kind: 'Action', name: action}
  if (context) return {kind: 'Context', name: context}
  return artifact && {kind: 'Artifact', name: artifact}
})

/** Source: AddAssociation, AssociationEdgeType. */
const edgeTypes = ['ContributedTo', 'AssociatedWith', 'DerivedFrom', 'Produced', 'SameAs'] as const

const associationFields = {
  from: required(end, 'an ARN, or {action: name}, {context: name}, {artifact: name}'),
  to: required(end, 'an ARN, or {action: name}, {context: name}, {artifact: name}'),
  type: optional(oneOf(edgeTypes), edgeTypes.join(', ')),
}

const association = record(associationFields, 'association')

export type LineageAssociation = Read<typeof associationFields> & {readonly range: Range}

export const lineageFields = {
  ...stepFields,
  ...apiField,
  ...localField,
  actions: optional(entities, 'actions by name: {type, source, properties}'),
  contexts: optional(entities, 'contexts by name: {type, source, properties}'),
  artifacts: optional(entities, 'artifacts by name: {type, source, properties}'),
  associations: optional(listOf(association), 'which of them belong together: {from, to, type}'),
}
