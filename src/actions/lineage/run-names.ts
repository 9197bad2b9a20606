// Step runs by name, as sentences have them.

import type {StepKey} from '../../lineage/provenance.ts'
import {executionId} from '../executions/execution-arn.ts'

const mostNamed = 5

export function nameOf({step, executionArn}: StepKey): string {
  return `${step} of ${executionId(executionArn)}`
}

export function named(runs: readonly StepKey[]): string {
  const names = [...new Set(runs.map(nameOf))]
  const more = names.length - mostNamed
  return `${names.slice(0, mostNamed).join(', ')}${more > 0 ? ` and ${more} more` : ''}`
}
