// Where a walk through a value stands, told only when there is something to tell.

import type {Json} from '../json.ts'
import {memberSegment} from '../json-difference.ts'
import {elementName, formatPropertyPath, type PathSegment} from '../property-path.ts'

/** The name of a member, or a list with the place in it. */
export type TrailStep = string | {readonly list: readonly Json[]; readonly index: number}

/** As differences between definitions are told: elements of a list by their names, where each has one of its own. */
export function formatTrail(trail: readonly TrailStep[]): string {
  return formatPropertyPath(
    trail.map((step) => (typeof step === 'string' ? memberSegment(step) : elementSegment(step.list, step.index))),
  )
}

function elementSegment(list: readonly Json[], index: number): PathSegment {
  const names = list.map(elementName)
  const name = names[index]
  const areNamed = names.every((each) => each !== undefined) && new Set(names).size === names.length
  return areNamed && name !== undefined ? {kind: 'key', key: name} : {kind: 'index', index}
}
