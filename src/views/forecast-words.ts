// The words of a forecast: the same verdict and the same reason read alike in `diff`, in `why` and in a pull request.

import type {ReasonReport, RunForecast, StepForecast} from '../actions/forecast/forecast.ts'
import {oneLine} from './printable.ts'
import type {Paint} from './style.ts'
import {ago, count, duration} from './time.ts'
import {shortHashes} from './values.ts'

export type Mark = {
  readonly symbol: string
  readonly word: string
  readonly paint: keyof Paint | undefined
}

const marks: Readonly<Record<StepForecast['verdict'] | 'new', Mark>> = {
  hit: {symbol: '=', word: 'cached', paint: 'cyan'},
  rerun: {symbol: '~', word: 'rerun', paint: 'yellow'},
  new: {symbol: '+', word: 'new', paint: 'green'},
  unknown: {symbol: '?', word: 'unknown', paint: 'bold'},
  always: {symbol: '!', word: 'always', paint: undefined},
  skipped: {symbol: '.', word: 'skipped', paint: 'dim'},
}

export function markOf(step: StepForecast): Mark {
  return marks[isNew(step) ? 'new' : step.verdict]
}

export function markOfVerdict(verdict: StepForecast['verdict']): Mark {
  return marks[verdict]
}

/** What never ran before runs for the first time, whatever else would make it rerun. */
export function isNew({verdict, reasons, lastSeconds}: StepForecast): boolean {
  return verdict === 'rerun' && (lastSeconds === undefined || reasons.some(({code}) => code === 'no-earlier-success'))
}

/** What a reason says in words, where in the step's arguments, and how the value changes. */
export type Told = {
  readonly words: string
  readonly path?: string
  readonly change?: Pick<ReasonReport, 'before' | 'after'>
}

export type Verdicts = ReadonlyMap<string, StepForecast['verdict']>

export function verdictsOf(steps: readonly StepForecast[]): Verdicts {
  return new Map(steps.map(({name, verdict}) => [name, verdict]))
}

/** `verdicts` of the steps that the reason may name. */
export function tellReason(reason: ReasonReport, type: string, verdicts: Verdicts): Told {
  const {path} = reason
  switch (reason.code) {
    case 'key-differs':
      return {words: '', path: path ?? '', change: reason}
    case 'fresh-value':
    case 'decided-by-run':
      return {words: tellValue(reason, verdicts), ...(path === undefined || path === 'Conditions' ? {} : {path})}
    case 'no-earlier-success':
      return {words: 'it has not succeeded before'}
    case 'only-simulated':
      return {words: 'it has so far only been simulated, and not the way it would run now'}
    case 'expired':
      return {words: tellExpired(reason)}
    case 'cache-off':
      return {words: 'its cache is off'}
    case 'no-expiry':
      return {words: 'its cache names no expiry, and SageMaker reuses nothing without one'}
    case 'type-never-cached':
      return {words: `SageMaker never reuses ${type} steps`}
    case 'history-incomplete':
      return {words: `the history could not be read far enough: ${oneLine(reason.detail ?? 'it is cut')}`}
  }
}

/** `train reruns: new ModelArtifacts.S3ModelArtifacts`, `evaluate decides: its report metrics`. */
function tellValue({code, value = 'a value', step}: ReasonReport, verdicts: Verdicts): string {
  const isFresh = code === 'fresh-value'
  if (step === undefined) {
    const shown = shortHashes(oneLine(value))
    return isFresh ? `new in every execution: ${shown}` : `only the run can tell: ${shown}`
  }
  const own = ownValue(value, step)
  return isFresh ? `${step} ${runsAgain(verdicts.get(step))}: new ${own}` : `${step} decides: its ${own}`
}

function runsAgain(verdict: StepForecast['verdict'] | undefined): string {
  return verdict === 'always' ? 'always runs' : 'reruns'
}

/** `Steps.train.ModelArtifacts` -> `ModelArtifacts`, `Steps.evaluate.PropertyFiles.metrics` -> `report metrics`. */
function ownValue(value: string, step: string): string {
  const prefix = `Steps.${step}.`
  const own = value.startsWith(prefix) ? value.slice(prefix.length) : value
  return own.replace(/^PropertyFiles\./, 'report ')
}

function tellExpired({execution, expiredAt}: ReasonReport): string {
  const from = execution === undefined ? 'the earlier result' : `the result of ${execution}`
  return `${from} expired${expiredAt === undefined ? '' : ` on ${minute(expiredAt)}`}`
}

/** `2026-01-31 14:05 UTC`. */
export function minute(iso: string): string {
  return `${iso.slice(0, 10)} ${iso.slice(11, 16)} UTC`
}

