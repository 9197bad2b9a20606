// `gate:` → conditions of a Condition step. A threshold that is a number or a parameter stands in the condition; the champion's is
// read by it, at run time, from an object that mlpipe keeps.

import {
  type ChampionFormula,
  championUri,
  comparisonTypes,
  metricNames,
  thresholdPath,
} from '../../definition/champion-thresholds.ts'
import {isJsonObject, type Json, type JsonObject, numberJson} from '../../definition/json.ts'
import {textAt} from '../../definition/json-members.ts'
import {entityNamePattern, entityNameRule} from '../../definition/names.ts'
import type {Range} from '../../diagnostics/diagnostic.ts'
import type {GateRequirement, GateThreshold} from '../../spec/expressions/gate.ts'
import type {ConditionSpec, RegisterSpec} from '../../spec/pipeline-spec.ts'
import type {Located, PathPart, Reference} from '../../spec/value.ts'
import type {CompileGate, StepScope} from '../context.ts'
import {resolveReference} from '../resolve-reference.ts'
import {staticText} from '../values/compile-value.ts'

type ChampionThreshold = Extract<GateThreshold, {kind: 'champion'}>

export const compileGate: CompileGate = (step, scope) => {
  const {gate} = step
  if (!gate) return []
  const measured = compileMetrics(step, gate, scope)
  const named = metricNames(measured.flatMap(({path}) => path ?? []))
  const isChampion = gate.some(({threshold}) => threshold.kind === 'champion')
  const group = isChampion ? championGroup(step, scope) : undefined
  if (group !== undefined) warnOfMissingMetrics(group, measured, scope)
  return measured.flatMap((one) => {
    const right = compileRight(one, group, named, step, scope)
    const Type = comparisonTypes[one.requirement.comparison]
    return right === undefined ? [] : [{Type, LeftValue: one.left, RightValue: right}]
  })
}

function compileRight(
  {requirement, path}: Measured,
  group: string | undefined,
  named: ReadonlyMap<string, string>,
  step: ConditionSpec,
  scope: StepScope,
): Json | undefined {
  const {threshold} = requirement
  if (threshold.kind !== 'champion') return compileThreshold(threshold, scope)
  const metricName = named.get(path ?? '')
  if (group === undefined || metricName === undefined) return undefined
  return readThreshold(step, group, metricName, requirement, threshold, scope)
}

type Measured = {
  readonly requirement: GateRequirement
  readonly left: Json
  /** Of a value in a report: where it stands there. */
  readonly path: string | undefined
}

function compileMetrics(step: ConditionSpec, gate: readonly GateRequirement[], scope: StepScope): Measured[] {
  const isBare = gate.some(({metric}) => metric.kind === 'path')
  const report = isBare ? findReport(step, scope) : undefined
  return gate.flatMap((requirement) => {
    const {metric, threshold} = requirement
    const reference = metric.kind === 'reference' ? metric.reference : report && inReport(report, metric)
    const resolved = reference && resolveReference(reference, scope)
    if (!resolved) return []
    const {json: left, type} = resolved
    const text = metric.kind === 'path' ? metric.text : metric.reference.text
    if (type === 'String' || type === 'Boolean') {
      const message = `${text} is a ${type}, and a gate compares numbers`
      scope.findings.error('invalid-gate', metric.range, message, {help: 'equality is for if:'})
      return []
    }
    const path = reportPath(left)
    if (threshold.kind === 'champion' && path === undefined) {
      const message = `${text} is no value in a report: what the champion came to cannot be looked up`
      const help =
        'write it into the report of the step that evaluates, and register the model with that report as metrics:'
      scope.findings.error('invalid-gate', metric.range, message, {help})
      return []
    }
    return [{requirement, left, path}]
  })
}

function reportPath(left: Json): string | undefined {
  const read = isJsonObject(left) ? left['Std:JsonGet'] : undefined
  return isJsonObject(read) && read.PropertyFile !== undefined ? textAt(read, 'Path') : undefined
}

/** The metric as a reference; a value that is called `path` is no place. */
function inReport(report: Reference, metric: {readonly parts: readonly PathPart[]; readonly range: Range}): Reference {
  const parts = metric.parts.map((part) =>
    part.kind === 'name' && part.name === 'path' ? {kind: 'key' as const, key: part.name, range: part.range} : part,
  )
  return {...report, parts: [...report.parts, ...parts], range: metric.range}
}

