// The requests of IAM that are about the policies of a role, inline and attached.

import type {Shape} from '../shape.ts'
import {paging, pathPrefix, policyArn, policyDocument, policyName, roleName} from './members.ts'

export const putRolePolicyShape = {
  RoleName: roleName,
  PolicyName: policyName,
  PolicyDocument: policyDocument,
} as const satisfies Shape

/** GetRolePolicy, DeleteRolePolicy. */
export const namedRolePolicyShape = {RoleName: roleName, PolicyName: policyName} as const satisfies Shape

/** AttachRolePolicy, DetachRolePolicy. */
export const attachedRolePolicyShape = {RoleName: roleName, PolicyArn: policyArn} as const satisfies Shape

export const listAttachedRolePoliciesShape = {
  RoleName: roleName,
  PathPrefix: pathPrefix,
  ...paging,
} as const satisfies Shape
