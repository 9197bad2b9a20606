// Compiles a spec to the pipeline definition that SageMaker stores. Uploads nothing.

import {formatJson} from '../definition/exact-json.ts'
import {type DiagnosticJson, diagnosticsToJson} from '../diagnostics/render-diagnostics.ts'
import {openProject, type Project, type ProjectInput} from './open-project.ts'
import type {World} from './world.ts'

export type CompileResult = {
  readonly formatVersion: 1
  readonly file: string
  readonly pipeline: string
  readonly target: string
  /** Indented JSON that ends with a newline. */
  readonly definition: string
  /** What a deploy puts into S3 besides the definition; sizes in bytes. */
  readonly uploads: readonly {
    readonly uri: string
    readonly source: string
    readonly sha256: string
    readonly bytes: number
  }[]
  readonly warnings: readonly DiagnosticJson[]
}

export async function compile(input: ProjectInput, world: World): Promise<CompileResult> {
  const project = await openProject(input, world)
  world.reporter.report({kind: 'diagnostics', diagnostics: project.warnings, source: project.source})
  return {
    formatVersion: 1,
    file: project.specPath,
    pipeline: project.pipelineName,
    target: project.target.name,
    definition: `${formatJson(project.compiled.document, 2)}\n`,
    uploads: describeUploads(project),
    warnings: diagnosticsToJson(project.warnings, project.source),
  }
}

function describeUploads({compiled, bundles}: Project): CompileResult['uploads'] {
  return compiled.uploads.map(({uri, path, sha256}) => ({
    uri,
    source: path,
    sha256,
    bytes: bundles.get(path)?.bytes ?? 0,
  }))
}
