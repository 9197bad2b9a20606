// Every compiled step held against the request that SageMaker will make of it, told at the line of the spec that feeds the
// wrong part.

import {checkRequest, type RequestFinding} from '../../definition/request-shapes/check-request.ts'
import {describeFinding} from '../../definition/request-shapes/request-wording.ts'
import type {ReferenceScope} from '../../definition/request-shapes/value-type.ts'
import type {StepDefinition} from '../../definition/types.ts'
import type {DiagnosticCode, DiagnosticCollector, Range} from '../../diagnostics/diagnostic.ts'

const codes: Readonly<Record<RequestFinding['kind'], DiagnosticCode>> = {
  'unknown-member': 'unknown-member',
  'missing-member': 'missing-member',
  'wrong-type': 'wrong-member-type',
  'wrong-reference': 'wrong-member-type',
  'not-in-enum': 'not-in-enum',
  'out-of-range': 'out-of-range',
}

/** `place` gives the line for a path below the Arguments. */
export function reportRequest(
  step: StepDefinition,
  scope: ReferenceScope,
  place: (path: string) => Range,
  findings: DiagnosticCollector,
): void {
  const isCertain = !findings.hasErrors
  for (const finding of checkRequest(step.Type, step.Arguments, scope)) {
    if (!isCertain && isPlaceholder(finding)) continue
    const {message, help} = describeFinding(finding)
    if (isOpen(finding)) findings.warning(codes[finding.kind], place(finding.path), message, {help})
    else findings.error(codes[finding.kind], place(finding.path), message, {help})
  }
}

/** An empty text stands where something was wrong that has been reported elsewhere. */
function isPlaceholder(finding: RequestFinding): boolean {
  return (
    (finding.kind === 'wrong-type' && finding.found === '') || (finding.kind === 'not-in-enum' && finding.value === '')
  )
}

/** AWS adds machines and their images every few months: one that is not known yet may be there. */
function isOpen(finding: RequestFinding): boolean {
  return finding.kind === 'not-in-enum' && /(?:InstanceType|AmiVersion)$/.test(finding.enumName)
}
