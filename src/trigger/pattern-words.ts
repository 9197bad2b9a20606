// What a rule waits for, read from its event pattern, whoever wrote it: a kind and one phrase. Only what is certain is put
// into words; whatever else the pattern asks for is called further conditions.

import {type EventPattern, type Field, parsePattern} from '../events/pattern.ts'

/** `alarm`: of CloudWatch; `event`: anything else. */
export type AwaitedKind = 's3' | 'model' | 'pipeline' | 'alarm' | 'drift' | 'event'

export type Awaited = {
  readonly kind: AwaitedKind
  readonly phrase: string
  /** The buckets, or the alarms, that the pattern names. */
  readonly subjects: readonly string[]
}

export function describePattern(text: string): Awaited {
  const parsed = parsePattern(text)
  if (parsed.kind === 'invalid') {
    return {kind: 'event', phrase: 'events of a pattern that cannot be read', subjects: []}
  }
  const fields = readFields(parsed.pattern)
  const [source, detailType] = ['source', 'detail-type'].map((path) => onlyText(fields, path))
  const reader = readers[`${source} ${detailType}`]
  const read = reader?.(fields) ?? readEvent(fields)
  const isWhole = [...fields.paths].every((path) => envelope.has(path) || read.said.has(path))
  const {kind, phrase, subjects = []} = read
  return {kind, phrase: isWhole ? phrase : `${phrase}, with further conditions`, subjects}
}

type Fields = {
  /** Of the fields that all branches of the pattern have alike: the matchers, as JSON. */
  readonly common: ReadonlyMap<string, readonly unknown[]>
  readonly paths: ReadonlySet<string>
}

type Read = Pick<Awaited, 'kind' | 'phrase'> & {
  readonly subjects?: readonly string[]
  /** The fields that the phrase tells of. */
  readonly said: ReadonlySet<string>
}

/** Where an event comes from is said by its source, or goes without saying. */
const envelope = new Set(['source', 'detail-type', 'account', 'region'])

const readers: Readonly<Record<string, (fields: Fields) => Read | undefined>> = {
  'aws.s3 Object Created': readObject,
  'aws.sagemaker SageMaker Model Package State Change': readModel,
  'aws.sagemaker SageMaker Model Building Pipeline Execution Status Change': readPipeline,
  'aws.sagemaker SageMaker Processing Job State Change': readViolation,
  'aws.cloudwatch CloudWatch Alarm State Change': readAlarm,
}

function readObject(fields: Fields): Read {
  const [bucketPath, keyPath] = ['detail.bucket.name', 'detail.object.key']
  const buckets = texts(fields, bucketPath)
  const keys = fields.common.get(keyPath)?.map(keyGlob)
  const isSaid = keys?.every((key) => key !== undefined) ?? false
  const places = (buckets ?? ['any bucket']).flatMap((bucket) =>
    isSaid ? (keys ?? []).map((key) => placeOf(buckets && bucket, key)) : [placeOf(buckets && bucket, undefined)],
  )
  const said = [...(buckets ? [bucketPath] : []), ...(isSaid ? [keyPath] : [])]
  const preposition = isSaid ? 'at' : 'into'
  return {
    kind: 's3',
    phrase: `an object is put ${preposition} ${either(places)}`,
    said: new Set(said),
    subjects: buckets ?? [],
  }
}

function placeOf(bucket: string | undefined, key: string | undefined): string {
  const place = bucket === undefined ? undefined : `s3://${bucket}`
  if (key === undefined) return place ?? 'any bucket'
  return place === undefined ? `${key} of any bucket` : `${place}/${key}`
}

/** Undefined for matchers that no glob can say. */
function keyGlob(matcher: unknown): string | undefined {
  if (typeof matcher === 'string') return matcher
  const [[name, value] = [], ...more] = isRecord(matcher) ? Object.entries(matcher) : []
  if (typeof value !== 'string' || more.length > 0) return undefined
  if (name === 'prefix') return `${value}*`
  if (name === 'suffix') return `*${value}`
  return name === 'wildcard' ? value : undefined
}

function readModel(fields: Fields): Read {
  const [groupPath, approvalPath] = ['detail.ModelPackageGroupName', 'detail.ModelApprovalStatus']
  const groups = texts(fields, groupPath)
  const approvals = texts(fields, approvalPath)
  const isCreation = JSON.stringify(fields.common.get(updatedPath)) === '[{"exists":false}]'
  const said = new Set([
    ...(groups ? [groupPath] : []),
    ...(approvals ? [approvalPath] : []),
    // How a pattern tells the event of an approval, and of a registration, from those of later edits.
    ...(approvals || isCreation ? [updatedPath, 'detail.ModelPackageStatus'] : []),
  ])
  const what = groups ? `a model of ${either(groups)}` : 'a model of any group'
  if (approvals) return {kind: 'model', phrase: `${what} is ${either(approvals.map(approvalWord))}`, said}
  return {kind: 'model', phrase: `${what} ${isCreation ? 'is registered' : 'changes'}`, said}
}

