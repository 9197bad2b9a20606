// The numbers of a report that may be meant by a path at which there is nothing.

import type {Json} from '../../definition/json.ts'
import {flattenNumbers} from '../../definition/json-numbers.ts'
import {nearestName} from '../../text/nearest-name.ts'

const shown = 5

/** Paths that end in the same name, however they are wrapped; else the nearest; else the first of all. */
export function nearMetrics(metric: string, document: Json): string[] {
  const paths = flattenNumbers(document).map(({path}) => path)
  const name = lastName(metric)
  const wrapped = paths.filter((path) => path.split(/[.[\]]+/).includes(name))
  if (wrapped.length > 0) return wrapped.slice(0, shown)
  const nearest = nearestName(metric, paths) ?? paths.find((path) => nearestName(name, [lastName(path)]) !== undefined)
  return nearest === undefined ? paths.slice(0, shown) : [nearest]
}

function lastName(path: string): string {
  return path.split(/[.[\]]+/).findLast((part) => part !== '' && !/^\d+$/.test(part)) ?? path
}
