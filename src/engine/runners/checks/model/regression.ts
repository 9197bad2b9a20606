// How far predicted numbers are from the actual ones. Source: Developer Guide, "Model Quality Metrics".

import type {Metrics} from './classification.ts'

export function regressionMetrics(actual: readonly number[], predicted: readonly number[]): Metrics {
  const count = actual.length
  const mean = actual.reduce((sum, value) => sum + value, 0) / count
  let [absolute, squared, spread] = [0, 0, 0]
  for (const [index, value] of actual.entries()) {
    const error = (predicted[index] ?? 0) - value
    absolute += Math.abs(error)
    squared += error * error
    spread += (value - mean) ** 2
  }
  const mse = squared / count
  return {mae: absolute / count, mse, rmse: Math.sqrt(mse), r2: spread === 0 ? Number.NaN : 1 - squared / spread}
}
