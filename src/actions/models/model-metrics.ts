// The numbers of a registered model's metrics report (ModelMetrics, ModelQuality, Statistics), as far as it can be read.

import type {Cloud} from '../../cloud/ports.ts'
import {flattenNumbers} from '../../definition/json-numbers.ts'
import {readJson} from '../executions/measured.ts'
import {withinReach} from '../out-of-reach.ts'

export type ModelMetric = {readonly name: string; readonly value: number}

/** Reports of whole curves have thousands of numbers. */
const mostMetrics = 20

/** By dotted path, in the report's order, without the deviations that stand beside them; the first so many. */
export async function readModelMetrics(
  metricsUri: string | undefined,
  {objects}: Pick<Cloud, 'objects'>,
): Promise<ModelMetric[]> {
  if (metricsUri === undefined) return []
  const text = await withinReach(() => objects.getText(metricsUri))
  return flattenNumbers(readJson(text).document)
    .filter(({path}) => !/(^|\.)standard_deviation$/.test(path))
    .slice(0, mostMetrics)
    .map(({path, value}) => ({name: path.replace(/\.value$/, ''), value}))
}
