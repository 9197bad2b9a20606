// Makes a target hold what the spec says: code and data under their content hashes, model package groups, the pipeline.

import type {Cloud, Pipeline, Tag} from '../cloud/ports.ts'
import type {Upload} from '../compiler/context.ts'
import {sameJson} from '../definition/exact-json.ts'
import {type DiagnosticJson, diagnosticsToJson} from '../diagnostics/render-diagnostics.ts'
import type {Bundle} from '../project/bundle.ts'
import {packSourceArchive} from '../project/source-archive.ts'
import {connect} from './connect.ts'
import {nextCommand} from './next-commands.ts'
import {openProject, type Project, type ProjectInput} from './open-project.ts'
import {settingDifferences} from './pipeline-settings.ts'
import type {World} from './world.ts'

export type DeployInput = ProjectInput & {readonly dryRun: boolean; readonly version: string}

export type DeployResult = {
  readonly formatVersion: 1
  readonly pipeline: string
  readonly target: string
  readonly arn?: string
  readonly outcome: 'created' | 'updated' | 'unchanged' | 'dry-run'
  /** Of a dry run: what a deploy would do to the pipeline. */
  readonly would?: 'create' | 'update' | 'change-nothing'
  readonly versionId?: number
  /** What the pipeline needs in S3; `uploaded` is false where it was there already. Sizes in bytes. */
  readonly uploads: readonly {
    readonly uri: string
    readonly source: string
    readonly bytes: number
    readonly uploaded: boolean
  }[]
  /** Model package groups that were created; in a dry run those that would be. */
  readonly groupsCreated: readonly string[]
  readonly parameters: readonly {readonly name: string; readonly type: string; readonly default?: string}[]
  readonly steps: readonly {readonly name: string; readonly type: string}[]
  readonly warnings: readonly DiagnosticJson[]
  readonly next: readonly string[]
}

export async function deploy(input: DeployInput, world: World): Promise<DeployResult> {
  const project = await openProject(input, world)
  world.reporter.report({kind: 'diagnostics', diagnostics: project.warnings, source: project.source})
  const connection = await connect(project.target, input, world)
  try {
    return await deployProject(project, connection.cloud, input, world)
  } finally {
    await connection.close()
  }
}

async function deployProject(project: Project, cloud: Cloud, input: DeployInput, world: World): Promise<DeployResult> {
  const description = {
    formatVersion: 1,
    pipeline: project.pipelineName,
    target: project.target.name,
    parameters: describeParameters(project),
    steps: project.spec.steps.map(({name, kind}) => ({name, type: kind})),
    warnings: diagnosticsToJson(project.warnings, project.source),
  } as const
  const missing = await missingUploads(project, cloud)
  const uploads = project.compiled.uploads.map(({uri, path}) => ({
    uri,
    source: path,
    bytes: project.bundles.get(path)?.bytes ?? 0,
    uploaded: missing.has(uri),
  }))
  const before = await cloud.pipelines.describe(project.pipelineName)
  if (input.dryRun) {
    const would = await changeOf(before, project, cloud)
    const arn = before ? {arn: before.arn} : {}
    const groupsCreated = await missingGroups(project, cloud)
    return {...description, ...arn, outcome: 'dry-run', would, uploads, groupsCreated, next: nextOfDryRun(would, input)}
  }

  for (const upload of project.compiled.uploads) {
    const bundle = project.bundles.get(upload.path)
    if (!bundle || !missing.has(upload.uri)) continue
    world.reporter.report({kind: 'upload', uri: upload.uri, source: upload.path, bytes: bundle.bytes})
    await putBundle(upload, bundle, cloud)
  }
  const groupsCreated: string[] = []
  for (const group of project.compiled.modelPackageGroups) {
    if (await cloud.registry.ensureGroup(group)) groupsCreated.push(group)
  }
  const upserted = await upsert(project, before, cloud, input.version)
  return {...description, ...upserted, uploads, groupsCreated, next: [nextCommand('run', input)]}
}

type Upserted = Pick<DeployResult, 'arn' | 'outcome' | 'versionId'>

/** A deploy that changes nothing calls no update. */
async function upsert(
  project: Project,
  before: Pipeline | undefined,
  cloud: Cloud,
  version: string,
): Promise<Upserted> {
  const description = project.spec.description?.value
  const {parallelism} = project.compiled
  const upload = {
    name: project.pipelineName,
    definition: project.definitionText,
    roleArn: project.target.role,
    ...(description === undefined ? {} : {description}),
    ...(parallelism === undefined ? {} : {parallelism}),
  }
  const own = Object.entries(project.compiled.tags).map(([key, value]) => ({key, value}))
  const tags: Tag[] = [...own, {key: 'mlpipe:version', value: version}]
  if (!before) return {...(await cloud.pipelines.create(upload, tags)), outcome: 'created'}
  if ((await changeOf(before, project, cloud)) === 'change-nothing') return {arn: before.arn, outcome: 'unchanged'}

  const updated = await cloud.pipelines.update(upload)
  await cloud.pipelines.tag(before.arn, tags)
  return {...updated, outcome: 'updated'}
}

async function changeOf(
  before: Pipeline | undefined,
  project: Project,
  cloud: Cloud,
): Promise<NonNullable<DeployResult['would']>> {
  if (!before) return 'create'
  const isSame = sameJson(before.definition, project.definitionText)
  return isSame && (await settingDifferences(before, project, cloud)).length === 0 ? 'change-nothing' : 'update'
}

async function missingGroups({compiled}: Project, cloud: Cloud): Promise<string[]> {
  if (compiled.modelPackageGroups.length === 0) return []
  const existing = new Set((await cloud.registry.groups()).map(({name}) => name))
  return compiled.modelPackageGroups.filter((group) => !existing.has(group))
}

function nextOfDryRun(would: DeployResult['would'], input: DeployInput): string[] {
  return [nextCommand(would === 'change-nothing' ? 'run' : 'deploy', input)]
}

/** Uploads that the target does not hold. The hash is part of the URI, so what is there is what is wanted. */
async function missingUploads({compiled, bundles}: Project, cloud: Cloud): Promise<Set<string>> {
  const missing = new Set<string>()
  for (const upload of compiled.uploads) {
    const bundle = bundles.get(upload.path)
    const last = upload.form === 'folder' ? bundle?.files.at(-1)?.name : undefined
    const probe = last === undefined ? upload.uri : `${upload.uri}/${last}`
    if (!(await cloud.objects.exists(probe))) missing.add(upload.uri)
  }
  return missing
}

/** The files of a folder go up in order of their names, so that the last one tells that all are there. */
async function putBundle(upload: Upload, bundle: Bundle, cloud: Cloud): Promise<void> {
  if (upload.form === 'archive') return cloud.objects.put(upload.uri, await packSourceArchive(bundle.files))
  for (const file of bundle.files) {
    const uri = upload.form === 'folder' ? `${upload.uri}/${file.name}` : upload.uri
    await cloud.objects.putFile(uri, file.path)
  }
}

function describeParameters({compiled}: Project): DeployResult['parameters'] {
  return compiled.definition.Parameters.map(({Name, Type, DefaultValue}) => ({
    name: Name,
    type: Type ?? 'String',
    ...(DefaultValue === undefined ? {} : {default: String(DefaultValue)}),
  }))
}
