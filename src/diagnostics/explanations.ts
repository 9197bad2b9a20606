// A paragraph and an example for every diagnostic code. A code without one is a type error.

import type {DiagnosticCode} from './diagnostic.ts'
import type {Explanation} from './explanation.ts'
import {referenceExplanations} from './explanations-references.ts'
import {requestExplanations} from './explanations-requests.ts'
import {shapeExplanations} from './explanations-shape.ts'
import {triggerExplanations} from './explanations-triggers.ts'
import {worldExplanations} from './explanations-world.ts'

export const explanations: Readonly<Record<DiagnosticCode, Explanation>> = {
  ...shapeExplanations,
  ...referenceExplanations,
  ...requestExplanations,
  ...worldExplanations,
  ...triggerExplanations,
}
