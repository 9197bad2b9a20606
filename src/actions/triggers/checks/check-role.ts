// A role that a trigger is given: there, and trusting the service that takes it.

import type {AccountPlace} from '../../../access/place.ts'
import type {AccessPort, Role} from '../../../cloud/account-ports.ts'
import {MlpipeError} from '../../../diagnostics/mlpipe-error.ts'
import {trusts} from '../../doctor/role-check.ts'
import {nextCommand, type Place} from '../../next-commands.ts'
import {isOutOfReach} from '../../out-of-reach.ts'

/** A warning where the caller may not look; throws where the role cannot do. */
export async function checkGivenRole(
  roleArn: string,
  services: readonly string[],
  account: AccountPlace,
  access: AccessPort,
  place: Place,
): Promise<string | undefined> {
  const [, itsAccount] = /^arn:[^:]+:iam::(\d{12}):role\/./.exec(roleArn) ?? []
  if (itsAccount === undefined) {
    throw new MlpipeError({
      code: 'no-such-role',
      message: `"${roleArn}" is no ARN of a role`,
      nextSteps: [`--role arn:aws:iam::${account.account}:role/NAME`],
    })
  }
  if (itsAccount !== account.account) {
    throw new MlpipeError({
      code: 'role-elsewhere',
      message: `the role ${roleArn} is in another account than the pipeline (${account.account}): a role is passed within its account only`,
    })
  }
  try {
    const role = await access.role(roleArn)
    if (role) checkTrust(role, services, account)
    else throw noSuchRole(roleArn, place)
    return undefined
  } catch (error) {
    if (!isOutOfReach(error)) throw error
    return `whether ${roleArn} is there and trusts ${services.join(' and ')} could not be looked at`
  }
}

/** Conditions are not weighed. */
export function checkTrust(role: Role, services: readonly string[], {account}: AccountPlace): void {
  const lacking = services.filter((service) => !trusts(role.trust, service))
  if (lacking.length === 0) return
  const statement = {
    Effect: 'Allow',
    Principal: {Service: lacking.length === 1 ? lacking[0] : lacking},
    Action: 'sts:AssumeRole',
    ...(lacking.every((service) => service.startsWith('scheduler.'))
      ? {Condition: {StringEquals: {'aws:SourceAccount': account}}}
      : {}),
  }
  throw new MlpipeError({
    code: 'role-without-trust',
    message: `the role ${role.arn} does not trust ${lacking.join(' and ')}: EventBridge cannot take it`,
    nextSteps: [
      `add to the Statement of its trust policy: ${JSON.stringify(statement)}`,
      `aws iam update-assume-role-policy --role-name ${role.name} --policy-document file://trust.json`,
    ],
  })
}

function noSuchRole(roleArn: string, place: Place): MlpipeError {
  return new MlpipeError({
    code: 'no-such-role',
    message: `there is no role ${roleArn}`,
    nextSteps: [
      'leave the role out: mlpipe makes one for the pipeline',
      `${nextCommand('iam trigger --format cloudformation -o access.json', place)}  (makes one)`,
    ],
  })
}
