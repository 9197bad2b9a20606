// UpdateAssumeRolePolicy.

import {setTrustPolicy} from '../../store/roles.ts'
import type {updateAssumeRolePolicyShape} from '../../validations/iam/roles.ts'
import type {InputOf} from '../../validations/shape.ts'
import type {OperationContext} from '../context.ts'
import {ok, type Reply} from '../reply.ts'
import {refuseQuery} from './faults.ts'
import {withRole} from './finding.ts'
import {policySize, refuseDocument} from './policy-document.ts'

// "IAM and STS quotas": role trust policy length, by default.
const longestTrust = 2048

export function updateAssumeRolePolicy(
  input: InputOf<typeof updateAssumeRolePolicyShape>,
  {db}: OperationContext,
): Reply {
  const refusal = refuseDocument(input.PolicyDocument, 'trust') ?? refuseTrustSize(input.PolicyDocument)
  if (refusal) return refusal
  return withRole(db, input, (role) => {
    setTrustPolicy(db, role.arn, input.PolicyDocument)
    return ok({})
  })
}

export function refuseTrustSize(document: string) {
  if (policySize(document) <= longestTrust) return undefined
  return refuseQuery('LimitExceeded', `Cannot exceed quota for ACLSizePerRole: ${longestTrust}`)
}
