// What a target on AWS must have before anything can be deployed to it. `local` has all of it by itself.

import type {PipelineSpec} from '../../spec/pipeline-spec.ts'
import type {Scope} from '../context.ts'

/** SageMaker API reference, CreatePipeline, RoleArn; IAM paths may stand before the name. */
export const roleArnPattern = /^arn:aws[a-z-]*:iam::\d{12}:role\/[\w+=,.@/-]+$/

export function checkTargets({targets}: PipelineSpec, scope: Scope): void {
  for (const {role} of targets) {
    if (!role || roleArnPattern.test(role.value)) continue
    scope.findings.error('invalid-role', role.range, `"${role.value}" is not the ARN of a role`, {
      help: 'an ARN is like arn:aws:iam::111122223333:role/SageMakerRole',
    })
  }
  checkChosen(scope)
}

function checkChosen({target, targetRange, findings}: Scope): void {
  const {name, kind, region, account = '', role, bucket} = target
  if (kind === 'local') return
  if (role === '') reportMissingRole({target, targetRange, findings})
  if (region === '') {
    findings.error('missing-region', targetRange, `the target "${name}" has no region`, {
      help: 'add `region:`, or give --region; AWS_REGION and the region of the AWS profile count too',
    })
  }
  // With an account, the region is all that the name of the usual bucket lacks.
  if (bucket !== '' || (region === '' && account !== '')) return
  findings.error('missing-bucket', targetRange, `the target "${name}" has no bucket`, {
    help: 'add `bucket:`, or `region:` and `account:` for the bucket sagemaker-<region>-<account>',
  })
}

/** At the target, however many steps need the role: one cause, one diagnostic. */
export function reportMissingRole({
  target,
  targetRange,
  findings,
}: Pick<Scope, 'target' | 'targetRange' | 'findings'>): void {
  findings.error('missing-role', targetRange, `the target "${target.name}" has no role`, {
    help: 'add `role:` with the ARN of the execution role',
  })
}
