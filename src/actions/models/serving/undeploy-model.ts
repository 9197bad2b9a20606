// Takes an endpoint away, and the configurations and models that `models deploy` has made for it. Model packages stay.

import type {Cloud} from '../../../cloud/ports.ts'
import {servingPrefix, versionInName} from '../../../definition/serving-names.ts'
import {MlpipeError} from '../../../diagnostics/mlpipe-error.ts'
import {versionTag} from '../../../project/origin-tags.ts'
import type {Target} from '../../../project/target.ts'
import {connect} from '../../connect.ts'
import {halfDeleted} from '../../delete/half-deleted.ts'
import {paceOf} from '../../executions/pace.ts'
import {nextCommand, type Place} from '../../next-commands.ts'
import {findPipeline} from '../../open-project.ts'
import type {World} from '../../world.ts'
import {followEndpoint} from './follow-endpoint.ts'
import {unknownEndpoint} from './require-endpoint.ts'
import type {UndeployResult} from './serving-results.ts'
import {endpointTag, findEndpoint, type StandingEndpoint, servedVersionOf} from './standing-endpoint.ts'

export type UndeployInput = Place & {readonly endpoint: string; readonly dryRun: boolean; readonly yes: boolean}

/** Deleting takes a minute or two on AWS. */
const waitSeconds = 900

export async function undeployModel(input: UndeployInput, world: World): Promise<UndeployResult> {
  const {pipelineName, target} = await findPipeline(input, world)
  const connection = await connect(target, input, world)
  try {
    const {cloud} = connection
    const {endpoint: name} = input
    const asked = {name, verb: 'undeploy', isNamed: true}
    const standing = await findEndpoint(name, pipelineName, cloud)
    if (standing) refuseForeign(standing, target)
    const [configs, models] = await Promise.all([ownConfigs(name, cloud), ownModels(name, cloud)])
    const plan = describe(standing, {configs, models}, target, input)
    if (!standing && configs.length === 0 && models.length === 0) throw await unknownEndpoint(asked, cloud, input)
    if (input.dryRun) return plan
    if (!(await isMeant(plan, target, input, world))) return {...plan, outcome: 'kept', next: []}
    return await remove(plan, target, input, cloud, world)
  } finally {
    await connection.close()
  }
}

function describe(
  standing: StandingEndpoint | undefined,
  made: {readonly configs: readonly string[]; readonly models: readonly string[]},
  {name: target}: Target,
  input: UndeployInput,
): UndeployResult {
  return {
    formatVersion: 1,
    target,
    endpoint: input.endpoint,
    outcome: 'dry-run',
    ...(standing ? {endpointArn: standing.endpoint.arn, serves: servedVersionOf(standing)} : {}),

    ...made,
    next: [againCommand(input)],
  }
}

/** Their names tell what they might be, their tags whether they are. */
async function ownConfigs(endpoint: string, {endpoints}: Cloud): Promise<string[]> {
  const named = await endpoints.configsNamed(servingPrefix(endpoint))
  return ownOf(endpoint, named, async (name) => (await endpoints.config(name))?.arn, endpoints)
}

async function ownModels(endpoint: string, {endpoints}: Cloud): Promise<string[]> {
  const named = await endpoints.modelsNamed(servingPrefix(endpoint))
  return ownOf(endpoint, named, async (name) => (await endpoints.model(name))?.arn, endpoints)
}

async function ownOf(
  endpoint: string,
  names: readonly string[],
  arnOf: (name: string) => Promise<string | undefined>,
  {tags}: Pick<Cloud['endpoints'], 'tags'>,
): Promise<string[]> {
  const own: string[] = []
  for (const name of names) {
    if (versionInName(endpoint, name) === undefined) continue
    const arn = await arnOf(name)
    if (arn === undefined) continue
    if ((await tags(arn)).some(({key, value}) => key === endpointTag && value === endpoint)) own.push(name)
  }
  return own
}

async function isMeant(
  plan: UndeployResult,
  {kind, region}: Target,
  input: UndeployInput,
  world: World,
): Promise<boolean> {
  world.reporter.report({kind: 'proposal', proposal: plan})
  if (input.yes) return true
  const place = kind === 'local' ? plan.target : `${plan.target} (AWS ${region})`
  const what =
    plan.endpointArn === undefined ? `what endpoint ${plan.endpoint} has left over` : `endpoint ${plan.endpoint}`
  return world.confirm(`delete ${what} on ${place}?`, `${againCommand(input)} --yes`)
}

/** The endpoint first: a configuration that is in use must not go. */
async function remove(
  plan: UndeployResult,
  target: Target,
  input: UndeployInput,
  {endpoints}: Cloud,
  world: World,
): Promise<UndeployResult> {
  const done: string[] = []
  try {
    if (plan.endpointArn !== undefined) {
      await endpoints.removeEndpoint(plan.endpoint)
      const wait = {name: plan.endpoint, pace: paceOf(target), timeoutSeconds: waitSeconds}
      const end = await followEndpoint(wait, {endpoints}, world)
      if (end.kind !== 'gone') return {...plan, outcome: 'is-deleting', next: [`${againCommand(input)}  (the rest)`]}
      done.push(`endpoint ${plan.endpoint}`)
    }
    for (const name of plan.configs) {
      await endpoints.removeConfig(name)
      done.push(`endpoint configuration ${name}`)
    }
    for (const name of plan.models) {
      await endpoints.removeModel(name)
      done.push(`model ${name}`)
    }
    return {...plan, outcome: 'undeployed', next: []}
  } catch (error) {
    throw halfDeleted(error, done, againCommand(input))
  }
}

function refuseForeign({endpoint, owner}: StandingEndpoint, {name, kind, region}: Target): void {
  if (owner !== 'other') return
  const where = kind === 'local' ? '' : ` --region ${region}`
  throw new MlpipeError({
    code: 'not-ours',
    message: `endpoint "${endpoint.name}" on target "${name}" was not made by mlpipe (it has no tag ${versionTag}), and is left alone`,
    nextSteps: [`aws sagemaker delete-endpoint --endpoint-name ${endpoint.name}${where}`],
  })
}

function againCommand(input: UndeployInput): string {
  return nextCommand(`models undeploy ${input.endpoint}`, input)
}
