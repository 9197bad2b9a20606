// `mlpipe schema`: the schema alone, so that it can be piped.

import type {SchemaResult} from '../actions/schema.ts'
import type {View} from './view.ts'

export const schemaView: View<SchemaResult> = {
  human: ({text}) => text.replace(/\n$/, ''),
  json: ({formatVersion, schema}) => ({formatVersion, schema}),
}

/** The schema went into a file. */
export function schemaFileView(path: string): View<SchemaResult> {
  return {
    human: () => `${path} holds the JSON Schema of the spec; an editor finds it by the first line of the spec:
  # yaml-language-server: $schema=${path}`,
    json: schemaView.json,
  }
}