const updatedPath = 'detail.UpdatedModelPackageFields'

function approvalWord(approval: string): string {
  return approval === 'PendingManualApproval' ? 'set to wait for approval' : approval.toLowerCase()
}

function readPipeline(fields: Fields): Read {
  const [arnPath, statusPath] = ['detail.pipelineArn', 'detail.currentPipelineExecutionStatus']
  const arns = texts(fields, arnPath)
  const statuses = texts(fields, statusPath)
  const which = arns ? `pipeline ${either(arns.map((arn) => arn.slice(arn.lastIndexOf('/') + 1)))}` : 'any pipeline'
  const did = statuses ? either(statuses.map((status) => statusWords[status] ?? `is ${status}`)) : 'changes its status'
  const said = new Set([...(arns ? [arnPath] : []), ...(statuses ? [statusPath] : [])])
  return {kind: 'pipeline', phrase: `${which} ${did}`, said}
}

const statusWords: Readonly<Record<string, string>> = {
  Succeeded: 'succeeds',
  Failed: 'fails',
  Stopped: 'stops',
  Executing: 'starts',
}

function readAlarm(fields: Fields): Read {
  const [namePath, statePath] = ['detail.alarmName', 'detail.state.value']
  const names = texts(fields, namePath)
  const states = texts(fields, statePath)
  const which = names ? `alarm ${either(names)}` : 'any alarm'
  const said = new Set([...(names ? [namePath] : []), ...(states ? [statePath] : [])])
  return {
    kind: 'alarm',
    phrase: `${which} ${states ? `goes to ${either(states)}` : 'changes its state'}`,
    said,
    subjects: names ?? [],
  }
}

/** Undefined for processing jobs of another kind. */
function readViolation(fields: Fields): Read | undefined {
  const paths = ['detail.MonitoringScheduleArn', 'detail.ExitMessage', 'detail.ProcessingJobStatus']
  const monitors = texts(fields, paths[0] ?? '')
  const isViolation =
    JSON.stringify(fields.common.get('detail.ExitMessage')) === '[{"prefix":"CompletedWithViolations"}]'
  if (!monitors || !isViolation) return undefined
  const names = monitors.map((arn) => arn.slice(arn.lastIndexOf('/') + 1))
  return {kind: 'drift', phrase: `monitor ${either(names)} finds violations`, said: new Set(paths)}
}

function readEvent(fields: Fields): Read {
  const sources = texts(fields, 'source')
  const detailTypes = texts(fields, 'detail-type')
  const what = detailTypes ? `an event "${detailTypes.join('" or "')}"` : 'an event'
  return {kind: 'event', phrase: sources ? `${what} of ${either(sources)}` : what, said: new Set()}
}

function readFields({branches}: EventPattern): Fields {
  const [first = [], ...others] = branches
  const isCommon = ({path, written}: Field) =>
    others.every((branch) => branch.some((field) => field.path === path && field.written === written))
  return {
    common: new Map(first.filter(isCommon).map(({path, written}) => [path, matchersOf(written)])),
    paths: new Set(branches.flatMap((branch) => branch.map(({path}) => path))),
  }
}

/** What was read as a pattern can still hold numbers that JSON cannot. */
function matchersOf(written: string): readonly unknown[] {
  try {
    const matchers: unknown = JSON.parse(written)
    return Array.isArray(matchers) ? matchers : []
  } catch {
    return []
  }
}

/** The strings that the field has to be one of; undefined when it may be something else. */
function texts({common}: Fields, path: string): readonly string[] | undefined {
  const matchers = common.get(path)
  const strings = matchers?.filter((matcher) => typeof matcher === 'string')
  return strings && strings.length > 0 && strings.length === matchers?.length ? strings : undefined
}

function onlyText(fields: Fields, path: string): string | undefined {
  const [only, ...others] = texts(fields, path) ?? []
  return others.length === 0 ? only : undefined
}

const mostNamed = 3

function either(items: readonly string[]): string {
  const more = items.length - mostNamed
  if (more > 0) return `${items.slice(0, mostNamed).join(', ')} or ${more} more`
  return items.join(' or ')
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null
}
