// The operations of STS and IAM by their name on the wire, each with its table: the query protocol needs the table to read
// the form that a request is.

import type {JsonObject} from '../../definition/json.ts'
import * as policies from '../validations/iam/role-policies.ts'
import * as roles from '../validations/iam/roles.ts'
import type {InputOf, Shape} from '../validations/shape.ts'
import {assumeRoleShape, getCallerIdentityShape} from '../validations/sts.ts'
import type {OperationContext} from './context.ts'
import {attachRolePolicy, detachRolePolicy, listAttachedRolePolicies} from './iam/attached-policies.ts'
import {deleteRolePolicy, getRolePolicy, listRolePolicies, putRolePolicy} from './iam/inline-policies.ts'
import {listRoleTags, tagRole, untagRole} from './iam/role-tags.ts'
import {createRole, deleteRole, getRole, listInstanceProfilesForRole, listRoles} from './iam/roles.ts'
import {updateAssumeRolePolicy} from './iam/update-assume-role-policy.ts'
import type {Reply} from './reply.ts'
import {assumeRole} from './sts/assume-role.ts'
import {getCallerIdentity} from './sts/get-caller-identity.ts'

export type QueryOperation = {
  readonly shape: Shape
  /** Sees only requests that passed the table. */
  run(request: JsonObject, context: OperationContext): Reply
}

export function queryOperation<S extends Shape>(
  shape: S,
  run: (input: InputOf<S>, context: OperationContext) => Reply,
): QueryOperation {
  // The table has proved the type that is derived from it.
  return {shape, run: (request, context) => run(request as InputOf<S>, context)}
}

export const stsOperations: Readonly<Record<string, QueryOperation>> = {
  GetCallerIdentity: queryOperation(getCallerIdentityShape, getCallerIdentity),
  AssumeRole: queryOperation(assumeRoleShape, assumeRole),
}

export const iamOperations: Readonly<Record<string, QueryOperation>> = {
  CreateRole: queryOperation(roles.createRoleShape, createRole),
  GetRole: queryOperation(roles.namedRoleShape, getRole),
  UpdateAssumeRolePolicy: queryOperation(roles.updateAssumeRolePolicyShape, updateAssumeRolePolicy),
  DeleteRole: queryOperation(roles.namedRoleShape, deleteRole),
  ListRoles: queryOperation(roles.listRolesShape, listRoles),
  ListInstanceProfilesForRole: queryOperation(roles.pagedRoleShape, listInstanceProfilesForRole),
  TagRole: queryOperation(roles.tagRoleShape, tagRole),
  UntagRole: queryOperation(roles.untagRoleShape, untagRole),
  ListRoleTags: queryOperation(roles.pagedRoleShape, listRoleTags),
  PutRolePolicy: queryOperation(policies.putRolePolicyShape, putRolePolicy),
  GetRolePolicy: queryOperation(policies.namedRolePolicyShape, getRolePolicy),
  DeleteRolePolicy: queryOperation(policies.namedRolePolicyShape, deleteRolePolicy),
  ListRolePolicies: queryOperation(roles.pagedRoleShape, listRolePolicies),
  AttachRolePolicy: queryOperation(policies.attachedRolePolicyShape, attachRolePolicy),
  DetachRolePolicy: queryOperation(policies.attachedRolePolicyShape, detachRolePolicy),
  ListAttachedRolePolicies: queryOperation(policies.listAttachedRolePoliciesShape, listAttachedRolePolicies),
}
