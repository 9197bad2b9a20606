// Whether IAM would take a policy document: its JSON and the elements of its statements ("IAM JSON policy elements
// reference"). Whether the actions and resources exist is not looked at.

import {isJsonObject, type JsonObject} from '../../../definition/json.ts'
import {refuseQuery} from './faults.ts'

export type PolicyUse = 'trust' | 'permissions'

const versions: readonly unknown[] = ['2012-10-17', '2008-10-17']
const topElements = new Set(['Version', 'Id', 'Statement'])
const statementElements = new Set([
  ...['Sid', 'Effect', 'Principal', 'NotPrincipal', 'Action', 'NotAction', 'Resource', 'NotResource', 'Condition'],
])

export function refuseDocument(text: string, use: PolicyUse) {
  const wrong = whatIsWrong(text, use)
  return wrong === undefined ? undefined : refuseQuery('MalformedPolicyDocument', wrong)
}

function whatIsWrong(text: string, use: PolicyUse): string | undefined {
  const document = parseObject(text)
  if (!document) return 'This policy contains invalid Json'
  const {Version: version, Statement: statement} = document
  const hasOtherVersion = version !== undefined && !versions.includes(version)
  if (hasOtherVersion || !Object.keys(document).every((name) => topElements.has(name))) return syntax
  const statements = Array.isArray(statement) ? statement : [statement]
  if (statement === undefined || statements.length === 0) return syntax
  for (const one of statements) {
    const wrong = one !== undefined && isJsonObject(one) ? whatIsWrongWith(one, use) : syntax
    if (wrong !== undefined) return wrong
  }
  return undefined
}

const syntax = 'Syntax errors in policy.'

function whatIsWrongWith(statement: JsonObject, use: PolicyUse): string | undefined {
  const has = (name: string) => statement[name] !== undefined
  if (!Object.keys(statement).every((name) => statementElements.has(name))) return syntax
  if (!has('Effect')) return 'Missing required field Effect'
  if (statement['Effect'] !== 'Allow' && statement['Effect'] !== 'Deny') return `Invalid effect: ${statement['Effect']}`
  if (!has('Action') && !has('NotAction')) return 'Policy statement must contain actions.'
  return use === 'trust' ? whatIsWrongWithTrust(statement, has) : whatIsWrongWithGrant(has)
}

function whatIsWrongWithTrust(statement: JsonObject, has: (name: string) => boolean): string | undefined {
  if (has('Resource') || has('NotResource'))
    return `Has prohibited field ${has('Resource') ? 'Resource' : 'NotResource'}`
  if (!has('Principal') && !has('NotPrincipal')) return 'Missing required field Principal'
  const actions = [statement['Action'] ?? []].flat()
  const isOnlySts = actions.every((action) => typeof action === 'string' && /^(sts:.+|\*)$/i.test(action))
  return isOnlySts ? undefined : 'AssumeRole policy may only specify STS AssumeRole actions.'
}

function whatIsWrongWithGrant(has: (name: string) => boolean): string | undefined {
  if (has('Principal') || has('NotPrincipal')) return 'Policy document should not specify a principal.'
  return has('Resource') || has('NotResource') ? undefined : 'Policy statement must contain resources.'
}

function parseObject(text: string): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return isJsonObject(value) ? value : undefined
  } catch {
    return undefined
  }
}

/** "IAM and STS quotas": white space does not count. */
export function policySize(text: string): number {
  return text.replace(/\s/g, '').length
}

/** In answers a document is URL-encoded (RFC 3986), as "GetRole" says. */
export function encodeDocument(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  )
}
