// What policies are made for: the target that a spec names, with placeholders for what a spec need not say before there are roles.

import {arn as arnOf, roleArn} from '../access/place.ts'
import type {AccessSubject} from '../access/subject.ts'
import {MlpipeError} from '../diagnostics/mlpipe-error.ts'
import type {Target} from '../project/target.ts'
import type {PipelineSpec} from '../spec/pipeline-spec.ts'
import type {Project} from './open-project.ts'
import {openTarget} from './open-target.ts'
import {triggerNeeds} from './triggers/trigger-needs.ts'
import type {World} from './world.ts'

export const placeholderAccount = 'ACCOUNT_ID'
const usualRegion = 'us-east-1'

/** Source: IAM User Guide, "IAM and AWS STS quotas": the name of a role. */
const longestRoleName = 64

/**
 * The AWS target that the command is for. The embedded engine asks nobody for permission: with it, and no AWS target in the
 * spec, the policies hold placeholders.
 */
export async function policyTarget(
  spec: Pick<PipelineSpec, 'targets' | 'name'>,
  directory: string,
  named: string | undefined,
  world: Pick<World, 'env' | 'regionOf'>,
): Promise<Target> {
  const target = await openTarget(spec, directory, named, world)
  if (target.kind === 'local' && spec.targets.length > 0) throw noAwsTarget(spec)
  const name = spec.name?.value ?? 'pipeline'
  if (target.kind === 'aws') return withPlaceholders(target, name)
  const {stateDirectory} = target
  const region = world.env.MLPIPE_REGION || usualRegion
  return withPlaceholders({name: 'local', kind: 'aws', region, role: '', bucket: '', stateDirectory}, name)
}

/** The target with something in every place that a definition needs filled. */
export function withPlaceholders(target: Target, pipelineName: string): Target {
  const place = {region: target.region || usualRegion, account: target.account ?? placeholderAccount}
  return {
    ...target,
    ...place,
    role: target.role || roleArn(place, nameFor(pipelineName, 'execution')),
    bucket: target.bucket || `sagemaker-${place.region}-${place.account}`,
  }
}

function noAwsTarget({targets}: Pick<PipelineSpec, 'targets'>): MlpipeError {
  return new MlpipeError({
    code: 'local-target',
    message: 'the target "local" needs no permissions: policies are for a target in AWS',
    nextSteps: targets.map(({name}) => `mlpipe iam -t ${name}`),
  })
}

/** Of a spec that declares triggers, whoever deploys makes them too; `withTriggers` lets them make some from the command line. */
export function policySubject(project: Project, {withTriggers}: {withTriggers: boolean}): AccessSubject {
  const {pipelineName, target, compiled} = project
  const {triggers} = compiled
  const place = {account: target.account ?? placeholderAccount, region: target.region}
  return {
    ...place,
    pipelineName,
    definition: compiled.definition,
    bucket: target.bucket,
    role: target.role,
    modelPackageGroups: compiled.modelPackageGroups,
    ...(withTriggers || triggers.length > 0 ? {triggerRole: roleArn(place, nameFor(pipelineName, 'trigger'))} : {}),
    ...(triggers.length > 0 ? triggerNeeds(triggers, pipelineName, pipelineArn({...place, pipelineName})) : {}),
  }
}

export function pipelineArn({
  account,
  region,
  pipelineName,
}: Pick<AccessSubject, 'account' | 'region' | 'pipelineName'>): string {
  return arnOf({account, region}, 'sagemaker', `pipeline/${pipelineName.toLowerCase()}`)
}

export function nameFor(pipelineName: string, purpose: string): string {
  return `${pipelineName.slice(0, longestRoleName - purpose.length - 1)}-${purpose}`
}

/** Of a role's ARN: `arn:aws:iam::111122223333:role/service-role/x`. */
export function roleName(arn: string): {readonly name: string; readonly path: string} {
  const full = arn.slice(arn.indexOf(':role/') + ':role'.length)
  const end = full.lastIndexOf('/') + 1
  return {name: full.slice(end), path: full.slice(0, end)}
}
