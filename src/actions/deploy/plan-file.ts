// A plan: what a deploy would do, kept in a file, so that exactly that can be done later. The definition is a text in it,
// byte for byte as it goes to SageMaker.

import {relative, sep} from 'node:path'
import type {Cloud, Pipeline, Tag} from '../../cloud/ports.ts'
import {sha256} from '../../project/origin-tags.ts'
import type {Target} from '../../project/target.ts'
import type {ChangeReport} from '../forecast/forecast.ts'
import type {Project} from '../open-project.ts'
import type {PipelineSettings} from '../pipeline-settings.ts'
import type {World} from '../world.ts'
import {writeOutput} from '../write-output.ts'
import type {NamedParameter} from './deploy-result.ts'
import {type Deployment, deploymentOf, type LocalUpload} from './deployment.ts'
import {changeReports, standingOf} from './standing.ts'

/** The deployed pipeline that a plan was made against. */
export type Against =
  | {readonly state: 'absent'}
  | (PipelineSettings & {
      readonly state: 'deployed'
      readonly arn: string
      readonly modifiedAt: string
      readonly definitionSha256: string
    })

export type PlanFile = {
  readonly formatVersion: 1
  readonly kind: 'mlpipe-plan'
  /** mlpipe's version. */
  readonly version: string
  readonly createdAt: string
  readonly pipeline: string
  readonly target: Pick<Target, 'name' | 'kind' | 'region' | 'account' | 'role' | 'bucket' | 'profile'>
  readonly spec: {readonly file: string; readonly sha256: string}
  readonly against: Against
  readonly definition: string
  readonly settings: PipelineSettings
  readonly origin: readonly Tag[]
  /** Paths of files are relative to the spec's folder. */
  readonly uploads: readonly LocalUpload[]
  readonly groups: readonly string[]
  readonly parameters: readonly NamedParameter[]
  readonly steps: Deployment['steps']
  /** For people: what the plan changes in the pipeline that was there. */
  readonly changes: readonly ChangeReport[]
}

export async function writePlan(
  path: string,
  project: Project,
  cloud: Cloud,
  version: string,
  world: World,
): Promise<void> {
  const plan = await makePlan(project, cloud, version, world)
  await writeOutput(path, `${JSON.stringify(plan, null, 2)}\n`, world, {file: project.specPath})
}

async function makePlan(project: Project, cloud: Cloud, version: string, {now}: World): Promise<PlanFile> {
  const deployment = deploymentOf(project, version)
  const {target, lines, settings, definition, groups, parameters, steps} = deployment
  const standing = await standingOf(deployment, cloud)
  const {name, kind, region, role, bucket, profile} = target
  const account = target.account ?? (await cloud.identity.caller()).account
  return {
    formatVersion: 1,
    kind: 'mlpipe-plan',
    version,
    createdAt: new Date(now()).toISOString(),
    pipeline: deployment.pipeline,
    target: {name, kind, region, account, role, bucket, ...(profile === undefined ? {} : {profile})},
    spec: {file: project.specPath, sha256: sha256(project.source.text)},
    against: againstOf(standing.before, standing.tags),
    definition,
    settings,
    origin: await deployment.origin(),
    uploads: deployment.uploads.map((upload) => ({
      ...upload,
      files: upload.files.map((file) => ({...file, path: portable(relative(project.directory, file.path))})),
    })),
    groups,
    parameters,
    steps,
    changes: changeReports(standing.changes, lines),
  }
}

export function againstOf(pipeline: Pipeline | undefined, tags: readonly Tag[]): Against {
  if (!pipeline) return {state: 'absent'}
  const {arn, roleArn, description, parallelism, modifiedAtMs, definition} = pipeline
  return {
    state: 'deployed',
    arn,
    modifiedAt: new Date(modifiedAtMs).toISOString(),
    definitionSha256: sha256(definition),
    roleArn,
    ...(description === undefined ? {} : {description}),
    ...(parallelism === undefined ? {} : {parallelism}),
    tags: Object.fromEntries(tags.map(({key, value}) => [key, value])),
  }
}

function portable(path: string): string {
  return path.split(sep).join('/')
}
