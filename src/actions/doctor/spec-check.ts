// The spec, and as much of it as the checks of a target need.

import {MlpipeError} from '../../diagnostics/mlpipe-error.ts'
import {SpecError} from '../../diagnostics/spec-error.ts'
import type {Target} from '../../project/target.ts'
import {nextCommand} from '../next-commands.ts'
import {findPipeline, openProject, type Project, type ProjectInput} from '../open-project.ts'
import {openTarget} from '../open-target.ts'
import {withPlaceholders} from '../policy-subject.ts'
import type {World} from '../world.ts'
import {type Check, counted, type Finding, finding} from './check.ts'

export type OpenedSpec = {
  readonly check: Check
  /** As the spec has it; undefined when the spec does not tell. */
  readonly target?: Target
  /** Compiled with placeholders where the target says nothing, which has a check of its own; undefined when it is wrong. */
  readonly project?: Project
}

const label = {id: 'spec', title: 'spec'}

export async function openSpec(input: ProjectInput, world: World): Promise<OpenedSpec> {
  let target: Target | undefined
  try {
    const project = await openProject(input, world, async (spec, directory, named) => {
      target = await openTarget(spec, directory, named, world)
      return withPlaceholders(target, spec.name?.value ?? 'pipeline')
    })
    return {check: {...label, ...goodFinding(project)}, project, ...(target ? {target} : {})}
  } catch (error) {
    if (!(error instanceof MlpipeError) || error.who === 'bug') throw error
    const found = target ?? (await targetOnly(input, world))
    return {check: {...label, ...badFinding(error, input)}, ...(found ? {target: found} : {})}
  }
}

function goodFinding({specPath, pipelineName, spec, warnings}: Project): Finding {
  const steps = counted(spec.steps.length, 'step')
  if (warnings.length === 0) return finding('ok', `${specPath}: ${pipelineName}, ${steps}`)
  const found = `${specPath}: ${pipelineName}, ${steps}, ${counted(warnings.length, 'warning')}`
  return finding('warning', found, [nextCommand('validate', {file: specPath})])
}

function badFinding(error: MlpipeError, input: ProjectInput): Finding {
  if (error instanceof SpecError) {
    const errors = error.diagnostics.filter(({severity}) => severity === 'error').length
    const warnings = error.diagnostics.length - errors
    const found = [counted(errors, 'error'), ...(warnings > 0 ? [counted(warnings, 'warning')] : [])].join(', ')
    return finding('failed', found, [nextCommand('validate', input)])
  }
  // Without a spec there is a machine to look at all the same.
  const isUnasked = error.code === 'spec-not-found' && input.file === undefined && input.target === undefined
  return finding(isUnasked ? 'skipped' : 'failed', error.message, error.nextSteps.slice(0, 1))
}

async function targetOnly(input: ProjectInput, world: World): Promise<Target | undefined> {
  try {
    return (await findPipeline(input, world)).target
  } catch (error) {
    if (error instanceof MlpipeError) return undefined
    throw error
  }
}
