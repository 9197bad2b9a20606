// The JSON Schema of a spec, for editors: completion, hover text and a first check. Made from the tables that read the spec,
// so that it can say nothing else than they do.

import {type Fields, type JsonSchema, recordSchema} from '../fields.ts'
import {specFields} from '../parse-spec.ts'
import {stepKindDescriptions, stepKinds, sugarKinds, writtenKindNames} from '../step-kinds.ts'
import {
  type TriggerKindName,
  triggerKindDescriptions,
  triggerKindNames,
  triggerKinds,
} from '../triggers/trigger-kinds.ts'
import {shareSchemas} from './share-schemas.ts'

export type SchemaInput = {
  /** Image aliases to complete; any other image is right too. */
  readonly imageAliases: readonly string[]
}

/** Names the schema; nothing is fetched from it. */
export const schemaId = 'urn:mlpipe:spec:1'

/** Draft-07, which editors know best. One definition a step kind, chosen by the step's `type`. */
export function specSchema({imageAliases}: SchemaInput): JsonSchema {
  const top = recordSchema(specFields)
  const kinds = Object.fromEntries(writtenKindNames.map((kind) => [kind, kindSchema(kind)]))
  const triggers = Object.fromEntries(triggerKindNames.map((kind) => [`trigger-${kind}`, triggerKindSchema(kind)]))
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    $id: schemaId,
    title: 'mlpipe pipeline spec',
    ...shareSchemas(
      withImageAliases(
        {...top, definitions: {step: stepSchema, ...kinds, trigger: triggerSchema, ...triggers}},
        imageAliases,
      ) as JsonSchema,
    ),
  }
}

/** The kind decides which keys there are: an editor that knows the `type` offers only those, and complains of the others. */
const stepSchema: JsonSchema = {
  type: 'object',
  properties: {type: {description: 'the kind of the step', enum: writtenKindNames}},
  required: ['type'],
  allOf: writtenKindNames.map((kind) => ({
    if: {properties: {type: {const: kind}}, required: ['type']},
    then: {$ref: `#/definitions/${kind}`},
  })),
}

/** One of the keys that name a kind is there, and decides which others can be: an editor offers all kinds until it is. */
const triggerSchema: JsonSchema = {
  type: 'object',
  oneOf: triggerKindNames.map((kind) => ({
    properties: {[kind]: {description: triggerKindDescriptions[kind]}},
    required: [kind],
  })),
  allOf: triggerKindNames.map((kind) => ({
    if: {properties: {[kind]: {}}, required: [kind]},
    then: {$ref: `#/definitions/trigger-${kind}`},
  })),
}

export function triggerKindSchema(kind: TriggerKindName): JsonSchema {
  return {description: triggerKindDescriptions[kind], ...recordSchema(triggerKinds[kind])}
}

/** The keys of every kind that can stand behind `type:`. */
const kindFields: Readonly<Record<WrittenKindName, Fields>> = {...stepKinds, ...sugarKinds}

export type WrittenKindName = (typeof writtenKindNames)[number]

export function kindSchema(kind: WrittenKindName): JsonSchema {
  const description = stepKindDescriptions[kind]
  const {required = [], ...schema} = recordSchema(kindFields[kind], {
    type: {const: kind, description: `the kind of the step: ${description}`},
  })
  return {description, ...schema, required: ['type', ...(required as readonly string[])]}
}

/** The schema with the aliases offered wherever a key `image` takes a text; a registry URI stays right. */
function withImageAliases(schema: unknown, aliases: readonly string[]): unknown {
  if (Array.isArray(schema)) return schema.map((item) => withImageAliases(item, aliases))
  if (typeof schema !== 'object' || schema === null) return schema
  return Object.fromEntries(
    Object.entries(schema).map(([key, member]) => {
      const isImage = key === 'image' && takesText(member)
      return [key, isImage ? imageSchema(member, aliases) : withImageAliases(member, aliases)]
    }),
  )
}

function takesText(schema: JsonSchema): boolean {
  return '$comment' in schema
}

function imageSchema({description, ...schema}: JsonSchema, aliases: readonly string[]): JsonSchema {
  return {description, anyOf: [{enum: aliases}, schema]}
}
