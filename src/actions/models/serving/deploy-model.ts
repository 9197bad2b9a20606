// Puts a registered model behind an endpoint: a model of the package, a configuration, and the endpoint made or brought to it.
// Whatever breaks off goes on from there when it is deployed again.

import type {Cloud, Tag} from '../../../cloud/ports.ts'
import {amended, MlpipeError} from '../../../diagnostics/mlpipe-error.ts'
import {versionTag} from '../../../project/origin-tags.ts'
import {connect} from '../../connect.ts'
import {parseTimeout} from '../../executions/followed-run.ts'
import {paceOf} from '../../executions/pace.ts'
import {findPipeline} from '../../open-project.ts'
import type {World} from '../../world.ts'
import {concludeDeploy, type Made} from './conclude-deploy.ts'
import {afterDeploy, historyTagOf} from './deployment-history.ts'
import {followEndpoint} from './follow-endpoint.ts'
import {type DeployModelInput, describePlan, planDeploy, type ServingPlan} from './plan-deploy.ts'
import type {DeployModelResult} from './serving-results.ts'
import {readServingFlags} from './serving-settings.ts'
import {endpointTag} from './standing-endpoint.ts'

export async function deployModel(input: DeployModelInput, world: World): Promise<DeployModelResult> {
  const given = readServingFlags(input)
  const timeoutSeconds = input.timeout === undefined ? undefined : parseTimeout(input.timeout)
  const {pipelineName, target} = await findPipeline(input, world)
  const connection = await connect(target, input, world)
  try {
    const {cloud} = connection
    const plan = await planDeploy(given, {pipelineName, target}, cloud, input, world)
    const proposal = describePlan(plan, input)
    if (input.dryRun) return proposal
    if (plan.would === 'change-nothing') return {...proposal, outcome: 'unchanged'}
    if (!(await isMeant(plan, proposal, input, world))) return {...proposal, outcome: 'kept', next: []}

    const startedMs = world.now()
    const made = await apply(plan, cloud, input, world)
    const endpointArn = (await cloud.endpoints.endpoint(plan.endpointName))?.arn
    const begun = {...proposal, ...(endpointArn === undefined ? {} : {endpointArn})}
    if (!input.wait) return {...begun, outcome: 'started', next: [`${plan.again}  (waits for it)`]}
    const wait = {name: plan.endpointName, pace: paceOf(target), timeoutSeconds}
    const end = await followEndpoint(wait, cloud, world)
    return await concludeDeploy({plan, begun, made, end, startedMs, place: input}, cloud, world)
  } finally {
    await connection.close()
  }
}

/** An endpoint costs money on AWS, and one that something else made may serve others. */
async function isMeant(
  {target, endpointName, standing, would, again}: ServingPlan,
  proposal: DeployModelResult,
  {yes, adopt}: DeployModelInput,
  world: World,
): Promise<boolean> {
  const isForeign = standing?.owner === 'other'
  if (would === 'wait' || (target.kind === 'local' && !isForeign)) return true
  world.reporter.report({kind: 'proposal', proposal})
  if (isForeign && !adopt) {
    const whose = `endpoint "${endpointName}" on target "${target.name}" was not made by mlpipe (it has no tag ${versionTag})`
    return world.confirm(`${whose}; take it over?`, `${again} --yes --adopt`)
  }
  if (yes || target.kind === 'local') return true
  const question = `deploy ${proposal.model} to endpoint ${endpointName} on ${target.name} (AWS ${target.region})?`
  return world.confirm(question, `${again} --yes`)
}

async function apply(plan: ServingPlan, cloud: Cloud, input: DeployModelInput, world: World): Promise<Made> {
  const {endpointName, standing, wanted, would} = plan
  if (would === 'wait') return {model: false, config: false, endpoint: false}
  const {endpoints} = cloud
  const tags = tagsOf(plan, input)
  const own = tags.map(({key, value}) => ({Key: key, Value: value}))
  const done: string[] = []
  try {
    const model = await endpoints.createModel({...wanted.model, Tags: own})
    if (model) done.push(`model ${wanted.name} is made`)
    const config = await endpoints.createConfig({...wanted.config, Tags: own})
    if (config) done.push(`endpoint configuration ${wanted.name} is made`)
    if (would === 'update' && standing) {
      const history = afterDeploy(standing.history, standing.endpoint.configName, wanted.name)
      await endpoints.tag(standing.endpoint.arn, [...tags, historyTagOf(history)])
      await endpoints.update(endpointName, wanted.name)
      return {model, config, endpoint: false}
    }
    if (would === 'replace') {
      await removeFailed(plan, cloud, world)
      done.push(`the endpoint ${endpointName} that had failed is deleted`)
    }
    await endpoints.create(endpointName, wanted.name, [...tags, historyTagOf([wanted.name])])
    return {model, config, endpoint: true}
  } catch (error) {
    throw halfDone(error, done, plan)
  }
}

async function removeFailed({endpointName, target}: ServingPlan, cloud: Cloud, world: World): Promise<void> {
  await cloud.endpoints.removeEndpoint(endpointName)
  const end = await followEndpoint({name: endpointName, pace: paceOf(target), timeoutSeconds: 600}, cloud, world)
  if (end.kind === 'gone') return
  throw new MlpipeError({
    code: 'endpoint-busy',
    who: 'service',
    message: `the endpoint "${endpointName}" that had failed is still being deleted`,
  })
}

function tagsOf({pipelineName, found, endpointName}: ServingPlan, {version}: DeployModelInput): Tag[] {
  return [
    {key: versionTag, value: version},
    {key: 'mlpipe:pipeline', value: pipelineName},
    {key: endpointTag, value: endpointName},
    {key: 'mlpipe:model', value: `${found.group}/${found.version}`},
  ]
}

function halfDone(error: unknown, done: readonly string[], {standing, endpointName, again}: ServingPlan): unknown {
  if (!(error instanceof MlpipeError) || error.who === 'bug') return error
  const isReplaced = done.some((text) => text.endsWith('is deleted'))
  const rest =
    standing && !isReplaced ? `endpoint ${endpointName} is as it was` : `there is no endpoint ${endpointName}`
  const message = `the model is not deployed (${[...done, rest].join(', ')}): ${error.message}`
  return amended(error, {message, nextSteps: [...error.nextSteps, `${again}  (goes on from there)`]})
}
