// CreateRole, GetRole, DeleteRole, ListRoles; and ListInstanceProfilesForRole, which tools ask before they delete a role.

import {randomInt} from 'node:crypto'
import type {JsonObject} from '../../../definition/json.ts'
import {compact} from '../../store/documents.ts'
import {
  findAttachedPolicies,
  findInlinePolicies,
  findRole,
  insertRole,
  type RoleRow,
  removeRole,
  roleArn,
} from '../../store/roles.ts'
import {localRoleName} from '../../store/roles-schema.ts'
import {findTags, putTags} from '../../store/tags.ts'
import type {createRoleShape, listRolesShape, namedRoleShape, pagedRoleShape} from '../../validations/iam/roles.ts'
import type {InputOf} from '../../validations/shape.ts'
import type {OperationContext} from '../context.ts'
import {beginningWith} from '../paging.ts'
import {ok, type Reply} from '../reply.ts'
import {refuseQuery} from './faults.ts'
import {replyMarkedPage, withRole} from './finding.ts'
import {encodeDocument, refuseDocument} from './policy-document.ts'
import {refuseTrustSize} from './update-assume-role-policy.ts'

const defaultSessionSeconds = 3600

export function createRole(input: InputOf<typeof createRoleShape>, {db, now}: OperationContext): Reply {
  const {Path: path = '/', RoleName: name, AssumeRolePolicyDocument: trustPolicy} = input
  const refusal = refuseDocument(trustPolicy, 'trust') ?? refuseTrustSize(trustPolicy)
  if (refusal) return refusal
  return db.transaction(() => {
    if (findRole(db, name)) return refuseQuery('EntityAlreadyExists', `Role with name ${name} already exists.`)
    const row: RoleRow = {
      ...{arn: roleArn(path, name), name, path, roleId: newRoleId(), trustPolicy},
      description: input.Description ?? null,
      maxSessionSeconds: input.MaxSessionDuration ?? defaultSessionSeconds,
      boundaryArn: input.PermissionsBoundary ?? null,
      createdAtMs: now(),
    }
    insertRole(db, row)
    putTags(db, row.arn, input.Tags ?? [])
    const tags = input.Tags ? {Tags: input.Tags.map(({Key, Value}) => ({Key, Value}))} : {}
    return ok({Role: {...describeRole(row), ...tags}})
  })
}

export function getRole(input: InputOf<typeof namedRoleShape>, {db}: OperationContext): Reply {
  return withRole(db, input, (role) => {
    const tags = findTags(db, role.arn).map(({key, value}) => ({Key: key, Value: value}))
    const details = {
      MaxSessionDuration: role.maxSessionSeconds,
      ...(tags.length > 0 ? {Tags: tags} : {}),
      RoleLastUsed: {},
    }
    return ok({Role: {...describeRole(role), ...details}})
  })
}

export function deleteRole(input: InputOf<typeof namedRoleShape>, {db}: OperationContext): Reply {
  return withRole(db, input, (role) => {
    if (role.name === localRoleName) {
      const why = `The role ${role.name} belongs to the embedded engine and cannot be deleted.`
      return refuseQuery('UnmodifiableEntity', why)
    }
    if (findInlinePolicies(db, role.arn).length > 0) {
      return refuseQuery('DeleteConflict', 'Cannot delete entity, must delete policies first.')
    }
    if (findAttachedPolicies(db, role.arn).length > 0) {
      return refuseQuery('DeleteConflict', 'Cannot delete entity, must detach all policies first.')
    }
    removeRole(db, role.arn)
    return ok({})
  })
}

export function listRoles(input: InputOf<typeof listRolesShape>, {db}: OperationContext): Reply {
  const prefix = beginningWith(input.PathPrefix)
  const where = [["path LIKE ? ESCAPE '\\'", prefix]] as const
  return replyMarkedPage(
    db,
    input,
    {from: 'roles', where, sortBy: 'name', tieBreak: 'arn'},
    'Roles',
    (row: RoleRow) => ({
      ...describeRole(row),
      MaxSessionDuration: row.maxSessionSeconds,
    }),
  )
}

/** The embedded account has no instances, so no profiles either. */
export function listInstanceProfilesForRole(input: InputOf<typeof pagedRoleShape>, {db}: OperationContext): Reply {
  return withRole(db, input, () => ok({InstanceProfiles: [], IsTruncated: false}))
}

/** What every answer that has a role in it says; the other members are in some of them only. */
function describeRole(row: RoleRow): JsonObject {
  const boundary = row.boundaryArn
  return compact({
    Path: row.path,
    RoleName: row.name,
    RoleId: row.roleId,
    Arn: row.arn,
    CreateDate: new Date(row.createdAtMs).toISOString().replace(/\.\d+Z$/, 'Z'),
    AssumeRolePolicyDocument: encodeDocument(row.trustPolicy),
    Description: row.description ?? undefined,
    PermissionsBoundary:
      boundary === null ? undefined : {PermissionsBoundaryType: 'Policy', PermissionsBoundaryArn: boundary},
  })
}

const idAlphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

/** "IAM identifiers": the ids of roles begin with AROA. */
function newRoleId(): string {
  return `AROA${Array.from({length: 17}, () => idAlphabet[randomInt(idAlphabet.length)]).join('')}`
}
