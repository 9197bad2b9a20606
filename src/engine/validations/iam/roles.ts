// The requests of IAM that are about roles and their tags.

import type {Shape} from '../shape.ts'
import {paging, path, pathPrefix, policyDocument, roleName, tagKey, tags} from './members.ts'

export const createRoleShape = {
  Path: path,
  RoleName: roleName,
  AssumeRolePolicyDocument: policyDocument,
  Description: {kind: 'string', max: 1000},
  MaxSessionDuration: {kind: 'integer', min: 3600, max: 43_200},
  PermissionsBoundary: {kind: 'string', min: 20, max: 2048},
  Tags: tags,
} as const satisfies Shape

/** GetRole, DeleteRole. */
export const namedRoleShape = {RoleName: roleName} as const satisfies Shape

/** ListRolePolicies, ListRoleTags, ListInstanceProfilesForRole. */
export const pagedRoleShape = {RoleName: roleName, ...paging} as const satisfies Shape

export const updateAssumeRolePolicyShape = {RoleName: roleName, PolicyDocument: policyDocument} as const satisfies Shape

export const listRolesShape = {PathPrefix: pathPrefix, ...paging} as const satisfies Shape

export const tagRoleShape = {RoleName: roleName, Tags: {...tags, required: true}} as const satisfies Shape

export const untagRoleShape = {
  RoleName: roleName,
  TagKeys: {kind: 'list', of: tagKey, max: 50, required: true},
} as const satisfies Shape
