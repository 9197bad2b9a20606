// The execution role: that it is there, in the account, and that SageMaker may take it.

import type {AccessPort, Caller} from '../../cloud/account-ports.ts'
import {isJsonObject, type Json} from '../../definition/json.ts'
import {objectsAt} from '../../definition/json-members.ts'
import type {Target} from '../../project/target.ts'
import {nextCommand, type Place} from '../next-commands.ts'
import {type Finding, finding} from './check.ts'

const service = 'sagemaker.amazonaws.com'

export async function roleFinding(
  {role, name}: Target,
  caller: Caller,
  access: AccessPort,
  place: Place,
): Promise<Finding> {
  const make = nextCommand('iam execution --format cloudformation -o access.json', place)
  if (role === '') return finding('failed', `the target "${name}" has no role`, [`${make}  (makes one)`])
  const account = /^arn:[^:]+:iam::(\d{12}):role\/.+/.exec(role)?.[1]
  if (account === undefined) return finding('failed', `"${role}" is no ARN of a role`, [roleForm(caller)])
  if (account !== caller.account) {
    const found = `${role} is in another account than the caller (${caller.account}): a role is passed within its account only`
    return finding('failed', found, [roleForm(caller)])
  }
  const found = await access.role(role)
  if (!found) return finding('failed', `there is no role ${role}`, [`${make}  (makes one)`])
  if (trusts(found.trust, service)) return finding('ok', `${found.arn}, trusts ${service}`)
  return finding('failed', `${found.arn} does not trust ${service}: SageMaker cannot take it`, [
    `${nextCommand('iam execution', place)}  (the member "trust")`,
    `aws iam update-assume-role-policy --role-name ${found.name} --policy-document file://trust.json`,
  ])
}

function roleForm({account}: Caller): string {
  return `role: arn:aws:iam::${account}:role/NAME under the target`
}

/** Whether a statement lets the service take the role; conditions are not weighed. */
export function trusts(trust: Json, principal: string): boolean {
  return statementsOf(trust).some((statement) => {
    const {Principal: who, Effect: effect} = statement
    const services = isJsonObject(who) ? textsOf(who.Service) : []
    const actions = textsOf(statement.Action)
    const isAssuming = actions.some((action) => ['sts:AssumeRole', 'sts:*', '*'].includes(action))
    return effect === 'Allow' && isAssuming && services.includes(principal)
  })
}

/** One statement may stand without a list around it, and so may one text. */
function statementsOf(trust: Json) {
  if (!isJsonObject(trust)) return []
  return isJsonObject(trust.Statement) ? [trust.Statement] : objectsAt(trust, 'Statement')
}

function textsOf(value: Json | undefined): string[] {
  const list: readonly (Json | undefined)[] = Array.isArray(value) ? value : [value]
  return list.flatMap((one) => (typeof one === 'string' ? [one] : []))
}
