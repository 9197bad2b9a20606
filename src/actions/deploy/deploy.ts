// Makes a target hold what the spec says, or what a plan has kept of it: code and data under their content hashes, model
// package groups, the pipeline.

import type {Cloud} from '../../cloud/ports.ts'
import {MlpipeError} from '../../diagnostics/mlpipe-error.ts'
import {connect} from '../connect.ts'
import {readDefinition} from '../executions/definition-outline.ts'
import {keepChampions, warnOfProblems} from '../gates/keep-champions.ts'
import {type GateState, lookAtGates} from '../gates/look-at-gates.ts'
import {nextCommand, quoted} from '../next-commands.ts'
import {openProject, type ProjectInput} from '../open-project.ts'
import type {World} from '../world.ts'
import {apply} from './apply.ts'
import {isMeant} from './consent.ts'
import type {DeployResult, TriggersReport} from './deploy-result.ts'
import {
  bringInLine,
  changesTriggers,
  chooseRemoved,
  reportTriggers,
  type StandingTriggers,
  standingTriggersOf,
} from './deploy-triggers.ts'
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
  /** Bring the triggers in line with the spec. */
  readonly triggers?: boolean
  readonly version: string
}

export async function deploy(input: DeployInput, world: World): Promise<DeployResult> {
  if (input.plan !== undefined && input.triggers) throw planWithTriggers(input)
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
  const again = commandOf(input)
  const triggers = await standingTriggersOf(
    deployment,
    standing,
    {...input, triggers: input.triggers === true, place: input, again},
    cloud,
    world,
  )
  const gates = await gatesOf(deployment, cloud)
  const proposal = {
    ...propose(deployment, standing, triggers, input),
    ...(gates.length > 0 ? {gates: gates.map(({report}) => report)} : {}),
  }
  if (input.dryRun) return proposal
  const {would: _, ...result} = proposal
  const isTriggerChange = triggers !== undefined && changesTriggers(triggers)
  if (!(await isMeant(deployment, standing, proposal, {...input, isTriggerChange}, again, world))) {
    const uploads = result.uploads.map((upload) => ({...upload, uploaded: false}))
    const {triggers: _triggers, ...rest} = result
    return {...rest, outcome: 'kept', uploads, groupsCreated: [], next: []}
  }
  const removed = triggers ? await chooseRemoved(triggers, input.yes, world) : []
  // Before the pipeline that reads them.
  await keepChampions(gates, cloud, world.now())
  const applied = await apply(deployment, standing, cloud, world, again)
  warnOfProblems(gates, deployment.target, input, world)
  if (triggers?.isWanted) await bringInLine(triggers, removed, applied.outcome, cloud)
  const report = triggers ? {triggers: reportTriggers(triggers, removed)} : {}
  return {...result, ...applied, ...report, next: [nextCommand('run', input), ...triggerNext(report.triggers, input)]}
}

async function gatesOf({definition: text, pipeline}: Deployment, cloud: Cloud): Promise<GateState[]> {
  const definition = readDefinition(text)
  return definition ? lookAtGates({definition, pipelineName: pipeline}, cloud) : []
}

/** What is left to bring in line. */
function triggerNext(triggers: TriggersReport | undefined, input: DeployInput): string[] {
  const {differences = [], isBroughtInLine = true} = triggers ?? {}
  const isLeft = isBroughtInLine ? differences.some(({action}) => action === 'keep') : differences.length > 0
  return isLeft ? [nextCommand(`deploy --triggers${isBroughtInLine ? ' --yes' : ''}`, input)] : []
}

/** What a deploy would do. */
function propose(
  deployment: Deployment,
  standing: Standing,
  standingTriggers: StandingTriggers | undefined,
  input: DeployInput,
): DeployResult {
  const {file, pipeline, target, parameters, steps, warnings, lines} = deployment
  const {before, would, changes, isForeign} = standing
  // What is declared no longer is asked for by itself.
  const triggers = standingTriggers && reportTriggers(standingTriggers, input.yes ? standingTriggers.undeclared : [])
  const isToDeploy = would !== 'change-nothing' || (standingTriggers !== undefined && changesTriggers(standingTriggers))
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
    ...(triggers ? {triggers} : {}),
    next: [isToDeploy ? commandOf(input) : nextCommand('run', input), ...triggerNext(triggers, input)],
  }
}

function commandOf(input: DeployInput): string {
  if (input.plan !== undefined) return nextCommand(`deploy ${quoted(input.plan)}`, input)
  return nextCommand(input.triggers ? 'deploy --triggers' : 'deploy', input)
}

function planWithTriggers(input: DeployInput): MlpipeError {
  return new MlpipeError({
    code: 'usage',
    message: 'a plan leaves triggers alone: --triggers goes by the spec',
    nextSteps: [commandOf(input), nextCommand('deploy --triggers', input)],
  })
}
