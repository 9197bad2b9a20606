// What is to be deployed: a spec that was compiled just now, or what a plan file has kept of one.

import type {Tag} from '../../cloud/ports.ts'
import type {Upload} from '../../compiler/context.ts'
import type {DiagnosticJson} from '../../diagnostics/render-diagnostics.ts'
import {diagnosticsToJson} from '../../diagnostics/render-diagnostics.ts'
import type {BundleFile} from '../../project/bundle.ts'
import {originTags} from '../../project/origin-tags.ts'
import type {Target} from '../../project/target.ts'
import type {Trigger} from '../../trigger/trigger.ts'
import {findLines, type LineFinder} from '../forecast/forecast-run.ts'
import type {Project} from '../open-project.ts'
import {type PipelineSettings, wantedSettings} from '../pipeline-settings.ts'
import type {NamedParameter} from './deploy-result.ts'

export type LocalUpload = {
  readonly uri: string
  /** As the spec names it. */
  readonly source: string
  readonly form: Upload['form']
  readonly bytes: number
  /** Sorted by name. */
  readonly files: readonly BundleFile[]
}

export type Deployment = {
  readonly pipeline: string
  readonly target: Target
  /** The spec, as it is shown to people. */
  readonly file: string
  readonly definition: string
  readonly settings: PipelineSettings
  readonly uploads: readonly LocalUpload[]
  /** Model package groups that the steps register into. */
  readonly groups: readonly string[]
  readonly parameters: readonly NamedParameter[]
  readonly steps: readonly {readonly name: string; readonly type: string}[]
  readonly warnings: readonly DiagnosticJson[]
  /** As the spec declares them; none of a plan, which leaves them alone. */
  readonly triggers: readonly Trigger[]
  /** Tags that tell what is deployed from what. They are not compared: a new commit alone is nothing to deploy. */
  origin(): Promise<readonly Tag[]>
  /** Absent where there is no spec to point into. */
  readonly lines?: LineFinder
}

export function deploymentOf(project: Project, version: string): Deployment {
  const {compiled, bundles, spec, source, directory} = project
  return {
    pipeline: project.pipelineName,
    target: project.target,
    file: project.specPath,
    definition: project.definitionText,
    settings: wantedSettings(project),
    uploads: compiled.uploads.map(({uri, path, form}) => {
      const {bytes = 0, files = []} = bundles.get(path) ?? {}
      return {uri, source: path, form, bytes, files}
    }),
    groups: compiled.modelPackageGroups,
    parameters: compiled.definition.Parameters.map(({Name, Type, DefaultValue}) => ({
      name: Name,
      type: Type ?? 'String',
      ...(DefaultValue === undefined ? {} : {default: String(DefaultValue)}),
    })),
    steps: spec.steps.map(({name, kind}) => ({name, type: kind})),
    warnings: diagnosticsToJson(project.warnings, source),
    triggers: compiled.triggers,
    origin: () => originTags({spec: source.text, directory, version}),
    lines: findLines(project),
  }
}
