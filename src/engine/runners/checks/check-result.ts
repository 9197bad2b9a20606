// What a check step ends as: its properties, its Metadata, and whether it fails.

import type {JsonObject} from '../../../definition/json.ts'
import {clientFault} from '../job-fault.ts'
import type {JobOutcome} from '../job-types.ts'
import type {BaselineUris, CheckSettings} from './check-settings.ts'

export type CheckFacts = {
  readonly settings: CheckSettings
  readonly calculated: BaselineUris
  readonly previous: BaselineUris | undefined
  readonly violations: readonly JsonObject[]
  /** Where the violations are written. */
  readonly reportUri: string
}

export type CheckResult = Pick<JobOutcome, 'exitMessage' | 'described' | 'metadata'> & {
  readonly failure: Error | undefined
}

export function resultOf({settings, calculated, previous, violations, reportUri}: CheckFacts): CheckResult {
  const used = settings.registersNew ? calculated : (previous ?? {})
  const properties = {
    ...named('CalculatedBaseline', calculated),
    ...named('BaselineUsedForDriftCheck', used),
  }
  return {
    described: properties,
    metadata: violations.length === 0 ? properties : {...properties, ViolationReport: reportUri},
    exitMessage: exitMessage(violations.length),
    failure: settings.failsOnViolation ? violationFault(violations, reportUri) : undefined,
  }
}

function named(prefix: string, {statistics, constraints}: BaselineUris): JsonObject {
  return {
    ...(statistics === undefined ? {} : {[`${prefix}Statistics`]: statistics}),
    ...(constraints === undefined ? {} : {[`${prefix}Constraints`]: constraints}),
  }
}

/** In the words of Model Monitor's container. */
function exitMessage(count: number): string {
  if (count === 0) return 'Completed: Job completed successfully with no violations.'
  return `CompletedWithViolations: Job completed successfully with ${count} violations.`
}

const mostQuoted = 3

function violationFault(violations: readonly JsonObject[], reportUri: string): Error | undefined {
  if (violations.length === 0) return undefined
  const quoted = violations.slice(0, mostQuoted).map(({feature_name, facet, metric_name, description}) => {
    const owner = [feature_name ?? facet, metric_name].filter((name) => name !== undefined).join(' ')
    return `${owner}: ${String(description)}`
  })
  const more = violations.length > mostQuoted ? ` and ${violations.length - mostQuoted} more` : ''
  const noun = violations.length === 1 ? 'violation' : 'violations'
  return clientFault(`the check found ${violations.length} ${noun} (${reportUri}): ${quoted.join('; ')}${more}`)
}
