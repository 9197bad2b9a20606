// `retry:`: when a failed attempt of a step is repeated.

import type {DiagnosticCollector, Range} from '../../diagnostics/diagnostic.ts'
import {lengthSeconds, type SpecDuration} from '../../text/duration.ts'
import {
  duration,
  integer,
  listOf,
  number,
  oneOf,
  optional,
  type Read,
  type Reader,
  reader,
  record,
  required,
} from '../fields.ts'
import {describeNode} from '../node.ts'
import type {Located} from '../value.ts'

/** What every step can be retried for. Source: Developer Guide, "Retry policy for pipeline steps". */
const stepExceptions = ['Step.SERVICE_FAULT', 'Step.THROTTLING'] as const

/** What a step that runs a job can be retried for; same source. */
const jobExceptions = [
  ...stepExceptions,
  'SageMaker.JOB_INTERNAL_ERROR',
  'SageMaker.CAPACITY_ERROR',
  'SageMaker.RESOURCE_LIMIT',
] as const

/** Limits: attempts at most 20, interval at most 43,200 s, retrying for at most 14,400 min (same page). */
const retryLimits = {
  attempts: optional(integer(0, 20), 'how many retries; not together with `for`'),
  for: optional(duration, 'how long to go on retrying; not together with `attempts`'),
  interval: optional(duration, 'wait before the first retry'),
  backoff: optional(number(1, 1000), 'factor by which the wait grows'),
}

/** What a step that starts many jobs can be retried for; same source. */
const searchExceptions = jobExceptions.filter((exception) => exception !== 'SageMaker.JOB_INTERNAL_ERROR')

export type RetrySpec = Read<typeof retryLimits> & {
  readonly on: readonly Located<string>[] | undefined
  readonly range: Range
}

/** One policy or a list of them. */
function retryFor(exceptions: readonly string[]): Reader<RetrySpec[]> {
  const on = required(listOf(oneOf(exceptions), {allowOne: true}), `one or more of ${exceptions.join(', ')}`)
  const policy = record({on, ...retryLimits}, 'retry policy')
  const policies = listOf(policy)
  return reader({anyOf: [policy.schema, policies.schema]}, (node, findings) => {
    if (node.kind === 'scalar') {
      findings.error('wrong-type', node.range, `expected a retry policy, found ${describeNode(node)}`, {
        help: 'for example {on: Step.THROTTLING, attempts: 3}',
      })
      return undefined
    }
    const read = policies(node.kind === 'map' ? {kind: 'list', items: [node], range: node.range} : node, findings)
    if (read) checkRetries(read, findings)
    return read
  })
}

export const stepRetry = retryFor(stepExceptions)
export const jobRetry = retryFor(jobExceptions)
export const searchRetry = retryFor(searchExceptions)

function checkRetries(policies: readonly RetrySpec[], findings: DiagnosticCollector): void {
  const seen = new Set<string>()
  for (const policy of policies) {
    if (policy.attempts && policy.for) {
      findings.error('exclusive-keys', policy.for.range, '"attempts" and "for" exclude each other')
    }
    checkLength(policy.interval, 43_200, 'the interval', findings)
    checkLength(policy.for, 14_400 * 60, 'the time to go on retrying', findings)
    for (const {value: exception, range} of policy.on ?? []) {
      if (seen.has(exception)) findings.error('duplicate-key', range, `${exception} has two retry policies`)
      seen.add(exception)
    }
  }
}

function checkLength(
  length: Located<SpecDuration> | undefined,
  mostSeconds: number,
  what: string,
  findings: DiagnosticCollector,
): void {
  if (!length || lengthSeconds(length.value) <= mostSeconds) return
  findings.error('out-of-range', length.range, `${what} can be ${mostSeconds / 3600} hours at most`)
}
