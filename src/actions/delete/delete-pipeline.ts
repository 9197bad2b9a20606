// Deletes a pipeline and what starts it. Its data stays unless it is asked for; models and their groups always stay.

import type {Cloud, ExecutionSummary, Pipeline} from '../../cloud/ports.ts'
import type {TriggerRule, TriggerSchedule} from '../../cloud/trigger-ports.ts'
import {flattenSteps} from '../../definition/flat-steps.ts'
import {amended, MlpipeError} from '../../diagnostics/mlpipe-error.ts'
import {versionTag} from '../../project/origin-tags.ts'
import {connect} from '../connect.ts'
import {readDefinition, registeredGroups} from '../executions/definition-outline.ts'
import {executionId} from '../executions/execution-arn.ts'
import {isTerminalStatus} from '../executions/inspect-execution.ts'
import {nextCommand, type Place} from '../next-commands.ts'
import {findPipeline} from '../open-project.ts'
import type {World} from '../world.ts'
import type {DeleteResult, TriggerReport} from './delete-result.ts'

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
    const found = await look(pipelineName, dataUri, cloud, input)
    const result = describe(found, {pipeline: pipelineName, target: target.name, dataUri})
    if (!found.pipeline && !result.data) return {...result, outcome: 'nothing-there'}
    refuseWhileRunning(found, input)
    if (input.dryRun) return result

    world.reporter.report({kind: 'proposal', proposal: result})
    const question = found.pipeline
      ? `delete pipeline ${pipelineName} on ${target.name}?`
      : `delete the data of ${pipelineName} on ${target.name}?`
    if (!(input.yes || (await world.confirm(question, againCommand(input))))) return {...result, outcome: 'kept'}
    await remove(found, result, cloud, againCommand(input))
    return {...result, outcome: 'deleted'}
  } finally {
    await connection.close()
  }
}

type Found = {
  readonly pipeline: Pipeline | undefined
  readonly isForeign: boolean
  readonly executions: readonly ExecutionSummary[]
  readonly rules: readonly TriggerRule[]
  readonly schedules: readonly TriggerSchedule[]
  readonly objects: readonly {readonly size: number}[]
}

async function look(name: string, dataUri: string, cloud: Cloud, {withData}: DeleteInput): Promise<Found> {
  const pipeline = await cloud.pipelines.describe(name)
  const objects = withData ? await cloud.objects.list(dataUri) : []
  if (!pipeline) return {pipeline, isForeign: false, executions: [], rules: [], schedules: [], objects}
  const [tags, executions, rules, schedules] = await Promise.all([
    cloud.pipelines.tags(pipeline.arn),
    cloud.executions.list(name, countedExecutions),
    cloud.triggers.rules(pipeline.arn),
    cloud.triggers.schedules(pipeline.arn),
  ])
  return {pipeline, isForeign: !tags.some(({key}) => key === versionTag), executions, rules, schedules, objects}
}

function describe(
  {pipeline, isForeign, executions, rules, schedules, objects}: Found,
  about: {readonly pipeline: string; readonly target: string; readonly dataUri: string},
): DeleteResult {
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
        const isShared = pipeline !== undefined && rule.targets.some(({arn}) => arn !== pipeline.arn)
        return {kind: 'rule', name: rule.name, within: rule.bus, ...(isShared ? {keptForOthers: true} : {})}
      }),
      ...schedules.map(({name, group}): TriggerReport => ({kind: 'schedule', name, within: group})),
    ],
    ...data,
    ...(isForeign ? {isForeign} : {}),
    stays: {...(objects.length > 0 ? {} : {data: about.dataUri}), ...whatItMade(pipeline)},
  }
}

/** Groups and endpoints that the definition names outright. */
function whatItMade(pipeline: Pipeline | undefined): Pick<DeleteResult['stays'], 'groups' | 'endpoints'> {
  const definition = pipeline && readDefinition(pipeline.definition)
  if (!definition) return {groups: [], endpoints: []}
  const endpoints = flattenSteps(definition).flatMap(({step}) => {
    const name = step.Type === 'Endpoint' ? step.Arguments['EndpointName'] : undefined
    return typeof name === 'string' ? [name] : []
  })
  return {groups: registeredGroups(definition), endpoints: [...new Set(endpoints)]}
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

/** Triggers first, so that nothing starts what is going; data last, so that nothing needs it any more. */
async function remove(found: Found, result: DeleteResult, cloud: Cloud, again: string): Promise<void> {
  const {pipeline, rules, schedules} = found
  const done: string[] = []
  try {
    for (const rule of rules) {
      const own = rule.targets.filter(({arn}) => arn === pipeline?.arn)
      await cloud.triggers.removeTargets(
        rule,
        own.map(({id}) => id),
      )
      done.push(`rule ${rule.name}`)
    }
    for (const schedule of schedules) {
      await cloud.triggers.removeSchedule(schedule)
      done.push(`schedule ${schedule.name}`)
    }
    if (pipeline) {
      await cloud.pipelines.delete(pipeline.name)
      done.push('the pipeline')
    }
    if (result.data) await cloud.objects.removeAll(result.data.uri)
  } catch (error) {
    throw halfDone(error, done, again)
  }
}

function halfDone(error: unknown, done: readonly string[], again: string): unknown {
  if (!(error instanceof MlpipeError) || error.who === 'bug') return error
  const gone =
    done.length === 0 ? 'nothing is deleted' : `${done.join(', ')} ${done.length === 1 ? 'is' : 'are'} deleted`
  const message = `the rest stays (${gone}): ${error.message}`
  return amended(error, {message, nextSteps: [...error.nextSteps, `${again}  (goes on from there)`]})
}

function againCommand(input: DeleteInput): string {
  return nextCommand(input.withData ? 'delete --data --yes' : 'delete --yes', input)
}
