// What the spec declares, as the documents that it would become. Triggers are looked at also while the spec is wrong.

import type {Cloud, Pipeline} from '../../../cloud/ports.ts'
import {SpecError} from '../../../diagnostics/spec-error.ts'
import type {Target} from '../../../project/target.ts'
import {documentsOf, type TriggerDocuments} from '../../../trigger/documents.ts'
import type {Trigger} from '../../../trigger/trigger.ts'
import {findPipeline, openProject, type ProjectInput} from '../../open-project.ts'
import type {World} from '../../world.ts'
import {expectedArn} from '../standing-triggers.ts'
import {usualRole} from '../usual-role.ts'
import type {PipelinePlace} from './find-standing.ts'

export type Declared = {
  readonly pipelineName: string
  readonly target: Target
  /** Undefined when the spec has errors. */
  readonly triggers: readonly Trigger[] | undefined
  readonly notes: readonly string[]
}

export async function openDeclared(input: ProjectInput, world: World): Promise<Declared> {
  try {
    const {pipelineName, target, compiled, warnings, source} = await openProject(input, world)
    world.reporter.report({kind: 'diagnostics', diagnostics: warnings, source})
    return {pipelineName, target, triggers: compiled.triggers, notes: []}
  } catch (error) {
    if (!(error instanceof SpecError)) throw error
    const found = await findPipeline(input, world)
    const note = `${error.message} (mlpipe validate shows them): what stands is not compared with what it declares`
    world.reporter.report({kind: 'note', message: note})
    return {...found, triggers: undefined, notes: [note]}
  }
}

/** The ARN that the pipeline has, or would have. */
export async function placeOf(
  {pipelineName, target}: Pick<Declared, 'pipelineName' | 'target'>,
  pipeline: Pipeline | undefined,
  cloud: Cloud,
): Promise<PipelinePlace> {
  return {pipelineName, pipelineArn: pipeline?.arn ?? (await expectedArn(pipelineName, target, cloud))}
}

export type DeclaredDocuments = {readonly trigger: Trigger; readonly documents: TriggerDocuments}

/** By the name of the trigger, in the order of the spec. */
export function declaredDocuments(
  {triggers = [], target}: Pick<Declared, 'triggers' | 'target'>,
  {pipelineName, pipelineArn}: PipelinePlace,
): ReadonlyMap<string, DeclaredDocuments> {
  // The version is in tags only, which are not compared.
  const place = {pipelineName, pipelineArn, roleArn: usualRole(target, pipelineName, pipelineArn), version: ''}
  return new Map(triggers.map((trigger) => [trigger.name, {trigger, documents: documentsOf(trigger, place)}]))
}
