// The spec that made an execution: the one beside the user, where it is known to be the same, and nothing else.

import {sameJson} from '../../definition/exact-json.ts'
import {SpecError} from '../../diagnostics/spec-error.ts'
import type {Provenance} from '../../lineage/provenance.ts'
import {sha256} from '../../project/origin-tags.ts'
import {readSpecFile} from '../../project/read-spec-file.ts'
import type {Gaps} from '../executions/gaps.ts'
import {openProject, type Project, type ProjectInput} from '../open-project.ts'
import type {World} from '../world.ts'
import type {ReportSpec} from './report-data.ts'

/** With the project where it compiles to the definition that ran, for the lines of the spec. */
export type SpecOfRun = {readonly spec?: ReportSpec; readonly project?: Project}

export async function findSpec(
  input: ProjectInput,
  ran: {readonly definition: string | undefined; readonly lineage: Provenance | undefined},
  world: World,
  gaps: Gaps,
): Promise<SpecOfRun> {
  const {shownPath: file, source} = await readSpecFile(input.file, world.cwd)
  const project = await compiled(input, world)
  const isSame = project && ran.definition !== undefined && sameJson(project.definitionText, ran.definition)
  const deployed = ran.lineage?.executions[0]?.origin?.specSha256
  const isDeployed = deployed === sha256(source.text)
  if (isDeployed || isSame) {
    const spec = {file, text: source.text, known: isDeployed ? 'by-hash' : 'by-definition'} as const
    return {spec, ...(isSame ? {project} : {})}
  }
  const why = project ? 'compiles to another definition than the one that ran' : 'has errors as it stands now'
  gaps.add('spec', `${file} ${why}: what it said when this execution was deployed is not known here`)
  return {}
}

/** Undefined for a spec with errors, or without its files: the execution is a fact all the same. */
async function compiled(input: ProjectInput, world: World): Promise<Project | undefined> {
  try {
    return await openProject(input, world)
  } catch (error) {
    if (error instanceof SpecError) return undefined
    throw error
  }
}
