// PutRolePolicy, GetRolePolicy, DeleteRolePolicy, ListRolePolicies.

import {
  findInlinePolicies,
  findInlinePolicy,
  type InlinePolicyRow,
  putInlinePolicy,
  removeInlinePolicy,
} from '../../store/roles.ts'
import type {namedRolePolicyShape, putRolePolicyShape} from '../../validations/iam/role-policies.ts'
import type {pagedRoleShape} from '../../validations/iam/roles.ts'
import type {InputOf} from '../../validations/shape.ts'
import type {OperationContext} from '../context.ts'
import {ok, type Reply} from '../reply.ts'
import {refuseQuery} from './faults.ts'
import {replyMarkedPage, withRole} from './finding.ts'
import {encodeDocument, policySize, refuseDocument} from './policy-document.ts'

// "IAM and STS quotas": all inline policies of a role together.
const mostPolicyText = 10_240

export function putRolePolicy(input: InputOf<typeof putRolePolicyShape>, {db}: OperationContext): Reply {
  const {PolicyName: name, PolicyDocument: document} = input
  const refusal = refuseDocument(document, 'permissions')
  if (refusal) return refusal
  return withRole(db, input, (role) => {
    const others = findInlinePolicies(db, role.arn).filter((policy) => policy.name.toLowerCase() !== name.toLowerCase())
    const size = [document, ...others.map((policy) => policy.document)].reduce((sum, text) => sum + policySize(text), 0)
    if (size > mostPolicyText) {
      return refuseQuery(
        'LimitExceeded',
        `Maximum policy size of ${mostPolicyText} bytes exceeded for role ${role.name}`,
      )
    }
    putInlinePolicy(db, {roleArn: role.arn, name, document})
    return ok({})
  })
}

export function getRolePolicy(input: InputOf<typeof namedRolePolicyShape>, {db}: OperationContext): Reply {
  return withRole(db, input, (role) => {
    const policy = findInlinePolicy(db, role.arn, input.PolicyName)
    if (!policy) return noSuchPolicy(input.PolicyName)
    return ok({RoleName: role.name, PolicyName: policy.name, PolicyDocument: encodeDocument(policy.document)})
  })
}

export function deleteRolePolicy(input: InputOf<typeof namedRolePolicyShape>, {db}: OperationContext): Reply {
  return withRole(db, input, (role) =>
    removeInlinePolicy(db, role.arn, input.PolicyName) ? ok({}) : noSuchPolicy(input.PolicyName),
  )
}

export function listRolePolicies(input: InputOf<typeof pagedRoleShape>, {db}: OperationContext): Reply {
  return withRole(db, input, (role) => {
    const where = [['roleArn = ?', role.arn]] as const
    const listing = {from: 'inlinePolicies', where, sortBy: 'name', tieBreak: 'roleArn'}
    return replyMarkedPage(db, input, listing, 'PolicyNames', ({name}: InlinePolicyRow) => name)
  })
}

function noSuchPolicy(name: string) {
  return refuseQuery('NoSuchEntity', `The role policy with name ${name} cannot be found.`)
}
