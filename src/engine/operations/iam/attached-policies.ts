// AttachRolePolicy, DetachRolePolicy, ListAttachedRolePolicies. The embedded account has no managed policies of its own:
// those of AWS can be attached, by their ARN.

import {type AttachedPolicyRow, attachPolicy, detachPolicy, findAttachedPolicies} from '../../store/roles.ts'
import type {attachedRolePolicyShape, listAttachedRolePoliciesShape} from '../../validations/iam/role-policies.ts'
import type {InputOf} from '../../validations/shape.ts'
import type {OperationContext} from '../context.ts'
import {beginningWith} from '../paging.ts'
import {ok, type Reply} from '../reply.ts'
import {refuseQuery} from './faults.ts'
import {replyMarkedPage, withRole} from './finding.ts'

// "IAM and STS quotas": managed policies attached to a role, by default.
const mostAttached = 10

const ofAws = 'arn:aws:iam::aws:policy'

export function attachRolePolicy(input: InputOf<typeof attachedRolePolicyShape>, {db}: OperationContext): Reply {
  const {PolicyArn: policyArn} = input
  return withRole(db, input, ({arn: roleArn}) => {
    if (!policyArn.startsWith(`${ofAws}/`)) {
      return refuseQuery('NoSuchEntity', `Policy ${policyArn} does not exist or is not attachable.`)
    }
    const others = findAttachedPolicies(db, roleArn).filter((attached) => attached.policyArn !== policyArn)
    if (others.length >= mostAttached) {
      return refuseQuery('LimitExceeded', `Cannot exceed quota for PoliciesPerRole: ${mostAttached}`)
    }
    attachPolicy(db, {roleArn, policyArn})
    return ok({})
  })
}

export function detachRolePolicy(input: InputOf<typeof attachedRolePolicyShape>, {db}: OperationContext): Reply {
  const {PolicyArn: policyArn} = input
  return withRole(db, input, ({arn: roleArn}) =>
    detachPolicy(db, {roleArn, policyArn}) ? ok({}) : refuseQuery('NoSuchEntity', `Policy ${policyArn} was not found.`),
  )
}

export function listAttachedRolePolicies(
  input: InputOf<typeof listAttachedRolePoliciesShape>,
  {db}: OperationContext,
): Reply {
  return withRole(db, input, ({arn}) => {
    const where = [
      ['roleArn = ?', arn],
      ["policyArn LIKE ? ESCAPE '\\'", input.PathPrefix && beginningWith(ofAws + input.PathPrefix)],
    ] as const
    const listing = {from: 'attachedPolicies', where, sortBy: 'policyArn', tieBreak: 'roleArn'}
    return replyMarkedPage(db, input, listing, 'AttachedPolicies', ({policyArn}: AttachedPolicyRow) => ({
      PolicyName: policyArn.slice(policyArn.lastIndexOf('/') + 1),
      PolicyArn: policyArn,
    }))
  })
}
