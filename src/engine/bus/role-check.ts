// Whether a role lets a pipeline be started for a rule or a schedule: its trust policy, and its inline policies where it has any.
// What attached policies say is not known here, so a role that has those only may do all. Conditions are not evaluated, but
// for aws:SourceAccount.

import {isJsonObject, type Json, type JsonObject} from '../../definition/json.ts'
import {accountId} from '../store/arns.ts'
import type {Db} from '../store/database.ts'
import {findInlinePolicies, findRole, type RoleRow} from '../store/roles.ts'
import {localRoleName} from '../store/roles-schema.ts'

export type Starter = 'rule' | 'schedule'

const principals: Readonly<Record<Starter, string>> = {
  rule: 'events.amazonaws.com',
  schedule: 'scheduler.amazonaws.com',
}

const startAction = 'sagemaker:StartPipelineExecution'

/** Why the pipeline is not started with this role; undefined when it is. */
export function whyRoleMayNotStart(db: Db, starter: Starter, roleArn: string, pipelineArn: string): string | undefined {
  const role = roleOf(db, roleArn)
  if (!role) return `the role ${roleArn} does not exist`
  if (!trusts(role, starter)) return `the role ${roleArn} does not trust ${principals[starter]}`
  if (mayStart(db, role, pipelineArn)) return undefined
  return `the role ${roleArn} is not authorized to perform ${startAction} on ${pipelineArn}`
}

/** Whether the role is there and lets the service take it. */
export function isAssumable(db: Db, starter: Starter, roleArn: string): boolean {
  const role = roleOf(db, roleArn)
  return role !== undefined && trusts(role, starter)
}

function roleOf(db: Db, roleArn: string): RoleRow | undefined {
  const role = findRole(db, roleArn.slice(roleArn.lastIndexOf('/') + 1))
  return role?.arn === roleArn ? role : undefined
}

function trusts({trustPolicy}: RoleRow, starter: Starter): boolean {
  const isMeant = (statement: JsonObject) =>
    covers(statement, 'Action', 'sts:AssumeRole', isSameAction) &&
    namesService(statement['Principal'], principals[starter]) &&
    isForThisAccount(statement['Condition'])
  return verdict(statementsOf(trustPolicy), isMeant)
}

function mayStart(db: Db, role: RoleRow, pipelineArn: string): boolean {
  const policies = findInlinePolicies(db, role.arn)
  if (role.name === localRoleName || policies.length === 0) return true
  const isMeant = (statement: JsonObject) =>
    covers(statement, 'Action', startAction, isSameAction) && covers(statement, 'Resource', pipelineArn, fitsPattern)
  return verdict(
    policies.flatMap(({document}) => statementsOf(document)),
    isMeant,
  )
}

/** "Policy evaluation logic": something allows it, and nothing denies it. */
function verdict(statements: readonly JsonObject[], isMeant: (statement: JsonObject) => boolean): boolean {
  const effects = statements.filter(isMeant).map(({Effect}) => Effect)
  return effects.includes('Allow') && !effects.includes('Deny')
}

/** IAM took the document when it was put. */
function statementsOf(document: string): JsonObject[] {
  return listOf((JSON.parse(document) as JsonObject)['Statement']).filter(isJsonObject)
}

function covers(
  statement: JsonObject,
  element: 'Action' | 'Resource',
  wanted: string,
  isCovered: (pattern: string, wanted: string) => boolean,
): boolean {
  const isListed = (patterns: Json | undefined) => textsOf(patterns).some((pattern) => isCovered(pattern, wanted))
  const excepted = statement[`Not${element}`]
  return excepted === undefined ? isListed(statement[element]) : !isListed(excepted)
}

function namesService(principal: Json | undefined, service: string): boolean {
  if (!isJsonObject(principal)) return principal === '*'
  return textsOf(principal['Service']).includes(service)
}

function isForThisAccount(condition: Json | undefined): boolean {
  if (!isJsonObject(condition)) return true
  const wanted = Object.values(condition)
    .filter(isJsonObject)
    .flatMap((keys) => Object.entries(keys))
    .filter(([key]) => key.toLowerCase() === 'aws:sourceaccount')
  return wanted.every(([, accounts]) => textsOf(accounts).some((pattern) => fitsPattern(pattern, accountId)))
}

/** "Action": names of actions are not distinguished by case. */
function isSameAction(pattern: string, action: string): boolean {
  return fitsPattern(pattern.toLowerCase(), action.toLowerCase())
}

/** `*` stands for any characters, `?` for one. */
function fitsPattern(pattern: string, text: string): boolean {
  const source = pattern.replaceAll(/[\\^$.*+?()[\]{}|]/g, (found) => wildcards[found] ?? `\\${found}`)
  return new RegExp(`^${source}$`, 's').test(text)
}

const wildcards: Readonly<Record<string, string>> = {'*': '.*', '?': '.'}

function textsOf(value: Json | undefined): string[] {
  return listOf(value).filter((one) => typeof one === 'string')
}

function listOf(value: Json | undefined): readonly Json[] {
  if (value === undefined) return []
  return Array.isArray(value) ? value : [value]
}
