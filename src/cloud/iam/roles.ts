// Roles with one inline policy, read and made through the AWS SDK.

import {
  CreateRoleCommand,
  GetRoleCommand,
  type IAMClient,
  PutRolePolicyCommand,
  TagRoleCommand,
  UpdateAssumeRolePolicyCommand,
} from '@aws-sdk/client-iam'
import {canonicalJson, type Json} from '../../definition/json.ts'
import type {AccessPort, Role, RoleDocument} from '../account-ports.ts'
import {call, isConflict, orUndefined} from '../call.ts'
import {nameFromArn} from '../fields.ts'
import type {FreshRoles} from '../fresh-roles.ts'

export function rolesPort(client: IAMClient, fresh: FreshRoles): Pick<AccessPort, 'role' | 'putRole'> {
  async function get(name: string): Promise<Role> {
    const {Role: role} = await call('GetRole', client.send(new GetRoleCommand({RoleName: name})))
    const tags = (role?.Tags ?? []).map(({Key = '', Value = ''}) => [Key, Value] as const)
    const trust = decodePolicy(role?.AssumeRolePolicyDocument)
    return {name, arn: role?.Arn ?? '', trust, tags: Object.fromEntries(tags)}
  }

  async function create({name, description, trust, tags}: RoleDocument): Promise<string> {
    const command = new CreateRoleCommand({
      RoleName: name,
      Description: description,
      AssumeRolePolicyDocument: JSON.stringify(trust),
      Tags: tagMembers(tags),
    })
    const {Role: role} = await call('CreateRole', client.send(command))
    return role?.Arn ?? ''
  }

  /** Gives whether the role trusts others than before. */
  async function bringInLine(standing: Role, {name, trust, tags}: RoleDocument): Promise<boolean> {
    const trustsOthers = canonicalJson(standing.trust) !== canonicalJson(trust)
    if (trustsOthers) {
      const input = {RoleName: name, PolicyDocument: JSON.stringify(trust)}
      await call('UpdateAssumeRolePolicy', client.send(new UpdateAssumeRolePolicyCommand(input)))
    }
    const news = Object.entries(tags).filter(([key, value]) => standing.tags[key] !== value)
    if (news.length > 0) {
      const input = {RoleName: name, Tags: tagMembers(Object.fromEntries(news))}
      await call('TagRole', client.send(new TagRoleCommand(input)))
    }
    return trustsOthers
  }

  /** Somebody else, or a request of ours whose answer was lost, may make the role between the two. */
  async function putWithoutPolicy(document: RoleDocument): Promise<{arn: string; isFresh: boolean}> {
    const before = await orUndefined(get(document.name))
    const created = before ? undefined : await orUndefined(create(document), isConflict)
    if (created !== undefined) return {arn: created, isFresh: true}
    const standing = before ?? (await get(document.name))
    return {arn: standing.arn, isFresh: await bringInLine(standing, document)}
  }

  return {
    role: (nameOrArn) => orUndefined(get(nameFromArn(nameOrArn))),
    async putRole(document) {
      const {arn, isFresh} = await putWithoutPolicy(document)
      if (isFresh) fresh.add(arn)
      const {name, policyName, policy} = document
      const input = {RoleName: name, PolicyName: policyName, PolicyDocument: JSON.stringify(policy)}
      await call('PutRolePolicy', client.send(new PutRolePolicyCommand(input)))
      return {arn}
    },
  }
}

function tagMembers(tags: Readonly<Record<string, string>>) {
  return Object.entries(tags).map(([Key, Value]) => ({Key, Value}))
}

/** Policies come URL-encoded (RFC 3986; IAM API reference, Role). */
function decodePolicy(text: string | undefined): Json {
  return text === undefined ? null : (JSON.parse(decodeURIComponent(text)) as Json)
}