/** `from abc123, 2 hours ago` and `expires in 29 d 21 h`. */
export function tellHit({from, expiresAt}: StepForecast): string[] {
  if (!from) return []
  const left = expiresAt === undefined ? undefined : secondsLeft(from, expiresAt)
  return [
    `from ${from.execution}, ${ago(from.agoSeconds)}`,
    ...(left === undefined ? [] : [`expires in ${roughly(left)}`]),
  ]
}

/** The moment of the forecast is the age of the result after its end. */
function secondsLeft({endedAt, agoSeconds}: NonNullable<StepForecast['from']>, expiresAt: string): number | undefined {
  const seconds = (Date.parse(expiresAt) - Date.parse(endedAt)) / 1000 - agoSeconds
  return Number.isFinite(seconds) ? Math.max(0, seconds) : undefined
}

/** `stale: train reruns, but this step reads the same place and does not see it`. */
export function tellStale({staleFrom = []}: StepForecast): string | undefined {
  if (staleFrom.length === 0) return undefined
  return `stale: ${staleFrom.join(', ')} ${staleFrom.length === 1 ? 'reruns' : 'rerun'} into the same place, unseen`
}

export function tellSkipped({conditional}: StepForecast): string {
  const [taken] = conditional
  return taken ? `${taken.condition} is ${taken.branch !== 'then'}` : 'in a branch that is not taken'
}

/** `if gate is true and limit is false`. */
export function tellConditional({conditional}: StepForecast): string | undefined {
  if (conditional.length === 0) return undefined
  return `if ${conditional.map(({condition, branch}) => `${condition} is ${branch === 'then'}`).join(' and ')}`
}

/** `3 cached, 2 rerun, 1 new, 1 unknown, 2 always, 1 skipped; 2 of them behind a condition`. */
export function tellCounts({counts, steps}: RunForecast): string {
  const fresh = steps.filter(isNew).length
  const again = counts.rerun - fresh
  const parts = [
    ...(counts.hit > 0 ? [`${counts.hit} cached`] : []),
    ...(again > 0 ? [`${again} rerun`] : []),
    ...(fresh > 0 ? [`${fresh} new`] : []),
    ...(counts.unknown > 0 ? [`${counts.unknown} unknown`] : []),
    ...(counts.always > 0 ? [`${counts.always} always`] : []),
    ...(counts.skipped > 0 ? [`${counts.skipped} skipped`] : []),
  ]
  const open = counts.conditional > 0 ? `; ${counts.conditional} of them behind a condition` : ''
  return `${parts.length === 0 ? 'no steps' : parts.join(', ')}${open}`
}

/** `saves about 12 s, takes about 3.1 s, going by the last run of each step; 1 step never timed: tune`. Undefined without any time. */
export function tellTime({time}: RunForecast): string | undefined {
  const {savedSeconds, spentSeconds, openSeconds, untimed} = time
  const isTimed = Math.max(savedSeconds, spentSeconds, openSeconds) >= 0.05
  const known = [
    ...(savedSeconds >= 0.05 ? [`saves about ${roughly(savedSeconds)}`] : []),
    ...(spentSeconds >= 0.05 ? [`takes about ${roughly(spentSeconds)}`] : []),
    ...(openSeconds >= 0.05 ? [`and up to ${roughly(openSeconds)} more if all that is open runs`] : []),
  ].join(', ')
  const shown = untimed.slice(0, 3).join(', ')
  const rest = untimed.length > 3 ? ` and ${untimed.length - 3} more` : ''
  const never = untimed.length > 0 ? [`${count(untimed.length, 'step')} never timed: ${shown}${rest}`] : []
  const parts = [...(isTimed ? [`${known}, going by the last run of each step`] : []), ...never]
  return parts.length === 0 ? undefined : parts.join('; ')
}

/** `src/train.py changed: train, evaluate rerun`; what is new does not run again. */
export function tellCause({cause, steps}: RunForecast['causes'][number], forecast: RunForecast): string {
  const fresh = new Set(forecast.steps.filter(isNew).map(({name}) => name))
  const verb = steps.every((name) => fresh.has(name)) ? 'run' : 'rerun'
  return `${oneLine(cause)}: ${steps.join(', ')} ${verb}${steps.length === 1 ? 's' : ''}`
}

/** Estimates have no hundredths, and days no odd minutes. */
export function roughly(seconds: number): string {
  if (seconds < 9.95) return `${seconds.toFixed(1)} s`
  const unit = seconds < 86_400 - 1800 ? 1 : 3600
  return duration(Math.round(seconds / unit) * unit).replace(/\.0 s$| 0 h$/, (end) => (end === ' 0 h' ? '' : ' s'))
}
