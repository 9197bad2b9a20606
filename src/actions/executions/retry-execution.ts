// Runs what failed or was stopped in an execution once more, in that execution.

import type {Cloud, Execution, ExecutionStep} from '../../cloud/ports.ts'
import {sameJson} from '../../definition/exact-json.ts'
import {MlpipeError} from '../../diagnostics/mlpipe-error.ts'
import {connect} from '../connect.ts'
import {bringChampionsUp} from '../gates/keep-champions.ts'
import {nextCommand, type Place} from '../next-commands.ts'
import {findPipeline} from '../open-project.ts'
import type {World} from '../world.ts'
import {type DefinitionOutline, outlineDefinition, readDefinition} from './definition-outline.ts'
import {executionId} from './execution-arn.ts'
import {type FollowOptions, followRun, planFollowing, type RunResult} from './followed-run.ts'
import {paceOf} from './pace.ts'
import {resolveExecution} from './resolve-execution.ts'
import {sendStart} from './start-request.ts'

export type RetryInput = Place & FollowOptions & {readonly execution: string}

export async function retryExecution(input: RetryInput, world: World): Promise<RunResult> {
  const follow = planFollowing(input)
  const {pipelineName, target} = await findPipeline(input, world)
  const connection = await connect(target, input, world, {handOver: follow.handOver})
  const {executions} = connection.cloud
  const arn = await resolveExecution(input.execution, pipelineName, connection.cloud, input)
  const before = await executions.describe(arn)
  const steps = await executions.steps(arn)
  const refusal = whyNot(before, steps, input)
  if (refusal) throw refusal

  const kept = steps.filter(({status}) => status === 'Succeeded').map(({name}) => name)
  const definition = await executions.definition(arn)
  const outlined = readDefinition(definition)
  const note =
    kept.length === 0
      ? 'keeps no step, and runs all as they were deployed then'
      : `keeps ${kept.join(', ')}, and runs the others as they were deployed then`
  world.reporter.report({kind: 'note', message: note})
  const outdated = await reportNewer(definition, before.pipelineName, connection.cloud, input, world)
  const outline = outlineDefinition(outlined)
  const gates = outlined && {definition: outlined, pipelineName: before.pipelineName, steps: notKept(outline, kept)}
  const champions = gates ? await bringChampionsUp(gates, {cloud: connection.cloud, target, place: input}, world) : []
  for (const message of champions) world.reporter.report({kind: 'note', message})

  const atMs = world.now()
  const again = `executions retry ${executionId(arn)}`
  await sendStart((token) => executions.retry(arn, token), {pace: paceOf(target), place: input, again}, world)
  const retried = {atMs, kept: new Set(kept)}
  const place = {pipelineName: before.pipelineName, target, place: input}
  return followRun(
    {arn, outline, follow, ...place, warnings: [], notes: [note, ...outdated, ...champions], retried},
    connection,
    world,
  )
}

/** The steps that will run. */
function notKept({steps}: DefinitionOutline, kept: readonly string[]): string[] {
  return steps.map(({name}) => name).filter((name) => !kept.includes(name))
}

/** Whoever mended a step and deployed it would wonder why it fails again. */
async function reportNewer(definition: string, name: string, cloud: Cloud, place: Place, world: World) {
  const pipeline = await cloud.pipelines.describe(name)
  if (!pipeline || sameJson(pipeline.definition, definition)) return []
  const message = 'what is deployed now differs from what this execution runs'
  world.reporter.report({kind: 'warning', message, nextSteps: [`${nextCommand('run', place)}  (what is deployed now)`]})
  return [message]
}

/** Said before the service says it less clearly. */
function whyNot({arn, status}: Execution, steps: readonly ExecutionStep[], place: Place): MlpipeError | undefined {
  const id = executionId(arn)
  if (status === 'Succeeded') return notRetryable(`execution ${id} succeeded: there is nothing to retry`, place)
  if (status === 'Executing' || status === 'Stopping') {
    return new MlpipeError({
      code: 'not-retryable',
      message: `execution ${id} has not ended: ${status}`,
      nextSteps: [nextCommand(`executions show ${id}`, place)],
    })
  }
  const failing = steps.find(({failMessage}) => failMessage !== undefined)
  if (!failing) return undefined
  const message = `execution ${id} was ended by its Fail step "${failing.name}", which SageMaker does not retry`
  return notRetryable(message, place)
}

function notRetryable(message: string, place: Place): MlpipeError {
  const nextSteps = [`${nextCommand('run', place)}  (a new execution)`]
  return new MlpipeError({code: 'not-retryable', message, nextSteps})
}
