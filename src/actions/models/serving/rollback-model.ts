// Brings an endpoint back to a configuration that it had before.

import type {Cloud} from '../../../cloud/ports.ts'
import {amended, MlpipeError} from '../../../diagnostics/mlpipe-error.ts'
import {versionTag} from '../../../project/origin-tags.ts'
import type {Target} from '../../../project/target.ts'
import {connect} from '../../connect.ts'
import {parseTimeout} from '../../executions/followed-run.ts'
import {paceOf} from '../../executions/pace.ts'
import {seconds} from '../../executions/step-report.ts'
import {nextCommand, type Place} from '../../next-commands.ts'
import {findPipeline} from '../../open-project.ts'
import {withinReach} from '../../out-of-reach.ts'
import type {World} from '../../world.ts'
import {checkModel} from './check-model.ts'
import {failureOf, isAsWanted, logCommand} from './conclude-deploy.ts'
import {afterRollback, historyTagOf} from './deployment-history.ts'
import {allEarlier, earlierVersion, groupOf, registeredVersion, versionOf} from './earlier-versions.ts'
import {pipelineEndpoint} from './endpoint-name.ts'
import {type EndpointEnd, followEndpoint} from './follow-endpoint.ts'
import {requireEndpoint} from './require-endpoint.ts'
import {nothingEarlier, notRegistered, notServedBefore, showCommand} from './rollback-refusals.ts'
import type {RollbackResult, ServedVersion} from './serving-results.ts'
import {isBusy, type StandingEndpoint, servedVersionOf, simulatedIn} from './standing-endpoint.ts'

export type RollbackInput = Place & {
  readonly endpoint?: string | undefined
  /** The version of the model to go back to; by default that of the deployment before. */
  readonly to?: number | undefined
  readonly wait: boolean
  readonly timeout?: string | undefined
  readonly dryRun: boolean
  readonly yes: boolean
}

export async function rollbackModel(input: RollbackInput, world: World): Promise<RollbackResult> {
  const timeoutSeconds = input.timeout === undefined ? undefined : parseTimeout(input.timeout)
  const {pipelineName, target} = await findPipeline(input, world)
  const connection = await connect(target, input, world)
  try {
    const {cloud} = connection
    const name = input.endpoint ?? (await pipelineEndpoint(pipelineName, cloud, 'rollback', input))
    const asked = {name, verb: 'rollback', isNamed: input.endpoint !== undefined}
    const standing = await requireEndpoint(asked, pipelineName, cloud, input)
    refuseForeign(standing, target, input)
    refuseWhileBusy(standing, input)
    const to = await chooseEarlier(standing, cloud, input, world)
    const plan: RollbackResult = {
      formatVersion: 1,
      target: target.name,
      endpoint: name,
      endpointArn: standing.endpoint.arn,
      outcome: 'dry-run',
      status: standing.endpoint.status,
      from: servedVersionOf(standing),
      to,
      next: [againCommand(name, input)],
    }
    if (input.dryRun) return plan
    if (!(await isMeant(plan, target, input, world))) return {...plan, outcome: 'kept', next: []}

    const startedMs = world.now()
    await apply(plan, standing, cloud)
    if (!input.wait) return {...plan, outcome: 'started', status: 'Updating', next: [showCommand(plan.to, input)]}
    const end = await followEndpoint({name, pace: paceOf(target), timeoutSeconds}, cloud, world)
    return await conclude({plan, end, startedMs, target}, input, cloud, world)
  } finally {
    await connection.close()
  }
}

/** That of the wanted version, else the nearest that may be deployed; what is passed over is told. */
async function chooseEarlier(
  standing: StandingEndpoint,
  cloud: Cloud,
  input: RollbackInput,
  {reporter}: World,
): Promise<ServedVersion> {
  if (input.to !== undefined) return wantedVersion(input.to, standing, cloud, input)
  const {to, passedOver} = await earlierVersion(standing, cloud)
  if (!to) throw await nothingEarlier(standing, passedOver, cloud, input)
  for (const {why} of passedOver) reporter.report({kind: 'note', message: `passed over: ${why}`})
  return to
}

/** Who names a version may mean other settings of the present one. */
async function wantedVersion(
  version: number,
  standing: StandingEndpoint,
  cloud: Cloud,
  input: RollbackInput,
): Promise<ServedVersion> {
  const {name} = standing.endpoint
  const earlier = await allEarlier(standing, cloud)
  const found = earlier.find((one) => versionOf(name, one) === version)
  if (!found) throw await notServedBefore(version, standing, earlier, cloud, input)
  if (found.model === undefined) return found
  const registered = await registeredVersion(found.model, cloud)
  if (!registered) throw notRegistered(found.model, input)
  checkModel(registered, input)
  return found
}

