// Joins that a short name stands for: the model artifact of a tuning step's best job, and where a report lies.

import {isJsonObject, type Json, type JsonObject} from '../definition/json.ts'

export type ShortJoin = {readonly stepName: string; readonly path: string}

/** `values` are those of a join without separator. */
export function shortJoin(values: readonly Json[], steps: ReadonlyMap<string, JsonObject>): ShortJoin | undefined {
  const texts = values.map((value) => (isJsonObject(value) ? value.Get : value))
  if (!texts.every((text) => typeof text === 'string')) return undefined
  return bestModel(texts, steps) ?? reportPath(texts, steps)
}

/** `<S3OutputPath>/<TrainingJobName>/output/model.tar.gz`; an S3OutputPath may end with the slash. */
function bestModel(texts: readonly string[], steps: ReadonlyMap<string, JsonObject>): ShortJoin | undefined {
  const [output = '', job = '', ...file] = texts.filter((text) => text !== '/')
  if (file.join() !== '/output/model.tar.gz') return undefined
  const [, stepName = '', list] =
    /^Steps\.([\w-]+)\.TrainingJobDefinition(s\[0\])?\.OutputDataConfig\.S3OutputPath$/.exec(output) ?? []
  const [, ofStep, best, at] =
    /^Steps\.([\w-]+)\.(?:(BestTrainingJob)|TrainingJobSummaries\[(\d+)\])\.TrainingJobName$/.exec(job) ?? []
  const step = steps.get(stepName)
  if (step?.Type !== 'Tuning' || ofStep !== stepName || !isJsonObject(step.Arguments)) return undefined
  if ((list !== undefined) !== (step.Arguments.TrainingJobDefinitions !== undefined)) return undefined
  return {stepName, path: best ? 'best.model' : `top[${at}].model`}
}

/** The URI of the output, and the file in it. */
function reportPath(
  [output = '', file = '', extra]: readonly string[],
  steps: ReadonlyMap<string, JsonObject>,
): ShortJoin | undefined {
  const [, stepName = '', name] =
    /^Steps\.([\w-]+)\.ProcessingOutputConfig\.Outputs\['([^']+)'\]\.S3Output\.S3Uri$/.exec(output) ?? []
  const files = steps.get(stepName)?.PropertyFiles
  if (extra !== undefined || name === undefined || !Array.isArray(files)) return undefined
  const report = files
    .filter(isJsonObject)
    .find(({OutputName, FilePath}) => OutputName === name && `/${String(FilePath)}` === file)?.PropertyFileName
  return typeof report === 'string' && /^[\w-]+$/.test(report) ? {stepName, path: `reports.${report}.path`} : undefined
}
