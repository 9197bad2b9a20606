// A model that no execution says to have registered: made with an SDK or in the console, or by an execution that is there no more.
// The place of its file may tell the step that made it; else SageMaker's own lineage tells the jobs behind it.

import type {Cloud, ModelPackage} from '../../cloud/ports.ts'
import {isJsonObject} from '../../definition/json.ts'
import {textAt} from '../../definition/json-members.ts'
import {describedFacts, describedTimes} from '../../lineage/described.ts'
import type {StepKey, StepRun} from '../../lineage/provenance.ts'
import {executionId, pipelineOfExecution} from '../executions/execution-arn.ts'
import {jobsBehind} from './associations.ts'
import type {Records} from './records.ts'
import {makerByPlace, walkBack} from './walk.ts'

const executionTag = 'sagemaker:pipeline-execution-arn'

export async function stepsOutside(model: ModelPackage, cloud: Cloud, records: Records): Promise<StepRun[]> {
  const {arn, modelDataUrl} = model
  const place = modelDataUrl === undefined ? undefined : await makerByPlace(modelDataUrl, arn, records)
  const who = registrant(model, records)
  if (place) {
    records.note(`${who}: what made its file is followed from the file's place`)
    return walkBack([place], records)
  }
  // What a step that trains nothing has made is known by its folder.
  const places = modelDataUrl === undefined ? [] : [modelDataUrl, modelDataUrl.replace(/\/[^/]*$/, '')]
  const known = [arn, ...places]
  const jobs = await jobsBehind(known, cloud, records)
  if (!jobs) {
    records.note(
      isOfExecution(model)
        ? `${who}, and SageMaker has no lineage of it`
        : `${who}, and SageMaker has no lineage of it: it was made outside of pipelines, or its lineage was deleted`,
    )
    return []
  }
  records.note(`${who}: the jobs behind it are those of SageMaker's lineage, which knows no contents`)
  return stepsOfJobs(jobs, cloud, records)
}

function isOfExecution({generatedBy = ''}: ModelPackage): boolean {
  return pipelineOfExecution(generatedBy) !== undefined
}

function registrant(model: ModelPackage, records: Records): string {
  const {group, version, generatedBy = ''} = model
  const name = `${group}/${version}`
  if (!isOfExecution(model)) return `no execution registered ${name}`
  const state = records.isGone(generatedBy) ? 'is there no more' : 'cannot be followed'
  return `the execution ${executionId(generatedBy)} that registered ${name} ${state}`
}

/** Jobs of a step that is still known are followed to it; others stand alone, under the execution that SageMaker's tags name. */
export async function stepsOfJobs(jobs: readonly string[], cloud: Cloud, records: Records): Promise<StepRun[]> {
  const starts: StepKey[] = []
  const alone: StepRun[] = []
  for (const job of [...new Set(jobs)]) {
    const executionArn = await executionOfJob(job, cloud, records)
    const step = executionArn === undefined ? undefined : await stepOfJob(job, executionArn, records)
    if (step) starts.push(step)
    else alone.push(...(await jobAlone(job, executionArn ?? job, records)))
  }
  return [...alone.sort((a, b) => (a.startedAtMs ?? 0) - (b.startedAtMs ?? 0)), ...(await walkBack(starts, records))]
}

/** SageMaker tags the jobs of a step with its execution. */
async function executionOfJob(job: string, cloud: Cloud, records: Records): Promise<string | undefined> {
  const tags = await records.attempt(`what started ${job.split(':').at(-1)}`, () => cloud.pipelines.tags(job))
  return tags?.find(({key}) => key === executionTag)?.value
}

async function stepOfJob(job: string, executionArn: string, records: Records): Promise<StepKey | undefined> {
  const record = await records.execution(executionArn)
  const step = [...(record?.steps.values() ?? [])].find(({job: own}) => own?.arn === job)
  return step && {executionArn, step: step.name}
}

async function jobAlone(arn: string, executionArn: string, records: Records): Promise<StepRun[]> {
  const description = await records.properties(arn)
  if (!description || !isJsonObject(description)) return []
  const status = ['Training', 'Processing', 'Transform', 'HyperParameterTuning', 'AutoML'].flatMap(
    (kind) => textAt(description, `${kind}JobStatus`) ?? [],
  )[0]
  return [
    {
      executionArn,
      step: arn.slice(arn.lastIndexOf('/') + 1),
      type: typeOf(arn),
      status: status ?? '',
      jobArn: arn,
      ...describedTimes(description),
      takenOverBy: [],
      parameters: [],
      after: [],
      ...describedFacts(description),
    },
  ]
}

const types: Readonly<Record<string, string>> = {
  'training-job': 'Training',
  'processing-job': 'Processing',
  'transform-job': 'Transform',
  'hyper-parameter-tuning-job': 'Tuning',
  'automl-job': 'AutoML',
}

function typeOf(arn: string): string {
  return types[arn.split(':')[5]?.split('/')[0] ?? ''] ?? ''
}