async function isMeant(
  plan: RollbackResult,
  {kind, region}: Target,
  input: RollbackInput,
  world: World,
): Promise<boolean> {
  if (kind === 'local') return true
  world.reporter.report({kind: 'proposal', proposal: plan})
  if (input.yes) return true
  const {endpoint, target, to} = plan
  const question = `bring endpoint ${endpoint} on ${target} (AWS ${region}) back to ${to.model ?? to.config}?`
  return world.confirm(question, `${againCommand(endpoint, input)} --yes`)
}

/** The tag first: what has broken off before the update is found in it by the next rollback. */
async function apply(
  {endpoint, endpointArn, from, to}: RollbackResult,
  {history}: StandingEndpoint,
  {endpoints}: Cloud,
) {
  try {
    await endpoints.tag(endpointArn, [historyTagOf(afterRollback(history, from.config, to.config))])
    await endpoints.update(endpoint, to.config)
  } catch (error) {
    if (!(error instanceof MlpipeError) || error.who === 'bug') throw error
    throw amended(error, {message: `endpoint ${endpoint} is as it was: ${error.message}`, nextSteps: error.nextSteps})
  }
}

type RollbackEnd = {
  readonly plan: RollbackResult
  readonly end: EndpointEnd
  readonly startedMs: number
  readonly target: Target
}

async function conclude(
  {plan, end, startedMs, target}: RollbackEnd,
  input: RollbackInput,
  cloud: Cloud,
  world: World,
): Promise<RollbackResult> {
  const waitedSeconds = seconds(world.now() - startedMs)
  if (end.kind === 'left' || end.kind === 'timed-out') {
    const outcome = end.kind === 'left' ? 'left-running' : 'timed-out'
    const status = end.endpoint?.status
    return {...plan, outcome, ...(status ? {status} : {}), waitedSeconds, next: [showCommand(plan.to, input)]}
  }
  if (end.kind === 'settled' && isAsWanted(end.endpoint, plan.to.config)) {
    const next = await rejectCommand(plan, cloud, input)
    const simulated = simulatedIn(await cloud.endpoints.tags(end.endpoint.arn))
    return {...plan, outcome: 'rolled-back', status: end.endpoint.status, waitedSeconds, ...simulated, next}
  }
  const failure = await failureOf(plan.endpoint, end, startedMs, cloud)
  const status = end.kind === 'settled' ? {status: end.endpoint.status} : {}
  const log = target.kind === 'aws' ? [logCommand(plan.endpoint, target)] : []
  const next = [...log, nextCommand(`models list${groupIn(plan.to)}`, input)]
  return {...plan, outcome: 'failed', ...status, waitedSeconds, failure, next}
}

function groupIn({model}: ServedVersion): string {
  return model === undefined ? '' : ` ${groupOf(model)}`
}

/** What was gone back from is most often not to be deployed once more: a newer version, which nobody has rejected yet. */
async function rejectCommand({endpoint, from, to}: RollbackResult, cloud: Cloud, place: Place): Promise<string[]> {
  const {model} = from
  if (model === undefined) return []
  const isNewer = Number(versionOf(endpoint, from)) > (versionOf(endpoint, to) ?? 0)
  const found = isNewer ? await withinReach(() => registeredVersion(model, cloud)) : undefined
  return found && found.approval !== 'Rejected' ? [nextCommand(`models reject ${model}`, place)] : []
}

function refuseForeign({endpoint, owner}: StandingEndpoint, {name}: Target, place: Place): void {
  if (owner !== 'other') return
  throw new MlpipeError({
    code: 'not-ours',
    message: `endpoint "${endpoint.name}" on target "${name}" was not made by mlpipe (it has no tag ${versionTag}): what it had before is not known`,
    nextSteps: [nextCommand(`models deploy --endpoint ${endpoint.name} --adopt`, place)],
  })
}

function refuseWhileBusy({endpoint}: StandingEndpoint, input: RollbackInput): void {
  if (!isBusy(endpoint) && endpoint.status !== 'Failed') return
  const {name, status} = endpoint
  const isFailed = status === 'Failed'
  throw new MlpipeError({
    code: 'endpoint-busy',
    message: isFailed
      ? `endpoint "${name}" has failed, and can only be deleted or deployed anew`
      : `endpoint "${name}" is ${status} at the moment, and takes no other change until that has ended`,
    nextSteps: isFailed
      ? [nextCommand(`models deploy --endpoint ${name}`, input), nextCommand(`models undeploy ${name}`, input)]
      : [`${againCommand(name, input)}  (once it has ended)`],
  })
}

function againCommand(endpoint: string, input: RollbackInput): string {
  return nextCommand(`models rollback ${endpoint}${input.to === undefined ? '' : ` --to ${input.to}`}`, input)
}
