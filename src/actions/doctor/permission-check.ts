// What the caller and the execution role lack, found out by IAM's policy simulator.

import {grantsFor, type PrincipalName} from '../../access/access.ts'
import {questionsOf} from '../../access/questions.ts'
import type {AccessSubject} from '../../access/subject.ts'
import type {AccessPort} from '../../cloud/account-ports.ts'
import {MlpipeError} from '../../diagnostics/mlpipe-error.ts'
import {nextCommand, type Place} from '../next-commands.ts'
import {counted, type Finding, finding} from './check.ts'

/** What is denied, each once: `action on resource`. */
export async function permissionFinding(
  principal: PrincipalName,
  principalArn: string,
  subject: AccessSubject,
  access: AccessPort,
  place: Place,
): Promise<Finding> {
  const next = [nextCommand(`iam ${principal}`, place)]
  const questions = questionsOf(grantsFor(principal, subject))
  const lacking = new Set<string>()
  let asked = 0
  try {
    for (const question of questions) {
      const answers = await access.simulate(principalArn, question)
      asked += answers.length
      for (const {action, resource, isAllowed} of answers) if (!isAllowed) lacking.add(`${action} on ${resource}`)
    }
  } catch (error) {
    if (!(error instanceof MlpipeError) || error.code !== 'access-denied') throw error
    const found = 'the caller may not ask (iam:SimulatePrincipalPolicy): compare with what the command below prints'
    return finding('skipped', found, next)
  }
  if (lacking.size === 0) return finding('ok', `${principalArn} has all ${counted(asked, 'permission')}`)
  const found = `${principalArn} lacks ${lacking.size} of ${counted(asked, 'permission')}`
  return finding('failed', found, next, [...lacking].sort())
}

/**
 * Whom the simulator knows behind the caller: it takes users and roles, and no session. Undefined for the root user and
 * federated users, of whom it knows nothing.
 */
export async function principalOf(callerArn: string, access: AccessPort): Promise<string | undefined> {
  if (/^arn:[^:]+:iam::\d+:(user|role)\//.test(callerArn)) return callerArn
  const role = /^arn:[^:]+:sts::\d+:assumed-role\/([^/]+)\//.exec(callerArn)?.[1]
  return role === undefined ? undefined : (await access.role(role))?.arn
}
