// How a target stands to what is to be deployed: what is there, what differs, what is missing. Changes nothing.

import type {Cloud, Pipeline, Tag} from '../../cloud/ports.ts'
import {sameJson} from '../../definition/exact-json.ts'
import {type Change, definitionChanges, toChange} from '../../diff/definition-changes.ts'
import {versionTag} from '../../project/origin-tags.ts'
import {readDefinition} from '../executions/definition-outline.ts'
import type {ChangeReport} from '../forecast/forecast.ts'
import type {LineFinder} from '../forecast/forecast-run.ts'
import {settingDifferences} from '../pipeline-settings.ts'
import {checkBucket, orTellBucket} from './check-bucket.ts'
import type {Deployment} from './deployment.ts'
import {type MissingUpload, missingUploads} from './uploads.ts'

export type Standing = {
  /** Absent when it is not deployed. */
  readonly before: Pipeline | undefined
  /** Of the deployed pipeline, where they matter. */
  readonly tags: readonly Tag[]
  /** The pipeline was made by something else than mlpipe. */
  readonly isForeign: boolean
  readonly would: 'create' | 'update' | 'change-nothing'
  /** Whether an update has to say more than tags. */
  readonly changesMoreThanTags: boolean
  readonly changes: readonly Change[]
  readonly missing: readonly MissingUpload[]
  readonly missingGroups: readonly string[]
}

export async function standingOf(deployment: Deployment, cloud: Cloud): Promise<Standing> {
  const {pipeline, target, uploads} = deployment
  const before = await cloud.pipelines.describe(pipeline)
  const tags = before ? await tagsOf(before, deployment, cloud) : []
  const missing = await orTellBucket(target, cloud, () => missingUploads(uploads, cloud.objects))
  if (missing.length > 0 || !before) await checkBucket(target, cloud)
  const isForeign = before !== undefined && target.kind === 'aws' && !tags.some(({key}) => key === versionTag)
  const missingGroups = await groupsNotThere(deployment, cloud)
  return {before, tags, isForeign, ...difference(before, tags, deployment), missing, missingGroups}
}

/** One call, saved where nothing would be read from the answer. */
function tagsOf(
  {arn}: Pipeline,
  {target, settings}: Deployment,
  cloud: Cloud,
): Promise<readonly Tag[]> | readonly Tag[] {
  const matter = target.kind === 'aws' || Object.keys(settings.tags).length > 0
  return matter ? cloud.pipelines.tags(arn) : []
}

function difference(
  before: Pipeline | undefined,
  tags: readonly Tag[],
  {definition, settings}: Deployment,
): Pick<Standing, 'would' | 'changesMoreThanTags' | 'changes'> {
  if (!before) return {would: 'create', changesMoreThanTags: true, changes: []}
  const differing = settingDifferences(before, tags, settings)
  const isSame = hasSameDefinition(before, definition)
  const would = isSame && differing.length === 0 ? 'change-nothing' : 'update'
  return {
    would,
    changesMoreThanTags: !isSame || differing.some(({path}) => !path.startsWith('Tags')),
    changes: [
      ...differing.map((one) => toChange({kind: 'pipeline', name: ''}, one)),
      ...(isSame ? [] : changesOfDefinition(before.definition, definition)),
    ],
  }
}

/** What was deployed by hand may be no JSON at all. */
function hasSameDefinition(before: Pipeline, definition: string): boolean {
  try {
    return sameJson(before.definition, definition)
  } catch {
    return false
  }
}

function changesOfDefinition(before: string, after: string): Change[] {
  const [left, right] = [readDefinition(before), readDefinition(after)]
  return left && right ? definitionChanges(left, right) : []
}

async function groupsNotThere({groups}: Deployment, cloud: Cloud): Promise<string[]> {
  if (groups.length === 0) return []
  const existing = new Set((await cloud.registry.groups()).map(({name}) => name))
  return groups.filter((group) => !existing.has(group))
}

/** Changes with the lines of the spec that they come from. */
export function changeReports(changes: readonly Change[], lines: LineFinder | undefined): ChangeReport[] {
  return changes.map((change) => {
    const line = lines && lineOf(change, lines)
    return {...change, ...(line === undefined ? {} : {line})}
  })
}

function lineOf({kind, subject, path}: Change, lines: LineFinder): number | undefined {
  const {name} = subject
  if (subject.kind === 'parameter') return lines.parameter(name, path)
  const isGone = kind === 'removed' && path === ''
  return subject.kind === 'step' && !isGone ? lines.step(name, path) : undefined
}
