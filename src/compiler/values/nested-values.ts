// Short names with short names behind them, such as `best.model`: what is said of one that does not exist.

import {type PathPart, partName, type Reference} from '../../spec/value.ts'
import {suggestName} from '../../text/nearest-name.ts'
import type {StepScope} from '../context.ts'

/** Reports that `owner`, such as `steps.tune.best`, has nothing under the rest of the path. */
export function reportNoValue(
  owner: string,
  [part, behind]: readonly PathPart[],
  known: readonly string[],
  reference: Reference,
  {findings}: StepScope,
): undefined {
  const name = partName(part)
  const range = part?.range ?? reference.range
  if (!part) {
    const message = `"${reference.text}" names no single value`
    findings.error('unsupported-reference', range, message, {help: `for example ${owner}.${known[0]}`})
  } else if (known.includes(name)) {
    const message = behind ? `"${reference.text}" goes too deep` : `"${reference.text}" names no single value`
    findings.error('unsupported-reference', behind?.range ?? range, message)
  } else {
    const help = suggestName(name, known)
    findings.error('unsupported-reference', range, `"${owner}" has no "${name}"`, {help})
  }
  return undefined
}
