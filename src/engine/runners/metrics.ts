// Metrics scraped from a training job's log, as its MetricDefinitions say.
// Source: SageMaker API, MetricDefinition; Developer Guide, "Define training metrics". The last value of each is the final one.

import type {JsonObject} from '../../definition/json.ts'
import {objectsAt} from '../../definition/json-members.ts'
import {JobFault} from './job-fault.ts'
import type {JobMetric} from './job-types.ts'
import {requiredText} from './request-fields.ts'

export type MetricPattern = {readonly name: string; readonly regex: RegExp}

export type MetricScraper = {read(line: string, timestampMs: number): void; metrics(): JobMetric[]}

/** The patterns of an AlgorithmSpecification. Python's named groups are read too. */
export function metricPatterns(specification: JsonObject): MetricPattern[] {
  return objectsAt(specification, 'MetricDefinitions').map((definition) => {
    const name = requiredText(definition, 'Name', 'a metric definition')
    const regex = requiredText(definition, 'Regex', `metric definition "${name}"`)
    return {name, regex: compile(name, regex)}
  })
}

export function metricScraper(patterns: readonly MetricPattern[]): MetricScraper {
  const latest = new Map<string, JobMetric>()
  return {
    read(line, timestampMs) {
      for (const {name, regex} of patterns) {
        for (const match of line.matchAll(regex)) {
          const value = Number(match[1] ?? match[0])
          if (Number.isFinite(value) && (match[1] ?? match[0]).trim() !== '')
            latest.set(name, {name, value, timestampMs})
        }
      }
    },
    metrics: () => patterns.flatMap(({name}) => latest.get(name) ?? []),
  }
}

function compile(name: string, regex: string): RegExp {
  try {
    return new RegExp(regex.replaceAll('(?P<', '(?<'), 'g')
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    throw new JobFault(`ValidationException: the Regex of metric definition "${name}" cannot be read: ${why}`)
  }
}
