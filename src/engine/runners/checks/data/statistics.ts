// statistics.json of a data quality check.
// Source: Developer Guide, "Schema for Statistics (statistics.json file)".

import type {JsonObject} from '../../../../definition/json.ts'
import type {ColumnSummary} from './column.ts'
import {sketchOf, sketchSize} from './sketch.ts'

/** "By default, we materialize the distribution in 10 buckets." */
const bucketCount = 10

/** Model Monitor gives KLL sketches, which are approximations; the numbers here come from all of the values. */
export function statisticsDocument(columns: readonly ColumnSummary[], rows: number): JsonObject {
  return {version: 0, dataset: {item_count: rows}, features: columns.map(describeColumn)}
}

function describeColumn(column: ColumnSummary): JsonObject {
  const {name, type, numbers} = column
  if (numbers) return {name, inferred_type: type, numerical_statistics: numericalStatistics(column, numbers)}
  return {name, inferred_type: type, string_statistics: stringStatistics(column)}
}

function numericalStatistics(column: ColumnSummary, numbers: Float64Array): JsonObject {
  const {mean, deviation} = moments(numbers)
  return {
    common: common(column),
    mean,
    sum: numbers.reduce((total, value) => total + value, 0),
    std_dev: deviation,
    min: numbers[0] ?? 0,
    max: numbers.at(-1) ?? 0,
    distribution: {
      kll: {
        buckets: buckets(numbers),
        sketch: {parameters: {c: 0.64, k: sketchSize}, data: sketchOf(numbers)},
      },
    },
  }
}

function stringStatistics(column: ColumnSummary): JsonObject {
  const {categories} = column
  return {
    common: common(column),
    distinct_count: column.distinct,
    ...(categories && column.type === 'String'
      ? {
          distribution: {
            categorical: {buckets: [...categories].sort(byName).map(([value, count]) => ({value, count}))},
          },
        }
      : {}),
  }
}

function common({present, missing}: ColumnSummary): JsonObject {
  return {num_present: present, num_missing: missing}
}

function byName([left]: readonly [string, number], [right]: readonly [string, number]): number {
  if (left === right) return 0
  return left < right ? -1 : 1
}

/** Of the population, in one pass that keeps its digits. */
export function moments(values: ArrayLike<number>): {mean: number; deviation: number} {
  let mean = 0
  let squares = 0
  for (let index = 0; index < values.length; index += 1) {
    const value = values[index] ?? 0
    const delta = value - mean
    mean += delta / (index + 1)
    squares += delta * (value - mean)
  }
  return {mean, deviation: values.length === 0 ? 0 : Math.sqrt(squares / values.length)}
}

/** Of equal width between the least and the greatest value; the last one includes its upper bound. */
function buckets(sorted: Float64Array): JsonObject[] {
  const min = sorted[0] ?? 0
  const width = ((sorted.at(-1) ?? 0) - min) / bucketCount
  let before = 0
  return Array.from({length: bucketCount}, (_none, index) => {
    const isLast = index === bucketCount - 1
    const upper = isLast ? (sorted.at(-1) ?? 0) : min + width * (index + 1)
    const upTo = isLast ? sorted.length : countBelow(sorted, upper)
    const bucket = {lower_bound: min + width * index, upper_bound: upper, count: upTo - before}
    before = upTo
    return bucket
  })
}

function countBelow(sorted: Float64Array, bound: number): number {
  let low = 0
  let high = sorted.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((sorted[middle] ?? 0) < bound) low = middle + 1
    else high = middle
  }
  return low
}
