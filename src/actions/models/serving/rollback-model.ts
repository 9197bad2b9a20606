// Brings an endpoint back to a configuration that it had before.

import type {Cloud} from '../../../cloud/ports.ts'
import {servingPrefix, versionInName} from '../../../definition/serving-names.ts'
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
import {failureOf, isAsWanted} from './conclude-deploy.ts'
import {afterRollback, earlierThan, historyTagOf} from './deployment-history.ts'
import {pipelineEndpoint} from './endpoint-name.ts'
import {type EndpointEnd, followEndpoint} from './follow-endpoint.ts'
import {requireEndpoint} from './require-endpoint.ts'
import type {RollbackResult, ServedVersion} from './serving-results.ts'
import {isBusy, packageOf, type StandingEndpoint, simulatedIn} from './standing-endpoint.ts'

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
    const standing = await requireEndpoint(name, pipelineName, cloud, input)
    refuseForeign(standing, target, input)
    refuseWhileBusy(standing, input)
    const to = await chooseEarlier(standing, cloud, input)
    const plan: RollbackResult = {
      formatVersion: 1,
      target: target.name,
      endpoint: name,
      endpointArn: standing.endpoint.arn,
      outcome: 'dry-run',
      status: standing.endpoint.status,
      from: await servedVersion(standing.endpoint.configName, cloud),
      to,
      next: [againCommand(name, input)],
    }
    if (input.dryRun) return plan
    if (!(await isMeant(plan, target, input, world))) return {...plan, outcome: 'kept', next: []}

    const startedMs = world.now()
    await apply(plan, standing, cloud)
    if (!input.wait) return {...plan, outcome: 'started', status: 'Updating', next: [showCommand(plan, input)]}
    const end = await followEndpoint({name, pace: paceOf(target), timeoutSeconds}, cloud, world)
    return await conclude(plan, end, startedMs, input, cloud, world)
  } finally {
    await connection.close()
  }
}

/** The configuration before, or that of the wanted version. Those that were deleted meanwhile are passed over. */
async function chooseEarlier(standing: StandingEndpoint, cloud: Cloud, input: RollbackInput): Promise<ServedVersion> {
  const {endpoint, history} = standing
  const earlier = earlierThan(history, endpoint.configName)
  const candidates = input.to === undefined ? earlier : [...earlier, ...(await madeFor(endpoint.name, cloud))]
  const seen = new Set([endpoint.configName])
  const known: ServedVersion[] = []
  for (const name of candidates) {
    if (seen.has(name)) continue
    seen.add(name)
    if (!(await cloud.endpoints.config(name))) continue
    const version = await servedVersion(name, cloud)
    if (input.to === undefined || versionOf(endpoint.name, version) === input.to) return version
    known.push(version)
  }
  throw nothingEarlier(standing, known, input)
}

/** Configurations of this endpoint that the tag has forgotten, or that a rollback went back over. */
async function madeFor(endpoint: string, {endpoints}: Cloud): Promise<string[]> {
  const named = await endpoints.configsNamed(servingPrefix(endpoint))
  return named.filter((name) => versionInName(endpoint, name) !== undefined)
}

function versionOf(endpoint: string, {config, model}: ServedVersion): number | undefined {
  return model === undefined ? versionInName(endpoint, config) : Number(model.slice(model.lastIndexOf('/') + 1))
}

async function servedVersion(configName: string, {endpoints}: Cloud): Promise<ServedVersion> {
  const modelName = (await endpoints.config(configName))?.variants[0]?.modelName
  const model = modelName === undefined ? undefined : packageOf(await endpoints.model(modelName))
  return {config: configName, ...(model === undefined ? {} : {model})}
}

function nothingEarlier(
  {endpoint}: StandingEndpoint,
  known: readonly ServedVersion[],
  input: RollbackInput,
): MlpipeError {
  const {name} = endpoint
  const others = known.map(({config, model}) => model ?? config)
  if (input.to === undefined) {
    return new MlpipeError({
      code: 'nothing-to-roll-back-to',
      message: `endpoint "${name}" has had no other configuration that is still there: there is nothing to go back to`,
      nextSteps: [nextCommand('models list', input), nextCommand(`models deploy MODEL --endpoint ${name}`, input)],
    })
  }
  const had = others.length === 0 ? 'no other version' : others.slice(0, 12).join(', ')
  return new MlpipeError({
    code: 'nothing-to-roll-back-to',
    message: `endpoint "${name}" has not served version ${input.to} before, or its configuration is gone: it had ${had}`,
    nextSteps: [nextCommand(`models deploy MODEL/${input.to} --endpoint ${name}`, input)],
  })
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

async function conclude(
  plan: RollbackResult,
  end: EndpointEnd,
  startedMs: number,
  input: RollbackInput,
  cloud: Cloud,
  world: World,
): Promise<RollbackResult> {
  const waitedSeconds = seconds(world.now() - startedMs)
  if (end.kind === 'left' || end.kind === 'timed-out') {
    const outcome = end.kind === 'left' ? 'left-running' : 'timed-out'
    const status = end.endpoint?.status
    return {...plan, outcome, ...(status ? {status} : {}), waitedSeconds, next: [showCommand(plan, input)]}
  }
  if (end.kind === 'settled' && isAsWanted(end.endpoint, plan.to.config)) {
    const next = await rejectCommand(plan, cloud, input)
    const simulated = simulatedIn(await cloud.endpoints.tags(end.endpoint.arn))
    return {...plan, outcome: 'rolled-back', status: end.endpoint.status, waitedSeconds, ...simulated, next}
  }
  const failure = await failureOf(plan.endpoint, end, startedMs, cloud)
  const status = end.kind === 'settled' ? {status: end.endpoint.status} : {}
  return {...plan, outcome: 'failed', ...status, waitedSeconds, failure, next: [againCommand(plan.endpoint, input)]}
}

/** What was gone back from is most often not to be deployed once more. */
async function rejectCommand({from: {model}}: RollbackResult, {registry}: Cloud, place: Place): Promise<string[]> {
  if (model === undefined) return []
  const [group = '', version] = model.split('/')
  const found = (await withinReach(() => registry.packages(group)))?.find((one) => one.version === Number(version))
  return found && found.approval !== 'Rejected' ? [nextCommand(`models reject ${model}`, place)] : []
}

function showCommand({to}: RollbackResult, place: Place): string {
  return nextCommand(to.model === undefined ? 'models list' : `models show ${to.model}`, place)
}

function refuseForeign({endpoint, owner}: StandingEndpoint, {name}: Target, place: Place): void {
  if (owner !== 'other') return
  throw new MlpipeError({
    code: 'not-ours',
    message: `endpoint "${endpoint.name}" on target "${name}" was not made by mlpipe (it has no tag ${versionTag}): what it had before is not known`,
    nextSteps: [nextCommand(`models deploy MODEL --endpoint ${endpoint.name} --adopt`, place)],
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
      ? [nextCommand(`models deploy MODEL --endpoint ${name}`, input), nextCommand(`models undeploy ${name}`, input)]
      : [`${againCommand(name, input)}  (once it has ended)`],
  })
}

function againCommand(endpoint: string, input: RollbackInput): string {
  return nextCommand(`models rollback ${endpoint}${input.to === undefined ? '' : ` --to ${input.to}`}`, input)
}
