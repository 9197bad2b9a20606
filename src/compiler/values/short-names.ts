// Short names of steps, which stand in references for members of what describing the step's work shows.

import type {StepSpec} from '../../spec/pipeline-spec.ts'
import type {PathPart} from '../../spec/value.ts'
import type {Resolved, StepCompiler} from '../context.ts'

/** Each short name with the path of its member, a text unless the type is said. */
export type ShortNames = Readonly<Record<string, string | readonly [path: string, type: Resolved['type']]>>

/** Of a step kind that has no other ones. */
export function shortNames(members: ShortNames): Pick<StepCompiler<StepSpec>, 'propertyNames' | 'property'> {
  return {propertyNames: Object.keys(members), property: (step, path) => shortValue(step, path, members)}
}

export function shortValue(
  step: Pick<StepSpec, 'name'>,
  [part, behind]: readonly PathPart[],
  members: ShortNames,
): Resolved | 'unknown' {
  const isShort = part?.kind === 'name' && !behind && Object.hasOwn(members, part.name)
  const member = isShort ? members[part.name] : undefined
  if (member === undefined) return 'unknown'
  const [path, type] = typeof member === 'string' ? ([member, 'String'] as const) : member
  return {json: {Get: `Steps.${step.name}.${path}`}, type}
}