/** The report of the gate: its own, else the only one of the spec. */
function findReport(step: ConditionSpec, scope: StepScope): Reference | undefined {
  if (step.report || step.keyRanges.has('report')) return step.report
  const range = step.keyRanges.get('gate') ?? step.nameRange
  const reports = [...scope.steps.values()].flatMap((one) =>
    one.kind === 'processing' ? (one.reports ?? []).map(({name}) => ({stepName: one.name, name})) : [],
  )
  const [only, second] = reports
  if (only && !second) {
    const {stepName, name} = only
    const text = `steps.${stepName}.reports.${name}`
    const parts = [stepName, 'reports', name].map((part): PathPart => ({kind: 'name', name: part, range}))
    return {root: 'steps', parts, text, range}
  }
  // A step that could not be read may be the one that has it.
  if (!only && scope.unreadSteps.size > 0) return undefined
  const message = second
    ? `condition "${step.name}" has no "report", and the spec has ${reports.length} of them`
    : `the metrics of the gate stand in a report, and no step has one`
  const help = second
    ? `report: ${reports.map(({stepName, name}) => `steps.${stepName}.reports.${name}`).join(', or ')}`
    : 'reports: {metrics: report/metrics.json} of the processing step that evaluates'
  scope.findings.error('missing-key', range, message, {help})
  return undefined
}

function compileThreshold(threshold: Exclude<GateThreshold, ChampionThreshold>, scope: StepScope): Json | undefined {
  if (threshold.kind === 'number') return numberJson(threshold.value, threshold.text)
  const resolved = resolveReference(threshold.reference, scope)
  if (!resolved) return undefined
  const {type, json} = resolved
  if (type !== 'String' && type !== 'Boolean') return json
  const message = `${threshold.reference.text} is a ${type}, and a gate compares numbers`
  scope.findings.error('invalid-gate', threshold.range, message, {help: 'type: Float'})
  return undefined
}

function readThreshold(
  step: ConditionSpec,
  group: string,
  metricName: string,
  {comparison}: GateRequirement,
  {operation}: ChampionThreshold,
  {target, pipelineName}: StepScope,
): JsonObject {
  const formula: ChampionFormula = {
    comparison,
    ...operation,
    withoutChampion: step.withoutChampion?.value ?? 'pass',
  }
  const S3Uri = championUri(target.bucket, pipelineName, step.name)
  return {'Std:JsonGet': {S3Uri, Path: thresholdPath(group, metricName, formula)}}
}

/** Whose latest approved version is the champion: as the gate says, else as the register steps do. */
function championGroup(step: ConditionSpec, scope: StepScope): string | undefined {
  if (step.group) return checkedGroup(step.group, scope)
  if (step.keyRanges.has('group')) return undefined
  const registers = [...scope.steps.values()].filter((one) => one.kind === 'register')
  const behind = registers.filter(({name}) => step.then?.some(({value}) => value === name))
  const meant = behind.length > 0 ? behind : registers
  const groups = [...new Set(meant.map(({group}) => staticText(group, scope)))]
  const [only] = groups
  const range = step.gate?.find(({threshold}) => threshold.kind === 'champion')?.threshold.range ?? step.nameRange
  // A group that cannot be one is reported where it stands.
  if (only !== undefined && groups.length === 1) return entityNamePattern.test(only) ? only : undefined
  if (registers.length === 0 && scope.unreadSteps.size > 0) return undefined
  const why = whyUnknown(meant, groups)
  const message = `whose champion is not known: ${why}`
  scope.findings.error('missing-key', range, message, {help: 'group: the model package group of the champion'})
  return undefined
}

function whyUnknown(registers: readonly RegisterSpec[], groups: readonly (string | undefined)[]): string {
  const [first] = registers
  if (!first) return 'no step registers models'
  if (groups.length > 1) return 'the steps register into several groups'
  return `the group of "${first.name}" is known to the run only`
}

/** It is a part of the path that the condition reads, and of requests that are sent without looking. */
function checkedGroup({value: group, range}: Located<string>, {findings}: StepScope): string | undefined {
  if (entityNamePattern.test(group)) return group
  findings.error('invalid-name', range, `"${group}" cannot name a model package group`, {help: entityNameRule})
  return undefined
}

/** What this pipeline registers is the champion of tomorrow. */
function warnOfMissingMetrics(group: string, measured: readonly Measured[], scope: StepScope): void {
  const wanted = measured.flatMap(({requirement, path}) =>
    requirement.threshold.kind === 'champion' && path !== undefined ? [path] : [],
  )
  for (const step of scope.steps.values()) {
    if (step.kind !== 'register' || staticText(step.group, scope) !== group || carriesStatistics(step)) continue
    const missing = wanted.find((path) => !step.properties?.some(({name}) => name === path))
    if (missing === undefined) continue
    const message = `the models of "${step.name}" carry no metrics: as champions of gate "${scope.stepName}" they have no ${missing}`
    const help = 'metrics: the report that the gate reads, such as ${steps.evaluate.reports.metrics.path}'
    scope.findings.warning('champion-without-metric', step.nameRange, message, {help})
  }
}

function carriesStatistics({metrics, api, definition}: RegisterSpec): boolean {
  return (metrics?.report ?? metrics?.quality?.statistics ?? api ?? definition) !== undefined
}
