// What a property path leads to, by the shape of what the step's Describe call shows.

import type {PathSegment, PropertyPath} from '../property-path.ts'
import {type Shape, structure} from './shape.ts'
import {stepRequest} from './step-requests.ts'

/** `known`: what could have stood in place of `segment`, the part of the path that leads nowhere; `isList`: an element. */
export type PropertyShape =
  | {readonly kind: 'known'; readonly shape: Shape}
  | {readonly kind: 'missing'; readonly segment: number; readonly known: readonly string[]; readonly isList?: true}

/** Undefined where nothing is known of the properties of that step type. */
export function propertyShape(stepType: string, path: PropertyPath): PropertyShape | undefined {
  const {properties} = stepRequest(stepType)
  if (!properties) return undefined
  const members = new Map(properties.flatMap((name) => [...structure(name).members]))
  return follow(members, path, 0)
}

function follow(members: ReadonlyMap<string, Shape>, path: PropertyPath, at: number): PropertyShape {
  const name = segmentName(path[at])
  const shape = name === undefined ? undefined : members.get(name)
  if (!shape) return {kind: 'missing', segment: at, known: [...members.keys()]}
  return walk(shape, path, at + 1)
}

function segmentName(segment: PathSegment | undefined): string | undefined {
  if (segment?.kind === 'member') return segment.name
  return segment?.kind === 'key' ? segment.key : undefined
}

function walk(shape: Shape, path: PropertyPath, at: number): PropertyShape {
  const segment = path[at]
  if (!segment) return {kind: 'known', shape}
  switch (shape.kind) {
    case 'structure':
      return follow(structure(shape.name).members, path, at)
    case 'list':
      if (segment.kind === 'member') return {kind: 'missing', segment: at, known: [], isList: true}
      return walk(shape.item, path, at + 1)
    case 'map':
      return segment.kind === 'index' ? {kind: 'missing', segment: at, known: []} : walk(shape.value, path, at + 1)
    case 'any':
      return {kind: 'known', shape}
    default:
      return {kind: 'missing', segment: at, known: []}
  }
}
