// Instance types that AWS may know before this does are told, not refused, as those of a spec are.

import {nearestName} from '../../../text/nearest-name.ts'
import type {World} from '../../world.ts'

export async function warnOfUnknownInstance(type: string, {reporter}: Pick<World, 'reporter'>): Promise<void> {
  // A large table, which a deploy without the flag does without.
  const {enumValues} = await import('../../../definition/request-shapes/shape.ts')
  const known = enumValues('ProductionVariantInstanceType')
  if (known.includes(type)) return
  const nearest = nearestName(type, known)
  const help = nearest === undefined ? '' : `: did you mean "${nearest}"?`
  reporter.report({kind: 'warning', message: `"${type}" is no instance type of endpoints that is known${help}`})
}
