// Makes the triggers that the spec declares, or one that the command line does, stand on the target. What is there already is
// brought in line.

import type {Cloud} from '../../../cloud/ports.ts'
import {MlpipeError} from '../../../diagnostics/mlpipe-error.ts'
import {suggestName} from '../../../text/nearest-name.ts'
import type {Trigger} from '../../../trigger/trigger.ts'
import {connect} from '../../connect.ts'
import {readDefinition} from '../../executions/definition-outline.ts'
import {requirePipeline} from '../../executions/resolve-execution.ts'
import {nextCommand, quoted} from '../../next-commands.ts'
import {openProject, type Project, type ProjectInput} from '../../open-project.ts'
import type {World} from '../../world.ts'
import {checkDeployedParameters} from '../checks/check-parameters.ts'
import {standingTriggers} from '../standing-triggers.ts'
import {applyTriggers, type MadeTriggers} from './apply-triggers.ts'
import {declareTrigger, type TriggerOptions, wordsOf} from './command-line-trigger.ts'
import {nothingToDo, type PreparedTriggers, prepareTriggers, type TriggerSetting} from './prepare-triggers.ts'
import {notesOf, outcomeOf, queuePolicies, reportTrigger} from './report-triggers.ts'
import type {CreateTriggersResult} from './triggers-result.ts'

export type CreateTriggersInput = ProjectInput & {
  /** All that the spec declares when absent. */
  readonly name?: string | undefined
  readonly options: TriggerOptions
  /** Take over what something else made under the same names. */
  readonly adopt: boolean
  readonly dryRun: boolean
  readonly yes: boolean
  readonly version: string
}

export async function createTriggers(input: CreateTriggersInput, world: World): Promise<CreateTriggersResult> {
  const project = await openProject(input, world)
  world.reporter.report({kind: 'diagnostics', diagnostics: project.warnings, source: project.source})
  const {triggers, yaml} = await choose(input, project, world)
  const connection = await connect(project.target, input, world)
  try {
    const {cloud} = connection
    const pipeline = await requirePipeline(project.pipelineName, cloud, input)
    const deployed = readDefinition(pipeline.definition)
    checkDeployedParameters(triggers, deployed, project.compiled.definition, input)
    const setting = settingOf(input, project, pipeline.arn)
    const found = await standingTriggers(pipeline.arn, cloud)
    const prepared = await prepareTriggers(triggers, setting, found, cloud, world.now())
    for (const message of prepared.warnings) world.reporter.report({kind: 'warning', message})
    return await create(prepared, setting, project, yaml, input, cloud, world)
  } finally {
    await connection.close()
  }
}

type Chosen = {readonly triggers: readonly Trigger[]; readonly yaml?: string}

async function choose({name, options}: CreateTriggersInput, project: Project, world: World): Promise<Chosen> {
  const {compiled, specPath} = project
  const declared = await declareTrigger(name, options, project, world)
  if (declared) {
    world.reporter.report({kind: 'diagnostics', diagnostics: declared.warnings, source: declared.source})
    return {triggers: [declared.trigger], yaml: declared.source.text}
  }
  if (name === undefined) {
    if (compiled.triggers.length > 0) return {triggers: compiled.triggers}
    throw new MlpipeError({
      code: 'no-triggers',
      message: `${specPath} declares no triggers`,
      nextSteps: [
        "mlpipe trigger create nightly --schedule 'cron(0 3 * * ? *)'",
        'mlpipe explain triggers  (how the spec declares them)',
      ],
    })
  }
  const found = compiled.triggers.filter((trigger) => trigger.name === name)
  if (found.length > 0) return {triggers: found}
  const help = suggestName(
    name,
    compiled.triggers.map((trigger) => trigger.name),
  )
  throw new MlpipeError({
    code: 'unknown-trigger',
    message: `${specPath} declares no trigger "${name}"${help === undefined ? '' : `: ${help}`}`,
    nextSteps: [`mlpipe trigger create ${quoted(name)} --schedule 'cron(0 3 * * ? *)'  (declares one here)`],
  })
}

function settingOf(input: CreateTriggersInput, project: Project, pipelineArn: string): TriggerSetting {
  const {pipelineName, target, compiled} = project
  const {version, adopt, options, name} = input
  const words = [...(name === undefined ? [] : [quoted(name)]), ...wordsOf(options), ...(adopt ? ['--adopt'] : [])]
  return {
    pipelineName,
    pipelineArn,
    definition: compiled.definition,
    target,
    version,
    role: options.role,
    adopt,
    place: input,
    again: nextCommand(['trigger create', ...words].join(' '), input),
  }
}

async function create(
  prepared: PreparedTriggers,
  setting: TriggerSetting,
  project: Project,
  yaml: string | undefined,
  input: CreateTriggersInput,
  cloud: Cloud,
  world: World,
): Promise<CreateTriggersResult> {
  const {pipelineName, pipelineArn, target, again} = setting
  const result = (outcome: CreateTriggersResult['outcome'], made: MadeTriggers): CreateTriggersResult => {
    const {role, buckets, warnings} = prepared
    return {
      formatVersion: 1,
      file: project.specPath,
      pipeline: pipelineName,
      target: target.name,
      outcome,
      triggers: prepared.plans.map((plan) => reportTrigger(plan, made, world.now())),
      ...(role ? {role: {arn: role.arn, action: role.action}} : {}),
      buckets,
      queues: target.kind === 'local' ? [] : queuePolicies(prepared, pipelineArn),
      ...(yaml === undefined ? {} : {yaml}),
      warnings,
      notes: notesOf(prepared, target, input.options.role),
      next: nextOf(outcome, prepared, again, input),
    }
  }
  const proposal = result('dry-run', new Map())
  if (input.dryRun) return proposal
  if (nothingToDo(prepared)) return result('unchanged', new Map())
  if (target.kind === 'aws' && !(await isMeant(proposal, target, input.yes, again, world))) {
    return result('kept', new Map())
  }
  const made = await applyTriggers(prepared, setting, cloud)
  return result(outcomeOf(proposal.triggers, true), made)
}

async function isMeant(
  proposal: CreateTriggersResult,
  {name, region}: TriggerSetting['target'],
  yes: boolean,
  again: string,
  world: World,
): Promise<boolean> {
  world.reporter.report({kind: 'proposal', proposal})
  if (yes) return true
  const [first, ...others] = proposal.triggers.filter(({action}) => action !== 'none')
  const what = first && others.length === 0 ? `trigger ${first.name}` : 'the triggers'
  return world.confirm(`create ${what} of ${proposal.pipeline} on ${name} (AWS ${region})?`, `${again} --yes`)
}

function nextOf(
  outcome: CreateTriggersResult['outcome'],
  {plans}: PreparedTriggers,
  again: string,
  input: CreateTriggersInput,
): string[] {
  if (outcome === 'kept') return []
  if (outcome === 'dry-run') return [again]
  const [first] = plans
  const test = first === undefined ? [] : [nextCommand(`trigger test ${quoted(first.trigger.name)}`, input)]
  return [...test, nextCommand('trigger list', input)]
}
