// The champion of a model package group: its latest approved version, and what that came to.

import type {Cloud, ModelPackage, ModelPackageSummary} from '../../cloud/ports.ts'
import {parseFiniteJson} from '../../definition/finite-json.ts'
import type {Json} from '../../definition/json.ts'
import {readJsonPath} from '../../definition/json-path.ts'
import {whatItHas} from './near-metrics.ts'

export type Champion = {
  readonly model: string
  readonly arn: string
  /** By the path of the metric in its report. */
  readonly metrics: ReadonlyMap<string, Found>
}

export type Found = {readonly kind: 'value'; readonly value: number} | {readonly kind: 'missing'; readonly why: string}

/** The latest first. A group that is not there yet has none. */
export async function approvedVersions(group: string, cloud: Cloud): Promise<ModelPackageSummary[]> {
  const groups = await cloud.registry.groups()
  if (!groups.some(({name}) => name === group)) return []
  const versions = await cloud.registry.packages(group)
  return versions.filter(({approval}) => approval === 'Approved')
}

export async function readChampion(arn: string, metrics: readonly string[], cloud: Cloud): Promise<Champion> {
  const model = await cloud.registry.describe(arn)
  const name = `${model.group}/${model.version}`
  const {metricsUri: uri} = model
  const text = uri === undefined ? undefined : await cloud.objects.getText(uri)
  const found = metrics.map((metric) => [metric, findMetric(metric, name, model, uri, text)] as const)
  return {model: name, arn, metrics: new Map(found)}
}

/** In the statistics that were registered with the model, at the same path; else in its own properties, by that name. */
function findMetric(
  metric: string,
  name: string,
  {properties}: ModelPackage,
  uri: string | undefined,
  text: string | undefined,
): Found {
  const own = properties.find((property) => property.name === metric)
  const inReport = uri === undefined ? missing(`${name} was registered without metrics`) : readMetric(metric, uri, text)
  if (inReport.kind === 'value' || !own) return inReport
  const value = own.value.trim() === '' ? Number.NaN : Number(own.value)
  return Number.isFinite(value)
    ? {kind: 'value', value}
    : missing(`its property ${metric} is "${own.value}", no number`)
}

function readMetric(metric: string, uri: string, text: string | undefined): Found {
  if (text === undefined) return missing(`its metrics are no longer at ${uri}`)
  let document: Json
  try {
    document = parseFiniteJson(text)
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    const how = error instanceof RangeError ? 'cannot be compared' : 'are not valid JSON'
    return missing(`its metrics at ${uri} ${how}: ${why}`)
  }
  const value = readJsonPath(document, metric)
  if (typeof value === 'number') return {kind: 'value', value}
  if (value !== undefined) return missing(`${metric} is ${JSON.stringify(value)} in ${uri}, no number`)
  return missing(`${metric} is not in ${uri}, ${whatItHas(metric, document)}`)
}

function missing(why: string): Found {
  return {kind: 'missing', why}
}
