// Checks a spec as completely as deploying it would, and changes nothing.

import {type DiagnosticJson, diagnosticsToJson} from '../diagnostics/render-diagnostics.ts'
import {openProject, type ProjectInput} from './open-project.ts'
import type {World} from './world.ts'

export type ValidateResult = {
  readonly formatVersion: 1
  readonly file: string
  readonly pipeline: string
  readonly target: string
  readonly parameters: number
  readonly steps: readonly {readonly name: string; readonly type: string}[]
  readonly warnings: readonly DiagnosticJson[]
}

export async function validate(input: ProjectInput, world: World): Promise<ValidateResult> {
  const project = await openProject(input, world)
  world.reporter.report({kind: 'diagnostics', diagnostics: project.warnings, source: project.source})
  return {
    formatVersion: 1,
    file: project.specPath,
    pipeline: project.pipelineName,
    target: project.target.name,
    parameters: project.spec.parameters.length,
    steps: project.spec.steps.map(({name, kind}) => ({name, type: kind})),
    warnings: diagnosticsToJson(project.warnings, project.source),
  }
}
