// A target in AWS: whether it can be reached and as whom, and then all that the pipeline needs there.

import type {AccessSubject} from '../../access/subject.ts'
import type {Caller} from '../../cloud/account-ports.ts'
import type {Cloud} from '../../cloud/ports.ts'
import type {Target} from '../../project/target.ts'
import type {Place} from '../next-commands.ts'
import type {Project} from '../open-project.ts'
import {policySubject} from '../policy-subject.ts'
import type {World} from '../world.ts'
import {type Check, check, type Finding, finding, skipped} from './check.ts'
import {permissionFinding, principalOf} from './permission-check.ts'
import {bucketFinding, eventsFinding, imagesFinding, quotasFinding} from './resource-checks.ts'
import {roleFinding} from './role-check.ts'
import {triggersFinding} from './triggers-check.ts'

const later = {
  account: {id: 'account', title: 'account'},
  role: {id: 'role', title: 'execution role'},
  permissions: {id: 'permissions', title: 'permissions of the caller'},
  rolePermissions: {id: 'role-permissions', title: 'permissions of the role'},
  bucket: {id: 'bucket', title: 'bucket'},
  triggers: {id: 'triggers', title: 'triggers'},
  events: {id: 'bucket-events', title: 'bucket events'},
  images: {id: 'images', title: 'images'},
  quotas: {id: 'quotas', title: 'quotas'},
} as const

export async function accountChecks(
  target: Target,
  project: Project | undefined,
  place: Place,
  world: World,
): Promise<Check[]> {
  const region = await check({id: 'region', title: 'region'}, () => regionFinding(target))
  const first = [region, ...endpointCheck(world)]
  if (target.region === '') return [...first, ...allSkipped('the target has no region')]

  const connection = await world.connect(target)
  try {
    const {cloud} = connection
    let caller: Caller | undefined
    const credentials = await check({id: 'credentials', title: 'credentials'}, async () => {
      caller = await cloud.identity.caller()
      return finding('ok', caller.arn)
    })
    // Why AWS did not answer is said once, there.
    if (!caller) return [...first, credentials, ...allSkipped('AWS could not be asked: see credentials')]
    return [...first, credentials, ...(await knownCallerChecks(target, project, place, caller, cloud))]
  } finally {
    await connection.close()
  }
}

async function knownCallerChecks(
  target: Target,
  project: Project | undefined,
  place: Place,
  caller: Caller,
  cloud: Cloud,
): Promise<Check[]> {
  const account = await check(later.account, () => accountFinding(target, caller))
  if (account.state === 'failed') {
    const {account: _, ...rest} = later
    return [
      account,
      ...Object.values(rest).map((label) => skipped(label, 'the credentials are those of another account')),
    ]
  }
  const known = project && {...project, target: {...project.target, account: caller.account}}
  const subject = known && policySubject(known, {withTriggers: false})
  const needsSpec = (look: (subject: AccessSubject, project: Project) => Promise<Finding>) => async () =>
    known && subject ? look(subject, known) : finding('skipped', 'the spec is wrong: see spec')
  const role = await check(later.role, () => roleFinding(target, caller, cloud.access, place))
  return [
    account,
    role,
    await check(
      later.permissions,
      needsSpec(async (own) => {
        const principal = await principalOf(caller.arn, cloud.access)
        if (principal === undefined)
          return finding('skipped', `IAM can be asked of users and roles only, not of ${caller.arn}`)
        return permissionFinding('deployer', principal, own, cloud.access, place)
      }),
    ),
    await check(
      later.rolePermissions,
      needsSpec(async (own) => {
        if (role.state === 'failed') return finding('skipped', 'there is no such role: see execution role')
        return permissionFinding('execution', own.role, own, cloud.access, place)
      }),
    ),
    await check(later.bucket, () => bucketFinding(target, cloud)),
    await check(
      later.triggers,
      needsSpec((own, {compiled}) => triggersFinding(compiled.triggers, own, cloud, place)),
    ),
    await check(
      later.events,
      needsSpec((own) => eventsFinding(own, cloud)),
    ),
    await check(
      later.images,
      needsSpec((own) => imagesFinding(own, cloud)),
    ),
    await check(
      later.quotas,
      needsSpec((own) => quotasFinding(own, cloud)),
    ),
  ]
}

function regionFinding({name, region}: Target): Finding {
  if (region !== '') return finding('ok', region)
  return finding('failed', `the target "${name}" has no region`, [
    `write region: under targets.${name}, or give --region`,
    'aws configure set region REGION  (a default for everything)',
  ])
}

/** An address that is not AWS's own is easily forgotten in the environment. */
function endpointCheck({env}: World): Check[] {
  const names = Object.keys(env).filter((name) => /^AWS_ENDPOINT_URL(_|$)/.test(name) && env[name])
  if (names.length === 0) return []
  const found = names.sort().map((name) => `${name}=${originOf(env[name] ?? '')}`)
  const label = {id: 'endpoint', title: 'endpoint'}
  return [
    {...label, ...finding('warning', `requests do not go to AWS: ${found.join(', ')}`, [`unset ${names.join(' ')}`])},
  ]
}

/** Without what an address may carry of credentials. */
function originOf(url: string): string {
  return URL.canParse(url) ? new URL(url).origin : 'no address'
}

function accountFinding({name, account}: Target, caller: Caller): Finding {
  if (account === undefined) {
    return finding('ok', `${caller.account}; write account: under targets.${name} to be held to it`)
  }
  if (caller.account === account) return finding('ok', account)
  return finding('failed', `the target is in ${account}, the credentials are those of ${caller.account}`, [
    'mlpipe doctor --profile NAME  (a profile of that account)',
  ])
}

function allSkipped(reason: string): Check[] {
  return Object.values(later).map((label) => skipped(label, reason))
}
