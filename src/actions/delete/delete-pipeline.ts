// Deletes a pipeline and what starts it. Its data stays unless it is asked for; models and their groups always stay.

import type {Cloud, ExecutionSummary, Pipeline} from '../../cloud/ports.ts'
import {MlpipeError} from '../../diagnostics/mlpipe-error.ts'
import {versionTag} from '../../project/origin-tags.ts'
import type {Target} from '../../project/target.ts'
import {connect} from '../connect.ts'
import {namedEndpoints, readDefinition, registeredGroups} from '../executions/definition-outline.ts'
import {executionId} from '../executions/execution-arn.ts'
import {isTerminalStatus} from '../executions/inspect-execution.ts'
import {nextCommand, type Place} from '../next-commands.ts'
import {findPipeline} from '../open-project.ts'
import {expectedArn} from '../triggers/standing-triggers.ts'
import type {World} from '../world.ts'
import type {DeleteResult, TriggerReport} from './delete-result.ts'
import {remove} from './remove.ts'
import {findStarters, type Starters} from './standing-starters.ts'

export type DeleteInput = Place & {
  /** Its objects in S3 too. */
  readonly withData: boolean
  readonly yes: boolean
  readonly dryRun: boolean
}

const countedExecutions = 1000

export async function deletePipeline(input: DeleteInput, world: World): Promise<DeleteResult> {
  const {pipelineName, target} = await findPipeline(input, world)
  const connection = await connect(target, input, world)
  try {
    const {cloud} = connection
    const dataUri = `s3://${target.bucket}/${pipelineName}/`
    const found = await look({pipelineName, target, dataUri}, cloud, input)
    const result = describe(found, {pipeline: pipelineName, target: target.name, dataUri})
    if (isNothing(result)) return {...result, outcome: 'nothing-there'}
    refuseWhileRunning(found, input)
    if (input.dryRun) return result

    world.reporter.report({kind: 'proposal', proposal: result})
    const again = againCommand(input)
    if (!(input.yes || (await world.confirm(questionOf(result), again)))) return {...result, outcome: 'kept'}
    const {pipeline, arn, starters} = found
    const what = {...starters, pipelineName, pipelineArn: arn, hasPipeline: pipeline !== undefined}
    await remove({...what, ...(result.data ? {dataUri} : {})}, cloud, again)
    return {...result, outcome: 'deleted'}
  } finally {
    await connection.close()
  }
}

type Found = {
  readonly pipeline: Pipeline | undefined
  /** The pipeline's, also when it is gone. */
  readonly arn: string
  readonly isForeign: boolean
  readonly executions: readonly ExecutionSummary[]
  readonly starters: Starters
  readonly objects: readonly {readonly size: number}[]
}

type About = {readonly pipelineName: string; readonly target: Target; readonly dataUri: string}

async function look({pipelineName, target, dataUri}: About, cloud: Cloud, {withData}: DeleteInput): Promise<Found> {
  const pipeline = await cloud.pipelines.describe(pipelineName)
  const arn = pipeline?.arn ?? (await expectedArn(pipelineName, target, cloud))
  const [tags, executions, starters, objects] = await Promise.all([
    pipeline ? cloud.pipelines.tags(pipeline.arn) : [],
    pipeline ? cloud.executions.list(pipelineName, countedExecutions) : [],
    findStarters(pipelineName, arn, cloud),
    withData ? cloud.objects.list(dataUri) : [],
  ])
  const isForeign = pipeline !== undefined && !tags.some(({key}) => key === versionTag)
  return {pipeline, arn, isForeign, executions, starters, objects}
}

function describe(
  {pipeline, arn, isForeign, executions, starters, objects}: Found,
  about: {readonly pipeline: string; readonly target: string; readonly dataUri: string},
): DeleteResult {
  const {rules, schedules, alarms, group, role} = starters
  const bytes = objects.reduce((sum, {size}) => sum + size, 0)
  const data = objects.length === 0 ? {} : {data: {uri: about.dataUri, objects: objects.length, bytes}}
  return {
    formatVersion: 1,
    pipeline: about.pipeline,
    target: about.target,
    ...(pipeline ? {arn: pipeline.arn} : {}),
    outcome: 'dry-run',
    executions: executions.length,
    triggers: [
      ...rules.map((rule): TriggerReport => {
        const isShared = rule.targets.some((target) => target.arn !== arn)
        return {kind: 'rule', name: rule.name, within: rule.bus, ...(isShared ? {keptForOthers: true} : {})}
      }),
      ...schedules.map((schedule): TriggerReport => ({kind: 'schedule', name: schedule.name, within: schedule.group})),
    ],
    alarms,
    ...(group === undefined ? {} : {scheduleGroup: group}),
    ...(role === undefined ? {} : {role}),
    ...data,
    ...(isForeign ? {isForeign} : {}),
    stays: {...(objects.length > 0 ? {} : {data: about.dataUri}), ...whatItMade(pipeline)},
  }
}

function isNothing({arn, triggers, alarms, scheduleGroup, role, data}: DeleteResult): boolean {
  const parts = [arn, ...triggers, ...alarms, scheduleGroup, role, data]
  return parts.every((part) => part === undefined)
}

function questionOf({pipeline, target, arn, data}: DeleteResult): string {
  if (arn !== undefined) return `delete pipeline ${pipeline} on ${target}?`
  return `delete ${data ? 'the data' : 'what is left'} of ${pipeline} on ${target}?`
}

/** Groups and endpoints that the definition names outright. */
function whatItMade(pipeline: Pipeline | undefined): Pick<DeleteResult['stays'], 'groups' | 'endpoints'> {
  const definition = pipeline && readDefinition(pipeline.definition)
  if (!definition) return {groups: [], endpoints: []}
  return {groups: registeredGroups(definition), endpoints: namedEndpoints(definition)}
}

/** SageMaker deletes no pipeline while an execution runs; said here before anything else is gone. */
function refuseWhileRunning({executions}: Found, place: Place): void {
  const running = executions.filter(({status}) => !isTerminalStatus(status))
  if (running.length === 0) return
  const ids = running.map(({arn}) => executionId(arn))
  throw new MlpipeError({
    code: 'execution-running',
    message: `${ids.length === 1 ? 'execution' : 'executions'} ${ids.slice(0, 5).join(', ')}${ids.length > 5 ? ' and others' : ''} of the pipeline still ${ids.length === 1 ? 'runs' : 'run'}`,
    nextSteps: ids.slice(0, 5).map((id) => nextCommand(`executions stop ${id}`, place)),
  })
}

function againCommand(input: DeleteInput): string {
  return nextCommand(input.withData ? 'delete --data --yes' : 'delete --yes', input)
}
