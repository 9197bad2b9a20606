// What SageMaker's cache makes of the executions that a trigger starts.

import {fingerprintedInputs} from '../../definition/fingerprints.ts'
import {flattenSteps} from '../../definition/flat-steps.ts'
import type {PipelineDefinition, StepDefinition} from '../../definition/types.ts'
import {nextTimes} from '../../events/schedule/next-times.ts'
import {parseSchedule} from '../../events/schedule/schedule.ts'
import {openZone} from '../../events/schedule/zone.ts'
import type {TriggerSpec} from '../../spec/triggers/parse-triggers.ts'
import {parseDuration} from '../../text/duration.ts'
import type {ScheduleSource, Trigger} from '../../trigger/trigger.ts'
import {sourceRange} from './loops.ts'
import type {Findings} from './trigger-scope.ts'

export function warnOfCache(spec: TriggerSpec, trigger: Trigger, scope: Findings): void {
  const expired = trigger.source.kind === 'schedule' ? warnOfExpiry(spec, trigger.source, scope) : []
  warnOfUnseenData(spec, trigger, expired, scope)
}

/** A result that is gone before the next time is made anew each time, and the cache is for nothing. Gives the names of the steps. */
function warnOfExpiry(spec: TriggerSpec, source: ScheduleSource, {definition, findings}: Findings): string[] {
  const gap = shortestGapSeconds(source) ?? 0
  const expired = cachedSteps(definition).flatMap(({Name: name, CacheConfig: cache}) => {
    const seconds = secondsOf(cache?.ExpireAfter ?? '')
    return seconds !== undefined && seconds < gap ? [{name, seconds}] : []
  })
  const names = expired.map(({name}) => name)
  if (names.length === 0) return names
  const lengths = [...new Set(expired.map(({seconds}) => seconds))]
  const kept = `${duration(Math.max(...lengths))}${lengths.length > 1 ? ' at most' : ''}`
  const message = `the executions of trigger "${spec.name}" are ${duration(gap)} apart or more, and what ${quoted(names)} made is kept for ${kept}: none of them reuses it`
  findings.warning('cache-expires-first', sourceRange(spec), message, {
    help: 'let the cache last longer, or leave "cache:" out where a step is to run each time',
  })
  return names
}

/** Enough to find the shortest: all hours of a week, all months of some years. */
const timesLooked = 200

/** A fixed instant: what is found does not depend on the day. Expressions with years of the past never fire. */
const fromMs = Date.UTC(2026, 0, 1)

function shortestGapSeconds({expression, via, zone: zoneName = 'UTC'}: ScheduleSource): number | undefined {
  const parsed = parseSchedule(expression, via)
  const zone = openZone(zoneName)
  if (parsed.kind === 'invalid' || !zone) return undefined
  let shortest = Number.POSITIVE_INFINITY
  let last: number | undefined
  let count = 0
  for (const time of nextTimes(parsed.schedule, {afterMs: fromMs, startMs: fromMs, zone})) {
    if (last !== undefined) shortest = Math.min(shortest, time - last)
    last = time
    count += 1
    if (count === timesLooked) break
  }
  return Number.isFinite(shortest) ? shortest / 1000 : undefined
}

/** Only `mlpipe run` looks at the data: with the default of a fingerprint a step is reused whatever became of it. */
function warnOfUnseenData(
  spec: TriggerSpec,
  {source, parameters}: Trigger,
  expired: readonly string[],
  {definition, findings}: Findings,
): void {
  // An event of S3 tells of the data that it is about; the other inputs are as good as they were.
  if (source.kind === 's3') return
  const cached = new Set(
    cachedSteps(definition)
      .map(({Name}) => Name)
      .filter((name) => !expired.includes(name)),
  )
  const given = new Set(parameters.map(({name}) => name))
  const unseen = fingerprintedInputs(definition).filter(
    ({step, parameter}) => cached.has(step) && !given.has(parameter),
  )
  if (unseen.length === 0) return
  const steps = quoted([...new Set(unseen.map(({step}) => step))])
  const message = `nobody looks at the data of ${steps} when trigger "${spec.name}" starts an execution: what was made of it is reused until the cache expires`
  const hasEvent = source.kind !== 'schedule' || source.via === 'rule'
  findings.warning('unseen-data', sourceRange(spec), message, {
    help: hasEvent
      ? `parameters: {${unseen.map(({parameter}) => `${parameter}: $.id`).join(', ')}}: all is made anew for every event`
      : 'an s3 trigger tells of new data; or a "cache:" that expires before the next time',
  })
}

function cachedSteps(definition: PipelineDefinition): StepDefinition[] {
  return flattenSteps(definition).flatMap(({step}) => (step.CacheConfig?.Enabled === true ? [step] : []))
}

/** A month is taken for its longest. */
function secondsOf(text: string): number | undefined {
  const read = parseDuration(text)
  return read && ((read.years * 12 + read.months) * 31 + read.days) * 86_400 + read.seconds
}

/** In the largest unit that is whole. */
function duration(seconds: number): string {
  const [size, unit] = (
    [
      [86_400, 'day'],
      [3600, 'hour'],
      [60, 'minute'],
    ] as const
  ).find(([one]) => seconds % one === 0) ?? [1, 'second']
  const count = seconds / size
  return `${count} ${unit}${count === 1 ? '' : 's'}`
}

const mostNamed = 4

function quoted(names: readonly string[]): string {
  const more = names.length - mostNamed
  const some = (more > 1 ? names.slice(0, mostNamed) : names).map((name) => `"${name}"`)
  const shown = more > 1 ? [...some, `${more} more`] : some
  return shown.length < 2 ? shown.join('') : `${shown.slice(0, -1).join(', ')} and ${shown.at(-1)}`
}
