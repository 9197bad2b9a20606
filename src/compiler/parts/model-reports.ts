// ModelMetrics and DriftCheckBaselines of a model package: which report stands where. Source: CreateModelPackage.

import type {JsonObject} from '../../definition/json.ts'
import type {RegisterSpec} from '../../spec/pipeline-spec.ts'
import type {DriftSpec, MetricsSpec} from '../../spec/steps/register.ts'
import type {Value} from '../../spec/value.ts'
import type {StepScope} from '../context.ts'
import type {Place} from '../place.ts'
import {compileText} from '../values/compile-value.ts'

type Files = Readonly<Record<string, Value | undefined>>

const contentType = 'application/json'

/** One report is taken for statistics on the quality of the model. */
export function modelMetrics(metrics: MetricsSpec, scope: StepScope): JsonObject {
  return reports(metricFiles(metrics), scope)
}

export function driftBaselines(drift: DriftSpec, scope: StepScope): JsonObject {
  return reports(driftFiles(drift), scope)
}

/** What feeds the files of both. */
export function reportPlaces({metrics, drift, keyRanges}: RegisterSpec): Place[] {
  return [
    ['ModelMetrics', metrics?.report?.range ?? keyRanges.get('metrics')],
    ...(metrics ? filePlaces('ModelMetrics', metricFiles(metrics)) : []),
    ['DriftCheckBaselines', keyRanges.get('drift')],
    ...(drift ? filePlaces('DriftCheckBaselines', driftFiles(drift)) : []),
  ]
}

function metricFiles({report, quality, dataQuality, bias, explainability}: MetricsSpec): Record<string, Files> {
  const ofQuality = report ? {statistics: report, constraints: undefined} : quality
  return {
    ...(ofQuality ? {ModelQuality: qualityFiles(ofQuality)} : {}),
    ...(dataQuality ? {ModelDataQuality: qualityFiles(dataQuality)} : {}),
    ...(bias
      ? {Bias: {Report: bias.report, PreTrainingReport: bias.preTraining, PostTrainingReport: bias.postTraining}}
      : {}),
    ...(explainability ? {Explainability: {Report: explainability.report}} : {}),
  }
}

function driftFiles({quality, dataQuality, bias, explainability}: DriftSpec): Record<string, Files> {
  return {
    ...(quality ? {ModelQuality: qualityFiles(quality)} : {}),
    ...(dataQuality ? {ModelDataQuality: qualityFiles(dataQuality)} : {}),
    ...(bias
      ? {
          Bias: {
            ConfigFile: bias.config,
            PreTrainingConstraints: bias.preTraining,
            PostTrainingConstraints: bias.postTraining,
          },
        }
      : {}),
    ...(explainability
      ? {Explainability: {ConfigFile: explainability.config, Constraints: explainability.constraints}}
      : {}),
  }
}

function qualityFiles(files: {readonly statistics: Value | undefined; readonly constraints: Value | undefined}): Files {
  return {Statistics: files.statistics, Constraints: files.constraints}
}

function reports(kinds: Readonly<Record<string, Files>>, scope: StepScope): JsonObject {
  return Object.fromEntries(
    Object.entries(kinds).map(([kind, files]) => [
      kind,
      Object.fromEntries(
        Object.entries(files).flatMap(([name, uri]) =>
          uri ? [[name, {ContentType: contentType, S3Uri: compileText(uri, scope)}]] : [],
        ),
      ),
    ]),
  )
}

function filePlaces(base: string, kinds: Readonly<Record<string, Files>>): Place[] {
  return Object.entries(kinds).flatMap(([kind, files]) =>
    Object.entries(files).map(([name, uri]): Place => [`${base}.${kind}.${name}`, uri?.range]),
  )
}
