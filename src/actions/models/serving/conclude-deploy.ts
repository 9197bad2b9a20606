// What a deploy came to once the endpoint was waited for; of what failed nothing stays that this deploy has made.

import type {Endpoint} from '../../../cloud/lineage-ports.ts'
import type {Cloud} from '../../../cloud/ports.ts'
import {MlpipeError} from '../../../diagnostics/mlpipe-error.ts'
import type {Target} from '../../../project/target.ts'
import {seconds} from '../../executions/step-report.ts'
import {nextCommand, type Place} from '../../next-commands.ts'
import {withinReach} from '../../out-of-reach.ts'
import type {World} from '../../world.ts'
import {historyTagOf} from './deployment-history.ts'
import {earlierVersion} from './earlier-versions.ts'
import {type EndpointEnd, endpointLog} from './follow-endpoint.ts'
import {invokeCommands} from './invoke-commands.ts'
import type {ServingPlan} from './plan-deploy.ts'
import type {DeployModelResult, ServingFailure} from './serving-results.ts'
import {findEndpoint, type StandingEndpoint, simulatedIn} from './standing-endpoint.ts'

/** What this very command has made, and takes away again when nothing comes of it. */
export type Made = {readonly model: boolean; readonly config: boolean; readonly endpoint: boolean}

export type DeployEnd = {
  readonly plan: ServingPlan
  readonly begun: DeployModelResult
  readonly made: Made
  readonly end: EndpointEnd
  readonly startedMs: number
  readonly place: Place
}

export async function concludeDeploy(run: DeployEnd, cloud: Cloud, world: World): Promise<DeployModelResult> {
  const {plan, begun, end, startedMs, place} = run
  const waitedSeconds = seconds(world.now() - startedMs)
  if (end.kind === 'left' || end.kind === 'timed-out') {
    const outcome = end.kind === 'left' ? 'left-running' : 'timed-out'
    const next = [`${plan.again}  (waits on)`, nextCommand(`models undeploy ${plan.endpointName}`, place)]
    return {...begun, outcome, ...statusOf(end.endpoint), waitedSeconds, next: plan.standing ? next.slice(0, 1) : next}
  }
  if (end.kind === 'settled' && isAsWanted(end.endpoint, plan.wanted.name)) {
    const outcome = plan.standing && plan.would === 'update' ? 'updated' : 'created'
    const next = [...invokeCommands(plan, place), ...(outcome === 'updated' ? await rollbackCommand(run, cloud) : [])]
    const simulated = simulatedIn(await cloud.endpoints.tags(end.endpoint.arn))
    return {...begun, outcome: joined(run, outcome), ...statusOf(end.endpoint), waitedSeconds, ...simulated, next}
  }
  const failure = await failureOf(plan.endpointName, end, startedMs, cloud)
  const removed = await takeAway(run, cloud, world)
  return {...begun, outcome: 'failed', ...statusAfter(run), waitedSeconds, failure, removed, next: afterFailure(run)}
}

/** The same again fails again: a model whose script is mended is another version. AWS may only have lacked the machines. */
function afterFailure({plan, end, place}: DeployEnd): string[] {
  if (end.kind === 'gone') return [plan.again]
  if (plan.target.kind === 'aws') return [logCommand(plan.endpointName, plan.target), `${plan.again}  (once more)`]
  return [
    `${nextCommand('deploy', place)}  (once the model's script is mended)`,
    `${nextCommand('run', place)}  (registers a version with it)`,
  ]
}

/** Of an endpoint's containers: the log stays when the endpoint goes. */
export function logCommand(endpoint: string, {region}: Target): string {
  return `aws logs tail /aws/sagemaker/Endpoints/${endpoint} --since 1h --region ${region}`
}

export function isAsWanted({status, configName}: Endpoint, wanted: string): boolean {
  return status === 'InService' && configName === wanted
}

/** Who goes on waiting for an earlier command does not know what the endpoint had; its status tells what that one did. */
function joined({plan}: DeployEnd, outcome: 'created' | 'updated'): 'created' | 'updated' {
  if (plan.would !== 'wait') return outcome
  return plan.standing?.endpoint.status === 'Creating' ? 'created' : 'updated'
}

/** Other settings of the same version are gone back to by its number. */
async function rollbackCommand({plan, begun, place}: DeployEnd, cloud: Cloud): Promise<string[]> {
  const {endpointName, pipelineName, found} = plan
  const again = nextCommand(`models rollback ${endpointName}`, place)
  if (begun.before?.model === begun.model) {
    const command = nextCommand(`models rollback ${endpointName} --to ${found.version}`, place)
    return [`${command}  (back to the settings that it had)`]
  }
  const standing = await withinReach(() => findEndpoint(endpointName, pipelineName, cloud))
  const earlier = standing && (await withinReach(() => earlierVersion(standing, cloud)))
  if (!earlier?.to) return []
  return [`${again}  (back to ${earlier.to.model ?? earlier.to.config})`]
}

function statusOf(endpoint: Endpoint | undefined): {status?: string} {
  return endpoint === undefined ? {} : {status: endpoint.status}
}

/** An endpoint that could not be created is taken away again. */
function statusAfter({made, end}: DeployEnd): {status?: string} {
  return !made.endpoint && end.kind === 'settled' ? {status: end.endpoint.status} : {}
}

/** An update that fails leaves the endpoint InService, with its former configuration (Developer Guide, "Blue/Green Deployments"). */
export async function failureOf(
  name: string,
  end: EndpointEnd,
  sinceMs: number,
  cloud: Cloud,
): Promise<ServingFailure> {
  if (end.kind === 'gone') return {reason: 'the endpoint was deleted by somebody else', log: []}
  const {failureReason, status} = end.kind === 'settled' ? end.endpoint : {failureReason: undefined, status: ''}
  return {
    reason: failureReason ?? `no reason was given (it is ${status})`,
    log: await endpointLog(name, sinceMs, cloud),
  }
}

/** Best effort: what cannot be taken away is told, and does not hide why the deploy failed. */
async function takeAway({plan, made, end, place}: DeployEnd, cloud: Cloud, world: World): Promise<string[]> {
  const {endpoints} = cloud
  const {endpointName, wanted, standing} = plan
  const removed: string[] = []
  const remove = async (what: string, removing: () => Promise<void>) => {
    await removing()
    removed.push(`${what} ${wanted.name}`)
  }
  try {
    if (made.endpoint && end.kind !== 'gone') {
      await endpoints.removeEndpoint(endpointName)
      removed.push(`endpoint ${endpointName}`)
    }
    if (standing && plan.would === 'update') {
      await endpoints.tag(standing.endpoint.arn, [historyTagOf(historyBefore(standing))])
    }
    if (made.config) await remove('endpoint configuration', () => endpoints.removeConfig(wanted.name))
    if (made.model) await remove('model', () => endpoints.removeModel(wanted.name))
  } catch (error) {
    if (!(error instanceof MlpipeError) || error.who !== 'service') throw error
    const message = `not all that was made could be deleted again: ${error.message}`
    world.reporter.report({
      kind: 'warning',
      message,
      nextSteps: [nextCommand(`models undeploy ${endpointName}`, place)],
    })
  }
  return removed
}

/** As it was before this deploy wrote its own name in front of it. */
function historyBefore({history, endpoint}: StandingEndpoint): readonly string[] {
  return history.length === 0 ? [endpoint.configName] : history
}
