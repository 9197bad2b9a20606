// Where each step stands on the page: by its name, where that can be an id as it is, so that a link to it can be written by hand.

import type {StepReport} from '../../actions/executions/execution-report.ts'

export type Anchors = {
  /** Of a step of the report; the top of the page for any other name. */
  of(step: string): string
}

export function anchorsOf(steps: readonly Pick<StepReport, 'name'>[]): Anchors {
  const anchors = new Map(
    steps.map(({name}, index) => [name, /^[\w-]+$/.test(name) ? `step-${name}` : `step.${index}`]),
  )
  return {of: (step) => anchors.get(step) ?? 'top'}
}
