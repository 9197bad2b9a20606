// How a gate asks for the champion, as it stands in a definition. SageMaker's conditions neither calculate nor look anything up,
// so the right side of such a condition reads a threshold that was worked out before: a value in a JSON object of the pipeline,
// at a path that says how it was worked out. A stored definition therefore tells all that is needed to work it out again.
//
//   s3://<bucket>/<pipeline>/champion/<step>.json     thresholds.<group>.<metric>.at_least_champion_minus_0_01

import {flattenSteps} from './flat-steps.ts'
import {isJsonObject, type Json, type JsonObject} from './json.ts'
import {objectAt, textAt} from './json-members.ts'
import {overlay} from './json-overlay.ts'
import type {PipelineDefinition, StepDefinition} from './types.ts'

export type Comparison = '>=' | '>' | '<=' | '<'

/** `sign` and `amount` are absent for the champion as it is. */
export type ChampionFormula = {
  readonly comparison: Comparison
  readonly sign?: '-' | '+' | '*'
  readonly amount?: number
  readonly withoutChampion: 'pass' | 'fail'
}

export type ChampionRequirement = ChampionFormula & {
  /** Where the metric stands in its report, as Std:JsonGet reads it. */
  readonly metric: string
  readonly group: string
  /** Where the threshold stands in the gate's object. */
  readonly path: string
}

/** A condition that asks for the champion. */
export type ChampionGate = {
  readonly step: string
  readonly uri: string
  readonly requirements: readonly ChampionRequirement[]
}

export const comparisonTypes: Readonly<Record<Comparison, string>> = {
  '>=': 'GreaterThanOrEqualTo',
  '>': 'GreaterThan',
  '<=': 'LessThanOrEqualTo',
  '<': 'LessThan',
}

const comparisonNames: Readonly<Record<Comparison, string>> = {
  '>=': 'at_least',
  '>': 'above',
  '<=': 'at_most',
  '<': 'below',
}

const signNames = {'-': 'minus', '+': 'plus', '*': 'times'} as const

const formulaPattern = /^(at_least|above|at_most|below)_champion(?:_(minus|plus|times)_(\d+(?:_\d+)?))?(_or_fail)?$/

export function championUri(bucket: string, pipelineName: string, stepName: string): string {
  return `s3://${bucket}/${pipelineName}/champion/${stepName}.json`
}

/** `metricName` tells the metrics of one gate apart: `metricNames` makes it. */
export function thresholdPath(group: string, metricName: string, formula: ChampionFormula): string {
  const {comparison, sign, amount, withoutChampion} = formula
  const room = sign && amount !== undefined ? `_${signNames[sign]}_${decimal(amount).replace('.', '_')}` : ''
  const otherwise = withoutChampion === 'fail' ? '_or_fail' : ''
  return `thresholds.${group}.${metricName}.${comparisonNames[comparison]}_champion${room}${otherwise}`
}

/** Letters, digits and underscores, which every reader of paths takes; two metrics never share a name. */
export function metricNames(metrics: readonly string[]): Map<string, string> {
  const names = new Map<string, string>()
  const taken = new Set<string>()
  for (const metric of new Set(metrics)) {
    const plain = metric.replace(/[^A-Za-z0-9]+/g, '_').replace(/^_|_$/g, '') || 'metric'
    let name = plain
    for (let number = 2; taken.has(name); number += 1) name = `${plain}_${number}`
    taken.add(name)
    names.set(metric, name)
  }
  return names
}

/** The gates of a definition, in document order. */
export function championGates(definition: Pick<PipelineDefinition, 'Steps'>): ChampionGate[] {
  return flattenSteps(definition).flatMap(({step}) => {
    const found = conditionsOf(step).flatMap((condition) => championRequirement(condition, step.Name) ?? [])
    const [first] = found
    return first ? [{step: step.Name, uri: first.uri, requirements: found.map(({requirement}) => requirement)}] : []
  })
}

export function conditionsOf(step: StepDefinition): readonly Json[] {
  const conditions = step.Type === 'Condition' ? step.Arguments.Conditions : undefined
  return Array.isArray(conditions) ? conditions : []
}

