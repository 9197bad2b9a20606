// How far two distributions are apart: the greatest difference of their cumulative distribution functions, or, of
// categories, of their shares. Source: Developer Guide, "Schema for Constraints", comparison_method; for the correction
// awslabs/deequ, which the prebuilt container uses: 1.8 times the unit of the two-sample Kolmogorov-Smirnov test.

import type {Weighted} from './sketch.ts'

export type Method = 'Simple' | 'Robust'

/** `sizes` are the numbers of values behind the two. */
export function numericalDistance(
  left: Weighted,
  right: Weighted,
  sizes: readonly [number, number],
  method: Method,
): number {
  const totals = [totalOf(left), totalOf(right)] as const
  let distance = 0
  let below: readonly [number, number] = [0, 0]
  let at: readonly [number, number] = [0, 0]
  while (at[0] < left.length || at[1] < right.length) {
    const value = Math.min(left[at[0]]?.value ?? Infinity, right[at[1]]?.value ?? Infinity)
    const [nextLeft, addedLeft] = passValue(left, at[0], value)
    const [nextRight, addedRight] = passValue(right, at[1], value)
    at = [nextLeft, nextRight]
    below = [below[0] + addedLeft, below[1] + addedRight]
    distance = Math.max(distance, Math.abs(share(below[0], totals[0]) - share(below[1], totals[1])))
  }
  return corrected(distance, sizes, method)
}

export function categoricalDistance(
  left: ReadonlyMap<string, number>,
  right: ReadonlyMap<string, number>,
  method: Method,
): number {
  const [leftTotal, rightTotal] = [sumOf(left.values()), sumOf(right.values())]
  let distance = 0
  for (const value of new Set([...left.keys(), ...right.keys()])) {
    const difference = share(left.get(value) ?? 0, leftTotal) - share(right.get(value) ?? 0, rightTotal)
    distance = Math.max(distance, Math.abs(difference))
  }
  return corrected(distance, [leftTotal, rightTotal], method)
}

/** "Robust" takes off what chance explains when samples are small. */
function corrected(distance: number, [left, right]: readonly [number, number], method: Method): number {
  if (method === 'Simple' || left === 0 || right === 0) return distance
  return Math.max(0, distance - 1.8 * Math.sqrt((left + right) / (left * right)))
}

/** Past every entry of the value: the next index, and what they weigh. */
function passValue(values: Weighted, from: number, value: number): readonly [number, number] {
  let index = from
  let weight = 0
  for (let entry = values[index]; entry && entry.value <= value; entry = values[index]) {
    weight += entry.weight
    index += 1
  }
  return [index, weight]
}

function totalOf(values: Weighted): number {
  return values.reduce((total, {weight}) => total + weight, 0)
}

function sumOf(values: Iterable<number>): number {
  let total = 0
  for (const value of values) total += value
  return total
}

function share(part: number, whole: number): number {
  return whole === 0 ? 0 : part / whole
}
