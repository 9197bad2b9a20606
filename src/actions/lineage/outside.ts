// A model that no execution says to have registered: made with an SDK or in the console, or by an execution that is there no more.
// The place of its file may tell the step that made it; else SageMaker's own lineage tells the jobs behind it.

import type {Cloud, ModelPackage} from '../../cloud/ports.ts'
import {isJsonObject} from '../../definition/json.ts'
import {textAt} from '../../definition/json-members.ts'
import {describedFacts, describedTimes} from '../../lineage/described.ts'
import type {StepKey, StepRun} from '../../lineage/provenance.ts'
import {jobsBehind} from './associations.ts'
import type {Records} from './records.ts'
import {makerByPlace, walkBack} from './walk.ts'

const executionTag = 'sagemaker:pipeline-execution-arn'

export async function stepsOutside(model: ModelPackage, cloud: Cloud, records: Records): Promise<StepRun[]> {
  const {arn, group, version, modelDataUrl} = model
  const name = `${group}/${version}`
  const place = modelDataUrl === undefined ? undefined : await makerByPlace(modelDataUrl, arn, records)
  if (place) {
    records.note(`no execution registered ${name}: what made its file is followed from the file's place`)
    return walkBack([place], records)
  }
  const known = [arn, ...(modelDataUrl === undefined ? [] : [modelDataUrl])]
  const jobs = await jobsBehind(known, cloud, records)
  if (!jobs) {
    records.note(
      `no execution registered ${name}, and SageMaker has no lineage of it: it was made outside of pipelines, or its lineage was deleted`,
    )
    return []
  }
  records.note(
    `no execution registered ${name}: the jobs behind it are those of SageMaker's lineage, which knows no contents`,
  )
  const starts: StepKey[] = []
  const alone: StepRun[] = []
  for (const job of [...new Set(jobs)]) {
    const step = await stepOfJob(job, cloud, records)
    if (step) starts.push(step)
    else alone.push(...(await jobAlone(job, records)))
  }
  return [...alone.sort((a, b) => (a.startedAtMs ?? 0) - (b.startedAtMs ?? 0)), ...(await walkBack(starts, records))]
}

/** SageMaker tags the jobs of a step with its execution. */
async function stepOfJob(job: string, cloud: Cloud, records: Records): Promise<StepKey | undefined> {
  const tags = await records.attempt(`what started ${job.split(':').at(-1)}`, () => cloud.pipelines.tags(job))
  const executionArn = tags?.find(({key}) => key === executionTag)?.value
  const record = executionArn === undefined ? undefined : await records.execution(executionArn)
  const step = [...(record?.steps.values() ?? [])].find(({job: own}) => own?.arn === job)
  return executionArn !== undefined && step ? {executionArn, step: step.name} : undefined
}

async function jobAlone(arn: string, records: Records): Promise<StepRun[]> {
  const description = await records.properties(arn)
  if (!description || !isJsonObject(description)) return []
  const status = ['Training', 'Processing', 'Transform', 'HyperParameterTuning', 'AutoML'].flatMap(
    (kind) => textAt(description, `${kind}JobStatus`) ?? [],
  )[0]
  return [
    {
      executionArn: arn,
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
