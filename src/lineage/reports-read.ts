// The reports of other steps that a step reads by itself: a condition's metrics, a value out of JSON. No input tells of them.

import {collectReferences} from '../definition/references.ts'
import type {StepDefinition} from '../definition/types.ts'

export type ReportRead = {readonly step: string; readonly report: string}

/** Each once. What is read in the branches of a condition is read by the steps there. */
export function reportsRead({Arguments: {IfSteps: _if, ElseSteps: _else, ...own}}: StepDefinition): ReportRead[] {
  const read = collectReferences(own).flatMap((one) =>
    one.kind === 'propertyFile' ? [{step: one.stepName, report: one.name}] : [],
  )
  return [...new Map(read.map((one) => [`${one.step} ${one.report}`, one])).values()]
}
