// The JSON Schema of the spec, for editors.

import {imageAliases} from '../compiler/images/images.ts'
import type {JsonSchema} from '../spec/fields.ts'
import {specSchema} from '../spec/reference/schema.ts'

export type SchemaResult = {
  readonly formatVersion: 1
  readonly schema: JsonSchema
  /** The schema as it is written into files: indented, with a newline at its end. */
  readonly text: string
}

/** Hidden beside the spec: out of the way, in git so that a clone has it, and found without a network. */
export const schemaFileName = '.mlpipe.schema.json'

/** The comment that editors look for. */
export const schemaLine = `# yaml-language-server: $schema=${schemaFileName}`

export function schema(): SchemaResult {
  const made = specSchema({imageAliases: imageAliases()})
  return {formatVersion: 1, schema: made, text: `${JSON.stringify(made, null, 2)}\n`}
}
