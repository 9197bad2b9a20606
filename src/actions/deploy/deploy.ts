// Makes a target hold what the spec says, or what a plan has kept of it: code and data under their content hashes, model
// package groups, the pipeline.

import type {Cloud} from '../../cloud/ports.ts'
import {connect} from '../connect.ts'
import {nextCommand, quoted} from '../next-commands.ts'
import {openProject, type ProjectInput} from '../open-project.ts'
import type {World} from '../world.ts'
import {apply} from './apply.ts'
import {isMeant} from './consent.ts'
import type {DeployResult} from './deploy-result.ts'
import {type Deployment, deploymentOf} from './deployment.ts'
import {openPlan, refuseStale} from './open-plan.ts'
import {changeReports, type Standing, standingOf} from './standing.ts'

export type DeployInput = ProjectInput & {
  /** A file that `mlpipe diff -o` wrote; exactly that is deployed. */
  readonly plan?: string | undefined
  readonly dryRun: boolean
  readonly yes: boolean
  /** Take over a pipeline of that name that something else made. */
  readonly adopt: boolean
  readonly version: string
}

export async function deploy(input: DeployInput, world: World): Promise<DeployResult> {
  const plan = input.plan === undefined ? undefined : await openPlan({...input, plan: input.plan}, world)
  const deployment = plan?.deployment ?? (await openSpec(input, world))
  const connection = await connect(deployment.target, input, world)
  try {
    const {cloud} = connection
    const standing = await standingOf(deployment, cloud)
    if (!plan) return await deployTo(deployment, standing, cloud, input, world)
    await refuseStale(plan, standing)
    // Whoever applies a plan has seen it.
    return await deployTo(deployment, standing, cloud, {...input, target: deployment.target.name, yes: true}, world)
  } finally {
    await connection.close()
  }
}

async function openSpec(input: DeployInput, world: World): Promise<Deployment> {
  const project = await openProject(input, world)
  world.reporter.report({kind: 'diagnostics', diagnostics: project.warnings, source: project.source})
  return deploymentOf(project, input.version)
}

async function deployTo(
  deployment: Deployment,
  standing: Standing,
  cloud: Cloud,
  input: DeployInput,
  world: World,
): Promise<DeployResult> {
  const proposal = propose(deployment, standing, input)
  if (input.dryRun) return proposal
  const {would: _, ...result} = proposal
  const again = commandOf(input)
  if (!(await isMeant(deployment, standing, proposal, input, again, world))) {
    const uploads = result.uploads.map((upload) => ({...upload, uploaded: false}))
    return {...result, outcome: 'kept', uploads, groupsCreated: [], next: []}
  }
  const applied = await apply(deployment, standing, cloud, world, again)
  return {...result, ...applied, next: [nextCommand('run', input)]}
}

/** What a deploy would do. */
function propose(deployment: Deployment, standing: Standing, input: DeployInput): DeployResult {
  const {file, pipeline, target, parameters, steps, warnings, lines} = deployment
  const {before, would, changes, isForeign} = standing
  const missing = new Map(standing.missing.map((upload) => [upload.uri, upload.bytes]))
  return {
    formatVersion: 1,
    file,
    pipeline,
    target: target.name,
    ...(before ? {arn: before.arn} : {}),
    outcome: 'dry-run',
    would,
    changes: changeReports(changes, lines),
    ...(isForeign ? {isForeign} : {}),
    uploads: deployment.uploads.map(({uri, source, bytes}) => ({
      uri,
      source,
      bytes: missing.get(uri) ?? bytes,
      uploaded: missing.has(uri),
    })),
    groupsCreated: standing.missingGroups,
    parameters,
    steps,
    warnings,
    next: [would === 'change-nothing' ? nextCommand('run', input) : commandOf(input)],
  }
}

function commandOf(input: DeployInput): string {
  return nextCommand(input.plan === undefined ? 'deploy' : `deploy ${quoted(input.plan)}`, input)
}
