// Round values along an axis: of time, and of a metric.

import {duration} from '../time.ts'

export type TimeTick = {readonly seconds: number; readonly label: string}

const mostTicks = 5
const seconds = [
  0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800,
]
const hours = [3600, 7200, 10_800, 21_600, 43_200, 86_400]

/** From 0, not too near the end, where their labels would not fit. */
export function niceTicks(total: number): TimeTick[] {
  const days = Math.ceil(total / mostTicks / 86_400) * 86_400
  const step = [...seconds, ...hours].find((one) => total / one <= mostTicks) ?? days
  const amount = Math.floor((total * 0.94) / step)
  return Array.from({length: amount + 1}, (_, index) => ({seconds: index * step, label: label(index * step)}))
}

function label(value: number): string {
  if (value === 0) return '0'
  if (value < 1) return `${Math.round(value * 1000)} ms`
  if (value < 60) return `${value} s`
  return duration(value).replace(/ 00 (s|min)$/, '')
}

export type Range = {readonly low: number; readonly high: number}

/** Round ends around the values, so that no point lies on an edge; a constant lies in the middle. */
export function niceRange(values: readonly number[]): Range {
  const least = Math.min(...values)
  const most = Math.max(...values)
  const spread = most - least || Math.abs(most) * 0.1 || 1
  const step = 10 ** Math.floor(Math.log10(spread))
  const low = Math.floor((least - spread * 0.08) / step) * step
  const high = Math.ceil((most + spread * 0.08) / step) * step
  return {low: tidy(low), high: tidy(high)}
}

/** Without the dust of binary fractions. */
function tidy(value: number): number {
  return Number(value.toPrecision(12))
}
