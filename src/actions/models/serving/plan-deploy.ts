// What a deploy of a model is going to do, from the flags and from what stands under the endpoint's name.

import type {Cloud, ModelPackage} from '../../../cloud/ports.ts'
import {entityNamePattern, entityNameRule} from '../../../definition/names.ts'
import {MlpipeError} from '../../../diagnostics/mlpipe-error.ts'
import type {Target} from '../../../project/target.ts'
import {nextCommand, type Place, quoted} from '../../next-commands.ts'
import type {World} from '../../world.ts'
import {resolveModel} from '../resolve-model.ts'
import {checkModel} from './check-model.ts'
import {defaultEndpoint} from './endpoint-name.ts'
import {invokeCommands} from './invoke-commands.ts'
import {warnOfUnknownInstance} from './known-instances.ts'
import type {DeployModelResult} from './serving-results.ts'
import {type GivenServing, type ServingFlags, servingOf} from './serving-settings.ts'
import {findEndpoint, isBusy, type StandingEndpoint, servedVersionOf, simulatedIn} from './standing-endpoint.ts'
import {type Serving, type WantedServing, wantedServing} from './wanted-serving.ts'

export type DeployModelInput = Place &
  ServingFlags & {
    readonly model?: string | undefined
    readonly endpoint?: string | undefined
    readonly wait: boolean
    readonly timeout?: string | undefined
    readonly dryRun: boolean
    readonly yes: boolean
    /** Take over an endpoint that something else made. */
    readonly adopt: boolean
    readonly version: string
  }

/** All that is known before anything is done. */
export type ServingPlan = {
  readonly pipelineName: string
  readonly target: Target
  readonly found: ModelPackage
  readonly endpointName: string
  readonly standing: StandingEndpoint | undefined
  readonly serving: Serving
  readonly wanted: WantedServing
  readonly would: DeployModelResult['would']
  /** The command itself, which goes on after it broke off. */
  readonly again: string
}

export async function planDeploy(
  given: GivenServing,
  {pipelineName, target}: {readonly pipelineName: string; readonly target: Target},
  cloud: Cloud,
  input: DeployModelInput,
  world: Pick<World, 'reporter'>,
): Promise<ServingPlan> {
  const found = await chooseModel(pipelineName, cloud, input, world)
  checkModel(found, input)
  const endpointName = input.endpoint ?? (await defaultEndpoint(found.group, pipelineName, cloud))
  checkEndpointName(endpointName)
  if (given.instance !== undefined) await warnOfUnknownInstance(given.instance, world)
  const standing = await findEndpoint(endpointName, pipelineName, cloud)
  const serving = servingOf(given, standing, target.role)
  if (serving.role === '') throw noRole(target, input)
  const wanted = wantedServing(endpointName, found, serving)
  const again = againCommand(found, endpointName, input)
  const would = whatToDo(standing, wanted)
  const plan = {pipelineName, target, found, endpointName, standing, serving, wanted, would, again}
  refuseWhileBusy(plan)
  return plan
}

/** Where no version is named, the latest that is approved; what is newer is told. */
async function chooseModel(
  pipelineName: string,
  cloud: Cloud,
  input: DeployModelInput,
  {reporter}: Pick<World, 'reporter'>,
): Promise<ModelPackage> {
  const latest = await resolveModel(input.model, pipelineName, cloud, input)
  const isNamed = input.model !== undefined && /\/\d+$/.test(input.model)
  if (isNamed || latest.approval === 'Approved') return cloud.registry.describe(latest.arn)

  const approved = (await cloud.registry.packages(latest.group)).find(({approval}) => approval === 'Approved')
  if (!approved) return cloud.registry.describe(latest.arn)
  const {group, version} = latest
  reporter.report({
    kind: 'note',
    message: `${group}/${version} is newer, and is not approved: ${group}/${approved.version} is taken`,
  })
  return cloud.registry.describe(approved.arn)
}

function whatToDo(standing: StandingEndpoint | undefined, {name}: WantedServing): DeployModelResult['would'] {
  if (!standing) return 'create'
  const {endpoint, history} = standing
  if (isBusy(endpoint) && endpoint.status !== 'Deleting' && history[0] === name) return 'wait'
  // "DeleteEndpoint is the only operation that can be performed on a failed endpoint" (API Reference, DescribeEndpoint).
  if (endpoint.status === 'Failed') return 'replace'
  return endpoint.configName === name && endpoint.status === 'InService' ? 'change-nothing' : 'update'
}

function refuseWhileBusy({standing, would, endpointName, again}: ServingPlan): void {
  if (!standing || would === 'wait' || !isBusy(standing.endpoint)) return
  const {status} = standing.endpoint
  throw new MlpipeError({
    code: 'endpoint-busy',
    message: `endpoint "${endpointName}" is ${status} at the moment, and takes no other change until that has ended`,
    nextSteps: [`${again}  (once it has ended)`],
  })
}

/** What would be done; also the result of a dry run. */
export function describePlan(plan: ServingPlan, input: DeployModelInput): DeployModelResult {
  const {target, found, endpointName, standing, serving, wanted, would} = plan
  return {
    formatVersion: 1,
    target: target.name,
    model: `${found.group}/${found.version}`,
    modelArn: found.arn,
    endpoint: endpointName,
    ...(standing ? {endpointArn: standing.endpoint.arn, owner: standing.owner, status: standing.endpoint.status} : {}),
    outcome: 'dry-run',
    would,
    config: wanted.name,
    capacity: serving.capacity,
    role: serving.role,
    environment: Object.keys(serving.environment).sort(),
    ...(standing ? {before: servedVersionOf(standing)} : {}),
    ...(standing && would === 'change-nothing' ? simulatedIn(standing.tags) : {}),
    removed: [],
    next: would === 'change-nothing' ? invokeCommands(plan, input) : [plan.again],
  }
}

function checkEndpointName(name: string): void {
  if (entityNamePattern.test(name)) return
  throw new MlpipeError({
    code: 'usage',
    message: `"${name}" cannot name an endpoint: ${entityNameRule}`,
  })
}

function noRole({name}: Target, place: Place): MlpipeError {
  return new MlpipeError({
    code: 'no-role',
    message: `a model on target "${name}" needs a role, with which its containers read the artifact and write logs`,
    nextSteps: [`write role: under targets.${name}, or give --role ARN`, nextCommand('iam execution', place)],
  })
}

function againCommand({group, version}: ModelPackage, endpoint: string, input: DeployModelInput): string {
  const flags = [
    ...(endpoint === group && input.endpoint === undefined ? [] : [`--endpoint ${endpoint}`]),
    ...(input.instance === undefined ? [] : [`--instance ${input.instance}`]),
    ...(input.count === undefined ? [] : [`--count ${input.count}`]),
    ...(input.serverless === undefined ? [] : [`--serverless ${input.serverless}`]),
    ...(input.environment ?? []).map((variable) => `--env ${quoted(variable)}`),
    ...(input.role === undefined ? [] : [`--role ${input.role}`]),
  ]
  return nextCommand(['models deploy', `${group}/${version}`, ...flags].join(' '), input)
}
