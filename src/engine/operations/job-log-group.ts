// The names of CloudWatch log groups and streams that the jobs of steps write to.
// "Log Amazon SageMaker Events with Amazon CloudWatch": a group for each kind of job, streams `<job>/algo-1-<epoch seconds>`.
// "Working with Lambda function logs": a group for each function, streams `<date>/[$LATEST]<id>`. What has no group on AWS has
// one of ours, /mlpipe/<kind>.

import {type JobKind, jobKinds} from '../runners/job-types.ts'
import type {Db, SqlValue} from '../store/database.ts'
import {findJobByName, findLogSources, isOneOf, type JobRow} from '../store/jobs.ts'
import {findEndpointGroup} from './endpoint-logs.ts'
import {containing} from './paging.ts'
import {refuse} from './reply.ts'

const groups: Readonly<Record<string, readonly JobKind[]>> = {
  '/aws/sagemaker/ProcessingJobs': ['Processing', 'QualityCheck', 'ClarifyCheck'],
  '/aws/sagemaker/TrainingJobs': ['Training'],
  '/aws/sagemaker/TransformJobs': ['Transform'],
}

const lambdaGroup = '/aws/lambda/'
const ownGroup = '/mlpipe/'

export type LogGroup = {
  readonly kind: 'log-group'
  readonly kinds: readonly JobKind[]
  /** As conditions on the table of jobs. */
  readonly where: readonly (readonly [condition: string, value: SqlValue])[]
}

type GroupInput = {readonly logGroupName?: string; readonly logGroupIdentifier?: string}

/** The jobs or the endpoint that a request's log group is for, or the fault. */
export function logGroupOf(input: GroupInput, stateDirectory: string) {
  const given = input.logGroupName ?? input.logGroupIdentifier
  if (given === undefined) return refuse('InvalidParameterException', 'logGroupName or logGroupIdentifier is required.')
  const name = given.startsWith('arn:') ? given.split(':').slice(6).join(':').replace(/:\*$/, '') : given
  const group = findGroup(name) ?? findEndpointGroup(stateDirectory, name)
  return group ?? refuse('ResourceNotFoundException', 'The specified log group does not exist.')
}

export function streamName(job: JobRow): string {
  const startedAtMs = job.startedAtMs ?? job.createdAtMs
  if (job.kind !== 'Lambda') return `${job.name}/algo-1-${Math.floor(startedAtMs / 1000)}`
  const date = new Date(startedAtMs).toISOString().slice(0, 10).replaceAll('-', '/')
  return `${date}/[$LATEST]${job.name}`
}

/** The job whose stream has this name. */
export function jobOfStream(db: Db, {kinds}: LogGroup, stream: string): JobRow | undefined {
  const name = kinds.includes('Lambda') ? stream.slice(stream.indexOf(']') + 1) : stream.slice(0, stream.indexOf('/'))
  return findJobByName(db, kinds, name)
}

function findGroup(name: string): LogGroup | undefined {
  if (name.startsWith(lambdaGroup)) return groupFor(['Lambda'], [ofFunction(name.slice(lambdaGroup.length))])
  const own = name.startsWith(ownGroup) ? jobKinds.find((kind) => kind === name.slice(ownGroup.length)) : undefined
  const kinds = Object.hasOwn(groups, name) ? groups[name] : undefined
  if (own) return groupFor([own], [])
  return kinds && groupFor(kinds, [])
}

function groupFor(kinds: readonly JobKind[], where: LogGroup['where']): LogGroup {
  return {kind: 'log-group', kinds, where: [[isOneOf, JSON.stringify(kinds)], ...where]}
}

/** The ARN may end in a version or an alias. */
function ofFunction(name: string): readonly [string, SqlValue] {
  return ["json_extract(request, '$.FunctionArn') || ':' LIKE ? ESCAPE '\\'", containing(`:function:${name}:`) ?? '']
}

/** The groups that jobs have written to, each with the time of its first job. */
export function logGroupNames(db: Db): ReadonlyMap<string, number> {
  const found = new Map<string, number>()
  for (const {kind, functionArn, createdAtMs} of findLogSources(db)) {
    const name = groupNameOf(kind, functionArn)
    found.set(name, Math.min(createdAtMs, found.get(name) ?? createdAtMs))
  }
  return found
}

function groupNameOf(kind: JobKind, functionArn: string | null): string {
  if (kind === 'Lambda') return lambdaGroup + (functionArn?.split(':')[6] ?? '')
  return Object.entries(groups).find(([, kinds]) => kinds.includes(kind))?.[0] ?? ownGroup + kind
}
