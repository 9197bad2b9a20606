// A QualityCheck: the data or model quality of the data set that the job's environment names.
// Source: sagemaker-python-sdk, model_monitoring.py, names of the environment variables.

import {clientFault} from '../job-fault.ts'
import type {JobContext} from '../job-plan.ts'
import {textMapAt} from '../request-fields.ts'
import type {Analyse, Analysis} from './analysis.ts'
import {constraintsDocument} from './data/constraints.ts'
import {profileDataset} from './data/profile.ts'
import {statisticsDocument} from './data/statistics.ts'
import {findDataViolations} from './data/violations.ts'
import {type DatasetFormat, parseDatasetFormat} from './dataset.ts'
import {readOutcomes} from './model/outcomes.ts'
import {assessQuality, findQualityViolations, problemTypes} from './model/quality.ts'

type Environment = Readonly<Record<string, string>>

export const analyseQuality: Analyse = async (context, {type}, filesAt, isStopped) => {
  const environment = textMapAt(context.request.arguments, 'Environment')
  const format = parseDatasetFormat(environment.dataset_format)
  const files = await filesAt(environment.dataset_source ?? '/opt/ml/processing/input/baseline_dataset_input')
  for (const script of ['record_preprocessor_script', 'post_analytics_processor_script']) {
    if (environment[script] !== undefined) context.note(`${script} is not run here: it needs Model Monitor's container`)
  }
  return type === 'DATA_QUALITY'
    ? dataQuality(context, files, format, isStopped)
    : modelQuality(context, environment, files, format, isStopped)
}

async function dataQuality(
  context: JobContext,
  files: readonly string[],
  format: DatasetFormat,
  isStopped: () => boolean,
): Promise<Analysis> {
  const {columns, rows} = await profileDataset(files, format, isStopped)
  context.note(
    `${rows} rows of ${columns.length} columns; distributions are of all values, where Model Monitor estimates`,
  )
  return {
    documents: {
      'statistics.json': statisticsDocument(columns, rows),
      'constraints.json': constraintsDocument(columns, rows),
    },
    statisticsFile: 'statistics.json',
    constraintsFile: 'constraints.json',
    compare: (baseline) => findDataViolations(columns, rows, baseline),
  }
}

async function modelQuality(
  context: JobContext,
  environment: Environment,
  files: readonly string[],
  format: DatasetFormat,
  isStopped: () => boolean,
): Promise<Analysis> {
  const type = problemTypes.find((one) => one === environment.problem_type)
  if (!type) throw clientFault(`problem_type is ${environment.problem_type}; it can be ${problemTypes.join(', ')}`)
  const {outcomes, skipped} = await readOutcomes(files, format, readAttributes(environment), isStopped)
  context.note(
    `${outcomes.actual.length} rows${skipped === 0 ? '' : `, ${skipped} left out because a value is missing`}`,
  )

  const {statistics, constraints} = assessQuality(type, outcomes)
  return {
    documents: {'statistics.json': statistics, 'constraints.json': constraints},
    statisticsFile: 'statistics.json',
    constraintsFile: 'constraints.json',
    compare: (baseline) => findQualityViolations(type, statistics, baseline.constraints),
  }
}

function readAttributes(environment: Environment) {
  const {ground_truth_attribute: groundTruth, inference_attribute: inference} = environment
  const {probability_attribute: probability, probability_threshold_attribute: threshold = '0.5'} = environment
  if (groundTruth === undefined) throw clientFault('the environment has no ground_truth_attribute')
  if (inference === undefined && probability === undefined) {
    throw clientFault('the environment has neither inference_attribute nor probability_attribute')
  }
  if (Number.isNaN(Number(threshold)))
    throw clientFault(`probability_threshold_attribute is "${threshold}", which is no number`)
  return {groundTruth, inference, probability, threshold: Number(threshold)}
}
