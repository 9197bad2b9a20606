// Where a spec is deployed: the embedded engine, or an AWS account and region.

import {join} from 'node:path'
import type {CompileTarget} from '../compiler/context.ts'
import {MlpipeError} from '../diagnostics/mlpipe-error.ts'
import type {PipelineSpec, TargetSpec} from '../spec/pipeline-spec.ts'
import {suggestName} from '../text/nearest-name.ts'

export type Target = CompileTarget & {
  /** Where the embedded engine keeps its state; beside the spec. */
  readonly stateDirectory: string
  /** Named profile of the AWS configuration; absent: what the SDK's own chain finds. */
  readonly profile?: string
  /** The target as the spec declares it; absent for `local`. */
  readonly declared?: TargetSpec
}

/** The account of the embedded engine. */
export const localAccount = '000000000000'

/** `local` always exists. Chosen: the name given, else MLPIPE_TARGET, else the default target, else local. */
export function chooseTarget(
  spec: Pick<PipelineSpec, 'targets'>,
  directory: string,
  named: string | undefined,
  env: Readonly<Record<string, string | undefined>>,
): Target {
  const stateDirectory = join(directory, '.mlpipe')
  const name =
    named ?? (env.MLPIPE_TARGET || undefined) ?? spec.targets.find(({isDefault}) => isDefault)?.name ?? 'local'
  if (name === 'local') return localTarget(stateDirectory)

  const declared = spec.targets.find((target) => target.name === name)
  if (!declared) {
    const help = suggestName(name, ['local', ...spec.targets.map((target) => target.name)])
    throw new MlpipeError({code: 'unknown-target', message: `there is no target "${name}" in the spec: ${help}`})
  }
  return awsTarget(declared, stateDirectory, env)
}

function localTarget(stateDirectory: string): Target {
  return {
    name: 'local',
    kind: 'local',
    region: 'us-east-1',
    account: localAccount,
    role: `arn:aws:iam::${localAccount}:role/mlpipe-local`,
    bucket: 'mlpipe-local',
    stateDirectory,
  }
}

/** What the spec leaves out of a target is empty here; the compiler says so where it is needed. */
function awsTarget(
  declared: TargetSpec,
  stateDirectory: string,
  env: Readonly<Record<string, string | undefined>>,
): Target {
  const region = (env.MLPIPE_REGION || declared.region?.value || env.AWS_REGION || env.AWS_DEFAULT_REGION) ?? ''
  const profile = env.MLPIPE_PROFILE || declared.profile?.value || undefined
  const account = declared.account?.value
  return {
    name: declared.name,
    kind: 'aws',
    region,
    ...(account === undefined ? {} : {account}),
    role: declared.role?.value ?? '',
    bucket: declared.bucket?.value ?? usualBucket(region, account),
    stateDirectory,
    ...(profile === undefined ? {} : {profile}),
    declared,
  }
}

/** The target with the region that its profile names; its bucket follows. */
export function withRegion(target: Target, region: string): Target {
  const {account, bucket} = target
  return {...target, region, bucket: bucket || usualBucket(region, account)}
}

/** The bucket that SageMaker's tools make for an account and region. */
function usualBucket(region: string, account: string | undefined): string {
  return region !== '' && account ? `sagemaker-${region}-${account}` : ''
}
