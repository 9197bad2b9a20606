// The role that EventBridge starts the pipeline with: whose it is, and what it has to allow.

import {grantsFor, trustOf} from '../../../access/access.ts'
import {policyVersion, toStatements} from '../../../access/grants.ts'
import type {AccessSubject} from '../../../access/subject.ts'
import type {Role, RoleDocument} from '../../../cloud/account-ports.ts'
import type {Cloud} from '../../../cloud/ports.ts'
import {canonicalJson} from '../../../definition/json.ts'
import {MlpipeError} from '../../../diagnostics/mlpipe-error.ts'
import {versionTag} from '../../../project/origin-tags.ts'
import {nextCommand, type Place} from '../../next-commands.ts'
import {isOutOfReach} from '../../out-of-reach.ts'
import {checkTrust} from '../checks/check-role.ts'
import type {Action} from './triggers-result.ts'

export const pipelineTag = 'mlpipe:pipeline'

export type RolePlan = {
  readonly arn: string
  readonly action: Action
  /** Absent for a role of that name which something else looks after. */
  readonly document?: RoleDocument
}

/**
 * Of the role with the name that mlpipe gives it. One that mlpipe has not made, as from the template of `mlpipe iam`, is used as
 * it is. Its policy cannot be compared without a call more: it is put wherever something else changes.
 */
export async function planRole(
  name: string,
  arn: string,
  subject: AccessSubject,
  services: readonly string[],
  version: string,
  place: Place,
  {access}: Cloud,
): Promise<RolePlan> {
  const found = await lookAt(name, access, place)
  if (found && !isOwnRole(found, subject.pipelineName)) {
    checkTrust(found, services, subject)
    return {arn: found.arn, action: 'none'}
  }
  const document = roleDocument(name, subject, version)
  if (!found) return {arn, action: 'create', document}
  const isSame = canonicalJson(found.trust) === canonicalJson(document.trust)
  return {arn: found.arn, action: isSame ? 'none' : 'update', document}
}

export function isOwnRole({tags}: Role, pipelineName: string): boolean {
  return tags[pipelineTag] === pipelineName
}

async function lookAt(name: string, access: Cloud['access'], place: Place): Promise<Role | undefined> {
  try {
    return await access.role(name)
  } catch (error) {
    if (!isOutOfReach(error)) throw error
    throw new MlpipeError({
      code: 'role-needed',
      message: `triggers need a role that EventBridge starts the pipeline with, and ${name} can be neither looked at nor made: ${error.message}`,
      nextSteps: [
        nextCommand('trigger create --role ARN', place),
        `${nextCommand('iam trigger --format cloudformation -o access.json', place)}  (for somebody who may make roles)`,
      ],
      cause: error,
    })
  }
}

function roleDocument(name: string, subject: AccessSubject, version: string): RoleDocument {
  return {
    name,
    description: `EventBridge starts the pipeline ${subject.pipelineName} with it [mlpipe]`,
    trust: trustOf('trigger', subject) ?? {},
    policyName: 'start-pipeline',
    policy: {Version: policyVersion, Statement: toStatements(grantsFor('trigger', subject))},
    tags: {[versionTag]: version, [pipelineTag]: subject.pipelineName},
  }
}
