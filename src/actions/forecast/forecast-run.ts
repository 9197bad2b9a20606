// A prediction as a forecast for people: reasons with their spec lines, shared causes told once, times added up.

import {forecastWarnings} from '../../cache/forecast-warnings.ts'
import {isCacheable} from '../../cache/key-attributes.ts'
import {type OpenBranch, type Reason, reasonsOf, type StepPrediction} from '../../cache/verdict.ts'
import {parameterPlace, specPlace} from '../../compiler/places.ts'
import type {PipelineDefinition} from '../../definition/types.ts'
import {positionFinder} from '../../diagnostics/render-diagnostics.ts'
import type {Change} from '../../diff/definition-changes.ts'
import {executionId} from '../executions/execution-arn.ts'
import type {GateReport} from '../gates/gate-report.ts'
import type {Project} from '../open-project.ts'
import type {DataReport, ForecastCounts, ReasonReport, RunForecast, StepForecast} from './forecast.ts'
import {forecastCauses} from './forecast-causes.ts'
import type {RunPrediction} from './predict-run.ts'

/** Where a path of a step, or a parameter, stands in the spec: lines from 1. */
export type LineFinder = {
  step(stepName: string, path: string): number | undefined
  parameter(name: string, path?: string): number | undefined
}

export function findLines({source, spec, target}: Pick<Project, 'source' | 'spec' | 'target'>): LineFinder {
  const position = positionFinder(source.text)
  return {
    step(stepName, path) {
      const range = specPlace(spec, stepName, path)
      return range && position(range.start).line
    },
    parameter(name, path) {
      const range = parameterPlace(spec, name, path, target.declared)
      return range && position(range.start).line
    },
  }
}

export type ForecastInput = {
  readonly project: Project
  readonly definition: PipelineDefinition
  readonly prediction: RunPrediction
  /** Values that the run is given, by name. */
  readonly given: ReadonlyMap<string, string>
  readonly data: readonly DataReport[]
  readonly gates: readonly GateReport[]
  readonly changes: readonly Change[]
  readonly nowMs: number
}

export function forecastRun(input: ForecastInput): RunForecast {
  const {project, definition, prediction, given, data, gates, changes, nowMs} = input
  const lines = findLines(project)
  const overridden = definition.Parameters.filter(
    ({Name, DefaultValue}) => given.has(Name) && given.get(Name) !== String(DefaultValue),
  ).map(({Name}) => Name)
  return {
    ...(data.length > 0 ? {data} : {}),
    parameters: definition.Parameters.map(({Name, DefaultValue}) => ({
      name: Name,
      value: given.get(Name) ?? String(DefaultValue ?? ''),
      isDefault: !overridden.includes(Name),
    })),
    steps: prediction.steps.map((step) => stepForecast(step, lines, nowMs)),
    counts: countVerdicts(prediction.steps),
    causes: forecastCauses(input),
    time: addTimes(prediction.steps),
    ...(gates.length > 0 ? {gates} : {}),
    warnings: forecastWarnings(definition, prediction.steps, overridden, argumentChanges(changes)).map((warning) => {
      const [only, more] = warning.steps
      const line = only === undefined || more !== undefined ? undefined : lines.step(only, '')
      return {...warning, ...(line === undefined ? {} : {line})}
    }),
    history: prediction.history,
  }
}

export function stepForecast(step: StepPrediction, lines: LineFinder, nowMs: number): StepForecast {
  const {name, type, verdict, when, outcome, lastSeconds, staleFrom} = step
  return {
    name,
    type,
    verdict: verdict.kind,
    conditional:
      verdict.kind === 'skipped'
        ? [{condition: verdict.condition, branch: branchWord(verdict.branch), on: []}]
        : when.map(({condition, branch, on}) => ({condition, branch: branchWord(branch), on})),
    ...(outcome === undefined ? {} : {outcome}),
    reasons: reasonsOf(step).map((reason) => reasonReport(reason, name, lines)),
    ...(verdict.kind === 'hit'
      ? {
          from: {
            execution: executionId(verdict.from.executionArn),
            arn: verdict.from.executionArn,
            endedAt: isoTime(verdict.from.finishedAtMs),
            agoSeconds: (nowMs - verdict.from.finishedAtMs) / 1000,
          },
          expiresAt: isoTime(verdict.expiresAtMs),
        }
      : {}),
    ...(lastSeconds === undefined ? {} : {lastSeconds}),
    ...(staleFrom === undefined ? {} : {staleFrom}),
  }
}

function reasonReport(reason: Reason, stepName: string, lines: LineFinder): ReasonReport {
  const line = 'path' in reason && reason.path !== 'Conditions' ? lines.step(stepName, reason.path) : undefined
  const place = line === undefined ? {} : {line}
  switch (reason.code) {
    case 'key-differs': {
      const {from, ...rest} = reason
      return {...rest, execution: executionId(from.executionArn), ...place}
    }
    case 'expired':
      return {code: 'expired', execution: executionId(reason.from.executionArn), expiredAt: isoTime(reason.expiredAtMs)}
    case 'type-never-cached':
      return {code: reason.code}
    default:
      return {...reason, ...place}
  }
}

function countVerdicts(steps: readonly StepPrediction[]): ForecastCounts {
  const counted = (kind: StepPrediction['verdict']['kind']) => steps.filter(({verdict}) => verdict.kind === kind).length
  return {
    hit: counted('hit'),
    rerun: counted('rerun'),
    always: counted('always'),
    unknown: counted('unknown'),
    skipped: counted('skipped'),
    conditional: steps.filter(({when}) => when.length > 0).length,
  }
}

/** What a step will do is certain when it neither depends on the run nor stands behind an open condition. */
function addTimes(steps: readonly StepPrediction[]): RunForecast['time'] {
  const timed = steps.filter(({type, verdict}) => isCacheable(type) && verdict.kind !== 'skipped')
  const sum = (some: readonly StepPrediction[]) => some.reduce((total, {lastSeconds}) => total + (lastSeconds ?? 0), 0)
  const isOpen = ({verdict, when}: StepPrediction) => verdict.kind === 'unknown' || when.length > 0
  const certain = timed.filter((step) => !isOpen(step))
  return {
    savedSeconds: sum(certain.filter(({verdict}) => verdict.kind === 'hit')),
    spentSeconds: sum(certain.filter(({verdict}) => verdict.kind !== 'hit')),
    openSeconds: sum(timed.filter(isOpen)),
    untimed: timed
      .filter(({verdict, lastSeconds}) => verdict.kind !== 'hit' && lastSeconds === undefined)
      .map(({name}) => name),
  }
}

function argumentChanges(changes: readonly Change[]): {stepName: string; path: string; inKey: boolean}[] {
  return changes.flatMap(({subject, path, inKey}) =>
    subject.kind === 'step' && inKey !== undefined ? [{stepName: subject.name, path, inKey}] : [],
  )
}

export function branchWord(branch: OpenBranch['branch']): 'then' | 'else' {
  return branch === 'If' ? 'then' : 'else'
}

function isoTime(ms: number): string {
  return new Date(ms).toISOString()
}
