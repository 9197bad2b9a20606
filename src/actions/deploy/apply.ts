// Makes a target hold a deployment, in an order in which what is there is always whole: first what the pipeline needs, then
// the pipeline. What breaks off is told as such, and goes on from there when it is deployed again.

import type {Cloud, Tag} from '../../cloud/ports.ts'
import {amended, MlpipeError} from '../../diagnostics/mlpipe-error.ts'
import {sha256} from '../../project/origin-tags.ts'
import type {World} from '../world.ts'
import type {Deployment} from './deployment.ts'
import {locateRefusal} from './locate-refusal.ts'
import {noteOrigin} from './note-origin.ts'
import type {Standing} from './standing.ts'
import {countFiles, sendUploads} from './uploads.ts'

export type Applied = {
  readonly outcome: 'created' | 'updated' | 'unchanged'
  readonly arn: string
  readonly versionId?: number
}

/** SageMaker's own SDK sends a longer definition through S3 (sagemaker-python-sdk, Pipeline.create). */
const inlineLimitBytes = 100 * 1024

/** `again` is the command that goes on after a failure. */
export async function apply(
  deployment: Deployment,
  standing: Standing,
  cloud: Cloud,
  world: Pick<World, 'now' | 'reporter'>,
  again: string,
): Promise<Applied> {
  const done: string[] = []
  const sent = {files: 0}
  try {
    await sendUploads(standing.missing, cloud.objects, world.reporter, sent)
    for (const group of standing.missingGroups) {
      if (await cloud.registry.ensureGroup(group)) done.push(`the model package group ${group} is created`)
    }
    return await upsert(deployment, standing, cloud, world, done)
  } catch (error) {
    const files = countFiles(standing.missing)
    const uploaded = sent.files === 0 ? [] : [`${sent.files} of ${files} ${files === 1 ? 'file' : 'files'} uploaded`]
    throw halfDone(error, [...uploaded, ...done], again)
  }
}

/** A deploy that changes nothing calls no update. What it is made from is noted first, so that no execution begins without. */
async function upsert(
  deployment: Deployment,
  standing: Standing,
  cloud: Cloud,
  world: Pick<World, 'now' | 'reporter'>,
  done: string[],
): Promise<Applied> {
  const {before, would, changesMoreThanTags} = standing
  const origin = await deployment.origin()
  const isUnchanged = before !== undefined && would === 'change-nothing'
  if (!isUnchanged || !isOfOrigin(standing.tags, origin)) await noteOrigin(deployment, origin, cloud, world)
  if (isUnchanged) return {arn: before.arn, outcome: 'unchanged'}

  const {pipeline: name, definition, settings} = deployment
  const {tags: own, ...beside} = settings
  const tags: Tag[] = [...Object.entries(own).map(([key, value]) => ({key, value})), ...origin]
  const refused = (error: unknown) => {
    throw locateRefusal(error, deployment)
  }
  if (!before) {
    const upload = {name, definition, ...beside, ...(await putLongDefinition(deployment, cloud))}
    return {...(await cloud.pipelines.create(upload, tags).catch(refused)), outcome: 'created'}
  }
  const updated = changesMoreThanTags
    ? await cloud.pipelines
        .update({name, definition, ...beside, ...(await putLongDefinition(deployment, cloud))})
        .catch(refused)
    : {arn: before.arn}
  if (changesMoreThanTags) done.push('the pipeline is updated')
  await cloud.pipelines.tag(before.arn, tags)
  return {...updated, outcome: 'updated'}
}

/** Whether the tags tell the same commit and spec already. */
function isOfOrigin(tags: readonly Tag[], origin: readonly Tag[]): boolean {
  const values = new Map(tags.map(({key, value}) => [key, value]))
  return origin.every(({key, value}) => values.get(key) === value)
}

async function putLongDefinition(
  {pipeline, target, definition}: Deployment,
  {objects}: Cloud,
): Promise<{definitionUri?: string}> {
  const bytes = Buffer.from(definition)
  if (target.kind === 'local' || bytes.length < inlineLimitBytes) return {}
  const definitionUri = `s3://${target.bucket}/${pipeline}/definitions/${sha256(definition)}.json`
  if (!(await objects.exists(definitionUri))) await objects.put(definitionUri, bytes)
  return {definitionUri}
}

function halfDone(error: unknown, done: readonly string[], again: string): unknown {
  if (!(error instanceof MlpipeError) || error.who === 'bug') return error
  const untouched = done.includes('the pipeline is updated') ? [] : ['the pipeline is as it was']
  const message = `the deploy is not done (${[...done, ...untouched].join(', ')}): ${error.message}`
  return amended(error, {message, nextSteps: [...error.nextSteps, `${again}  (goes on from there)`]})
}
