// The executions of the pipeline, newest first: all of them, or those that are asked for.

import type {Cloud, ExecutionStatus, ExecutionSummary} from '../../cloud/ports.ts'
import {MlpipeError} from '../../diagnostics/mlpipe-error.ts'
import {suggestName} from '../../text/nearest-name.ts'
import {connect} from '../connect.ts'
import {historyOf} from '../forecast/next-run.ts'
import type {Place} from '../next-commands.ts'
import {findPipeline} from '../open-project.ts'
import {namesOf} from '../selection/choose-steps.ts'
import type {World} from '../world.ts'
import {readDefinition} from './definition-outline.ts'
import {executionId} from './execution-arn.ts'
import {type ParameterFilter, parameterFilter, splitFilters} from './parameter-filter.ts'
import {requirePipeline} from './resolve-execution.ts'
import {parseSince} from './since.ts'
import {iso, seconds} from './step-report.ts'

export type ListInput = Place & {
  readonly limit: number
  /** `Failed,Stopped`, or one by one. */
  readonly statuses: readonly string[]
  readonly since?: string | undefined
  /** `name=value`. */
  readonly parameters: readonly string[]
}

export type ExecutionsResult = {
  readonly formatVersion: 1
  readonly pipeline: string
  readonly target: string
  /** What was asked for, when it was not everything. */
  readonly filters?: {
    readonly statuses?: readonly ExecutionStatus[]
    readonly since?: string
    readonly parameters?: readonly {readonly name: string; readonly value: string}[]
  }
  readonly executions: readonly {
    readonly execution: string
    readonly arn: string
    readonly status: ExecutionStatus
    readonly startedAt: string
    readonly agoSeconds: number
    readonly failureReason?: string
    readonly displayName?: string
  }[]
}

export async function listExecutions(input: ListInput, world: World): Promise<ExecutionsResult> {
  const statuses = parseStatuses(input.statuses)
  const sinceMs = parseSince(input.since, world.now())
  const wanted = splitFilters(input.parameters)
  const {pipelineName, target} = await findPipeline(input, world)
  const {cloud} = await connect(target, input, world)
  const {definition} = await requirePipeline(pipelineName, cloud, input)
  warnOfUnknown(
    wanted.map(({name}) => name),
    definition,
    world,
  )

  const matches = parameterFilter(wanted, cloud, historyOf(target))
  const listed = await collect({pipelineName, limit: input.limit, statuses, sinceMs, matches}, cloud)
  const nowMs = world.now()
  const filters = {
    ...(statuses.length === 0 ? {} : {statuses}),
    ...(sinceMs === undefined ? {} : {since: iso(sinceMs)}),
    ...(wanted.length === 0 ? {} : {parameters: wanted}),
  }
  return {
    formatVersion: 1,
    pipeline: pipelineName,
    target: target.name,
    ...(Object.keys(filters).length === 0 ? {} : {filters}),
    executions: listed.map(({arn, status, startedAtMs, failureReason, displayName}) => ({
      execution: executionId(arn),
      arn,
      status,
      startedAt: iso(startedAtMs),
      agoSeconds: seconds(nowMs - startedAtMs),
      ...(failureReason === undefined ? {} : {failureReason}),
      ...(displayName === undefined ? {} : {displayName}),
    })),
  }
}

type Query = {
  readonly pipelineName: string
  readonly limit: number
  readonly statuses: readonly ExecutionStatus[]
  readonly sinceMs: number | undefined
  /** Absent: all do. */
  readonly matches: ParameterFilter | undefined
}

/** Reads on, page after page, until there are enough or no more. */
async function collect(query: Query, {executions}: Cloud): Promise<readonly ExecutionSummary[]> {
  const {pipelineName, limit, statuses, sinceMs, matches} = query
  if (statuses.length === 0 && !matches) return executions.list(pipelineName, limit, sinceMs)

  const found: ExecutionSummary[] = []
  for await (const page of executions.pages(pipelineName, sinceMs)) {
    const candidates = page.filter(({status}) => statuses.length === 0 || statuses.includes(status))
    found.push(...(matches ? await matches(candidates, limit - found.length) : candidates))
    if (found.length >= limit) break
  }
  return found.slice(0, limit)
}

const allStatuses: readonly ExecutionStatus[] = ['Executing', 'Stopping', 'Stopped', 'Failed', 'Succeeded']

/** In any case of letters. */
function parseStatuses(texts: readonly string[]): ExecutionStatus[] {
  return namesOf(texts).map((text) => {
    const status = allStatuses.find((one) => one.toLowerCase() === text.toLowerCase())
    if (status) return status
    const message = `--status takes ${allStatuses.join(', ')}, not "${text}": ${suggestName(text, allStatuses)}`
    throw new MlpipeError({code: 'usage', message})
  })
}

/** A warning only: earlier executions may have had a parameter that is gone. */
function warnOfUnknown(names: readonly string[], definitionText: string, world: World): void {
  const known = readDefinition(definitionText)?.Parameters.map(({Name}) => Name)
  for (const name of names.filter((one) => known && !known.includes(one))) {
    const suggestion = suggestName(name, known ?? []) ?? 'it has none'
    const message = `"${name}" is not a parameter of the deployed pipeline: ${suggestion}`
    world.reporter.report({kind: 'warning', message})
  }
}
