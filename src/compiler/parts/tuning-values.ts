// Short references to a tuning step: its best training jobs, and the tuning job itself.

import type {StepOf} from '../../spec/pipeline-spec.ts'
import {type PathPart, partName, type Reference} from '../../spec/value.ts'
import type {Resolved, StepScope} from '../context.ts'
import {join, staticText} from '../values/compile-value.ts'
import {reportNoValue} from '../values/nested-values.ts'

type TuningSpec = StepOf<'tuning'>

/** A tuning step shows as many of its best jobs. Source: Developer Guide, "Tuning step". */
const shownJobs = 50

/** `best.model`, `top[1].metric`, `job`, `image`. */
export function tuningValue(
  step: TuningSpec,
  [kind, ...path]: readonly PathPart[],
  reference: Reference,
  scope: StepScope,
): Resolved | 'unknown' | undefined {
  if (kind?.kind !== 'name') return 'unknown'
  const get = (member: string) => ({Get: `Steps.${step.name}.${member}`})
  if (kind.name === 'best') return jobProperty(step, {short: 'best', own: 'BestTrainingJob'}, path, reference, scope)
  if (kind.name === 'top') {
    const [place, ...rest] = path
    const at = place?.kind === 'index' ? place.index : undefined
    if (at === undefined || at >= shownJobs) {
      const message = `"${reference.text}" names none of the best jobs`
      const help = `steps.${step.name}.top[0] is the best, top[${shownJobs - 1}] the last that SageMaker lists`
      scope.findings.error('unsupported-reference', place?.range ?? reference.range, message, {help})
      return undefined
    }
    return jobProperty(step, {short: `top[${at}]`, own: `TrainingJobSummaries[${at}]`}, rest, reference, scope)
  }
  if (path.length > 0) return 'unknown'
  if (kind.name === 'job') return {json: get('HyperParameterTuningJobName'), type: 'String'}
  if (kind.name === 'image') {
    return {json: get(`${firstDefinition(step)}.AlgorithmSpecification.TrainingImage`), type: 'String'}
  }
  return 'unknown'
}

function firstDefinition({definitions}: TuningSpec): string {
  return definitions ? 'TrainingJobDefinitions[0]' : 'TrainingJobDefinition'
}

/** One of the training jobs: its short name, and where it stands in what describing the tuning job shows. */
type JobPath = {readonly short: string; readonly own: string}

const jobValues = ['model', 'job', 'metric', 'hyperparameters']

/** `model`, `job`, `metric` and `hyperparameters.x` of one of the training jobs. */
function jobProperty(
  step: TuningSpec,
  job: JobPath,
  path: readonly PathPart[],
  reference: Reference,
  scope: StepScope,
): Resolved | undefined {
  const get = (member: string) => ({Get: `Steps.${step.name}.${member}`})
  const [kind, name, extra] = path
  const value = partName(kind)
  if (value === 'hyperparameters' && name && !extra) {
    return {json: get(`${job.own}.TunedHyperParameters['${partName(name)}']`), type: 'String'}
  }
  if (value === 'job' && !name) return {json: get(`${job.own}.TrainingJobName`), type: 'String'}
  if (value === 'metric' && !name) {
    return {json: get(`${job.own}.FinalHyperParameterTuningJobObjectiveMetric.Value`), type: 'Float'}
  }
  if (value !== 'model' || name) {
    return reportNoValue(`steps.${step.name}.${job.short}`, path, jobValues, reference, scope)
  }
  // Every job writes below the output of the search. The path is asked of the job, not of the spec: where the step is
  // reused, it is that of the earlier execution.
  const output = get(`${firstDefinition(step)}.OutputDataConfig.S3OutputPath`)
  const slash = staticText(step.output, scope)?.endsWith('/') ? '' : '/'
  return {json: join([output, slash, get(`${job.own}.TrainingJobName`), '/output/model.tar.gz']), type: 'String'}
}
