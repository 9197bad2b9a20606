// AssumeRole, for clients whose profile names a role. No policy is judged here: any role that is there can be assumed, and
// its credentials open nothing that was shut.

import {accountId} from '../../store/arns.ts'
import {findRole} from '../../store/roles.ts'
import type {InputOf} from '../../validations/shape.ts'
import type {assumeRoleShape} from '../../validations/sts.ts'
import type {OperationContext} from '../context.ts'
import {refuseQuery} from '../iam/faults.ts'
import {ok, type Reply} from '../reply.ts'

const defaultSeconds = 3600

export function assumeRole(input: InputOf<typeof assumeRoleShape>, {db, now}: OperationContext): Reply {
  const {RoleArn: roleArn, RoleSessionName: session, DurationSeconds: seconds = defaultSeconds} = input
  const role = findRole(db, roleArn.slice(roleArn.lastIndexOf('/') + 1))
  if (role?.arn !== roleArn) {
    const user = `arn:aws:iam::${accountId}:user/local`
    return refuseQuery(
      'AccessDenied',
      `User: ${user} is not authorized to perform: sts:AssumeRole on resource: ${roleArn}`,
    )
  }
  return ok({
    AssumedRoleUser: {
      AssumedRoleId: `${role.roleId}:${session}`,
      Arn: `arn:aws:sts::${accountId}:assumed-role/${role.name}/${session}`,
    },
    Credentials: {
      AccessKeyId: 'local',
      SecretAccessKey: 'local',
      SessionToken: 'local',
      Expiration: new Date(now() + seconds * 1000).toISOString(),
    },
  })
}