export type FoundRequirement = {readonly uri: string; readonly requirement: ChampionRequirement}

/** What a condition asks of the champion; undefined when it does not ask for it. */
export function championRequirement(condition: Json, stepName: string): FoundRequirement | undefined {
  if (!isJsonObject(condition)) return undefined
  const {Path: metric} = objectAt(condition.LeftValue, 'Std:JsonGet')
  const asked = objectAt(condition.RightValue, 'Std:JsonGet')
  const uri = textAt(asked, 'S3Uri')
  const path = textAt(asked, 'Path')
  const formula = path === undefined ? undefined : parseThresholdPath(path)
  if (typeof metric !== 'string' || uri === undefined || path === undefined || !formula) return undefined
  if (!uri.startsWith('s3://') || !uri.endsWith(`/champion/${stepName}.json`)) return undefined
  if (comparisonTypes[formula.comparison] !== condition.Type) return undefined
  return {uri, requirement: {...formula, metric, path}}
}

function parseThresholdPath(path: string): (ChampionFormula & {readonly group: string}) | undefined {
  const [root, group, metricName, last = '', extra] = path.split('.')
  const [, name, operation, amount, otherwise] = formulaPattern.exec(last) ?? []
  const comparison = nameOf(comparisonNames, name)
  if (root !== 'thresholds' || !group || !metricName || !comparison || extra !== undefined) return undefined
  const sign = nameOf(signNames, operation)
  return {
    comparison,
    group,
    withoutChampion: otherwise === undefined ? 'pass' : 'fail',
    ...(sign && amount !== undefined ? {sign, amount: Number(amount.replace('_', '.'))} : {}),
  }
}

function nameOf<Key extends string>(names: Readonly<Record<Key, string>>, name: string | undefined): Key | undefined {
  return (Object.keys(names) as Key[]).find((key) => names[key] === name)
}

/** `champion - 0.01` */
export function formulaText({sign, amount}: Pick<ChampionFormula, 'sign' | 'amount'>, champion = 'champion'): string {
  return sign && amount !== undefined ? `${champion} ${sign} ${decimal(amount)}` : champion
}

/** `accuracy >= champion - 0.01` */
export function requirementText({metric, ...formula}: ChampionRequirement): string {
  return `${metric} ${formula.comparison} ${formulaText(formula)}`
}

/** Larger than any metric: a threshold that everything passes, or nothing does. */
const beyond = 1e308

/**
 * What the metric is compared with. Fifteen digits, which is what a double keeps of a decimal, so that 0.9621 - 0.01 is 0.9521
 * and not a hair beside it. Without a champion, a threshold that all pass, or none.
 */
export function thresholdOf(formula: ChampionFormula, champion: number | undefined): number {
  const {comparison, sign, amount = 0, withoutChampion} = formula
  if (champion === undefined) {
    const isFromBelow = comparison === '>=' || comparison === '>'
    return isFromBelow === (withoutChampion === 'pass') ? -beyond : beyond
  }
  if (!sign) return champion
  const exact = {'-': champion - amount, '+': champion + amount, '*': champion * amount}[sign]
  return Number(exact.toPrecision(15))
}

/** Whether it is one of the thresholds that stand for no champion. */
export function isBeyond(threshold: number): boolean {
  return Math.abs(threshold) === beyond
}

/** The thresholds as the conditions find them. A metric may be called `toString`: nothing is looked up that was not put there. */
export function thresholdsObject(
  values: readonly {readonly requirement: Pick<ChampionRequirement, 'path'>; readonly threshold: number}[],
): JsonObject {
  return values.reduce((thresholds: JsonObject, {requirement, threshold}) => {
    const [, ...names] = requirement.path.split('.')
    const value = names.reduceRight((under: Json, name) => ({[name]: under}), threshold)
    return isJsonObject(value) ? overlay(thresholds, value) : thresholds
  }, {})
}

/** Without an exponent: 1e-7 is 0.0000001. Amounts are below 1e15, which JavaScript writes out by itself. */
function decimal(value: number): string {
  const [digits = '', exponent] = String(value).split('e-')
  return exponent === undefined ? digits : `0.${'0'.repeat(Number(exponent) - 1)}${digits.replace('.', '')}`
}
