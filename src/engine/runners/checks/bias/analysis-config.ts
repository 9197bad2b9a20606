// analysis_config.json of a Clarify job: what is to be analysed in which columns.
// Source: Developer Guide, "Configure the Analysis"; sagemaker-python-sdk, clarify.py.

import type {Json, JsonObject} from '../../../../definition/json.ts'
import {isJsonObject} from '../../../../definition/json.ts'
import {objectAt, objectsAt, textAt} from '../../../../definition/json-members.ts'
import {clientFault} from '../../job-fault.ts'
import {numberAt} from '../../request-fields.ts'
import type {DatasetFormat} from '../dataset.ts'

export type Stage = 'pre_training' | 'post_training'
export type ColumnId = string | number

export type Facet = {readonly column: ColumnId; readonly values: readonly string[]}

export type BiasConfig = {
  readonly stage: Stage
  readonly format: DatasetFormat
  readonly label: ColumnId
  /** The accepted outcomes, or one threshold above which an outcome is one. */
  readonly positive: readonly string[]
  readonly facets: readonly Facet[]
  readonly group: ColumnId | undefined
  /** A column of the data that holds predictions. */
  readonly predicted: ColumnId | undefined
  /** From which predicted probability on an outcome is accepted. */
  readonly threshold: number
  /** Short names; undefined for all. */
  readonly methods: readonly string[] | undefined
}

export function parseAnalysisConfig(text: string): JsonObject {
  try {
    const config: unknown = JSON.parse(text)
    if (isJsonObject(config)) return config
  } catch {
    // Said below.
  }
  throw clientFault('the analysis configuration is not a JSON object')
}

export function readBiasConfig(config: JsonObject, stage: Stage): BiasConfig {
  const label = columnId(config.label)
  if (label === undefined) throw clientFault('the analysis configuration has no "label"')
  const facets = objectsAt(config, 'facet').flatMap((facet): Facet[] => {
    const column = columnId(facet.name_or_index)
    return column === undefined ? [] : [{column, values: texts(facet.value_or_threshold)}]
  })
  if (facets.length === 0) throw clientFault('the analysis configuration has no "facet"')

  const {methods} = objectAt(objectAt(config, 'methods'), `${stage}_bias`)
  return {
    stage,
    format: formatOf(config),
    label,
    positive: texts(config.label_values_or_threshold),
    facets,
    group: columnId(config.group_variable),
    predicted: columnId(config.predicted_label),
    threshold: numberAt(config, 'probability_threshold') ?? 0.5,
    methods: Array.isArray(methods) ? texts(methods) : undefined,
  }
}

/** With `headers` the file has none of its own, or the same. */
function formatOf(config: JsonObject): DatasetFormat {
  const type = (textAt(config, 'dataset_type') ?? 'text/csv').toLowerCase()
  const headers = texts(config.headers)
  if (type === 'text/csv') return {kind: 'csv', header: headers.length > 0 ? headers : 'row'}
  if (config.features !== undefined) {
    throw clientFault(
      'the analysis configuration finds features by a JMESPath ("features"); the embedded engine reads JSON whose members are the columns',
    )
  }
  if (type === 'application/jsonlines') return {kind: 'jsonLines'}
  if (type === 'application/json') return {kind: 'json'}
  throw clientFault(
    `the analysis configuration has dataset_type ${type}; the embedded engine reads text/csv, application/jsonlines and application/json`,
  )
}

function columnId(value: Json | undefined): ColumnId | undefined {
  return typeof value === 'string' || typeof value === 'number' ? value : undefined
}

function texts(value: Json | undefined): string[] {
  return Array.isArray(value) ? value.map(String) : []
}
