// Quantile sketches in the shape of KLL's: a value on level i stands for 2^i values of the data. Those made here take
// evenly spaced values of the sorted data; those of Model Monitor's container are read in the same way.

import type {Json, JsonObject} from '../../../../definition/json.ts'
import {isJsonObject} from '../../../../definition/json.ts'
import {objectAt, objectsAt} from '../../../../definition/json-members.ts'

/** How many values a sketch holds on its fullest level: Model Monitor's k. */
export const sketchSize = 2048

export function sketchOf(sorted: Float64Array): number[][] {
  const level = Math.max(0, Math.ceil(Math.log2(sorted.length / sketchSize)))
  const data: number[][] = Array.from({length: level + 1}, () => [])
  let at = 0
  for (let height = level; height >= 0; height -= 1) {
    const weight = 2 ** height
    for (; sorted.length - at >= weight; at += weight) {
      data[height]?.push(sorted[at + (weight >> 1)] ?? 0)
    }
  }
  return data
}

/** Sorted values, each with how many values of the data it stands for. */
export type Weighted = readonly {readonly value: number; readonly weight: number}[]

export function weightedValues(sketch: readonly Json[]): Weighted {
  return sketch
    .flatMap((level, height) =>
      (Array.isArray(level) ? level : [])
        .filter((value) => typeof value === 'number')
        .map((value) => ({value, weight: 2 ** height})),
    )
    .sort((left, right) => left.value - right.value)
}

/** What a feature of a statistics.json says of its distribution; its buckets where it has no sketch. */
export function weightedOf(numerical: JsonObject): Weighted {
  const kll = objectAt(objectAt(numerical, 'distribution'), 'kll')
  const sketch = isJsonObject(kll.sketch) ? kll.sketch.data : undefined
  if (Array.isArray(sketch) && sketch.length > 0) return weightedValues(sketch)
  return objectsAt(kll, 'buckets').flatMap(({upper_bound, count}) =>
    typeof upper_bound === 'number' && typeof count === 'number' ? [{value: upper_bound, weight: count}] : [],
  )
}
