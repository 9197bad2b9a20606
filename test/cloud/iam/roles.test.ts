// Roles that are put and removed: through the real SDK against the embedded engine, and against answers that only IAM gives.

import {AttachRolePolicyCommand, GetRolePolicyCommand, IAMClient, PutRolePolicyCommand} from '@aws-sdk/client-iam'
import {describe, expect, it} from 'vitest'
import type {RoleDocument} from '../../../src/cloud/account-ports.ts'
import {connectCloud} from '../../../src/cloud/connect-cloud.ts'
import {requestHandler} from '../../../src/engine/wire/request-handler.ts'
import {clientConfig, localCloud} from '../../engine/support/local-cloud.ts'
import {cannedCloud, iamRefused, refused} from '../../support/canned-cloud.ts'
import {ruleDocument, scheduleDocument} from '../triggers/documents.ts'

const roleArn = 'arn:aws:iam::000000000000:role/churn-trigger'

const trustIn = (service: string) => ({
  Version: '2012-10-17',
  Statement: [{Effect: 'Allow', Principal: {Service: service}, Action: 'sts:AssumeRole'}],
})
const grantOn = (resource: string) => ({
  Version: '2012-10-17',
  Statement: [{Effect: 'Allow', Action: ['sagemaker:StartPipelineExecution'], Resource: [resource]}],
})

const document: RoleDocument = {
  name: 'churn-trigger',
  description: 'starts churn',
  trust: trustIn('events.amazonaws.com'),
  policyName: 'start',
  policy: grantOn('arn:aws:sagemaker:us-east-1:000000000000:pipeline/churn'),
  tags: {'mlpipe:pipeline': 'churn'},
}

async function open() {
  const {engine} = localCloud()
  const {access} = await connectCloud({region: 'us-east-1', requestHandler: requestHandler(engine)})
  const iam = new IAMClient(clientConfig(engine))
  const policy = async () => {
    const command = new GetRolePolicyCommand({RoleName: document.name, PolicyName: document.policyName})
    const {PolicyDocument = ''} = await iam.send(command)
    return JSON.parse(decodeURIComponent(PolicyDocument))
  }
  return {access, iam, policy}
}

it('a role is made with trust, policy and tags', async () => {
  const {access, policy} = await open()
  expect(await access.putRole(document)).toEqual({arn: roleArn})
  const {name, trust, tags} = document
  expect(await access.role(name)).toEqual({name, arn: roleArn, trust, tags})
  expect(await policy()).toEqual(document.policy)
})

it('trust, policy and tags of a role that is there are brought in line; its other tags and policies stay', async () => {
  const {access, iam, policy} = await open()
  await access.putRole({...document, tags: {...document.tags, team: 'a'}})
  const other = {RoleName: document.name, PolicyName: 'other', PolicyDocument: JSON.stringify(grantOn('*'))}
  await iam.send(new PutRolePolicyCommand(other))
  const trust = trustIn('scheduler.amazonaws.com')
  await access.putRole({...document, trust, policy: grantOn('*'), tags: {'mlpipe:version': '2'}})
  expect(await access.role(roleArn)).toMatchObject({
    trust,
    tags: {'mlpipe:pipeline': 'churn', 'mlpipe:version': '2', team: 'a'},
  })
  expect(await policy()).toEqual(grantOn('*'))
  await iam.send(new GetRolePolicyCommand({RoleName: document.name, PolicyName: 'other'}))
})

it('a role is removed with its inline policies, and once more', async () => {
  const {access, iam} = await open()
  await access.putRole(document)
  const other = {RoleName: document.name, PolicyName: 'other', PolicyDocument: JSON.stringify(grantOn('*'))}
  await iam.send(new PutRolePolicyCommand(other))
  await access.removeRole(document.name)
  expect(await access.role(document.name)).toBeUndefined()
  await access.removeRole(document.name)
})

it('what stands in the way of removing a role is named, with the commands that take it away', async () => {
  const {access, iam} = await open()
  await access.putRole(document)
  const PolicyArn = 'arn:aws:iam::aws:policy/ReadOnlyAccess'
  await iam.send(new AttachRolePolicyCommand({RoleName: document.name, PolicyArn}))
  await expect(access.removeRole(document.name)).rejects.toMatchObject({
    code: 'conflict',
    message: `the role "churn-trigger" stays: the policy ${PolicyArn} is attached to it`,
    nextSteps: [
      `aws iam detach-role-policy --role-name churn-trigger --policy-arn ${PolicyArn}`,
      'aws iam delete-role --role-name churn-trigger',
    ],
  })
})

it('an instance profile stands in the way too', async () => {
  const profiles = `<ListInstanceProfilesForRoleResponse><ListInstanceProfilesForRoleResult><IsTruncated>false</IsTruncated>
    <InstanceProfiles><member><InstanceProfileName>web</InstanceProfileName></member></InstanceProfiles>
    </ListInstanceProfilesForRoleResult></ListInstanceProfilesForRoleResponse>`
  const {cloud} = await cannedCloud((call) => {
    if (call === 'DeleteRole') return iamRefused('DeleteConflict', 'Cannot delete entity, must remove roles first.')
    return {body: call === 'ListInstanceProfilesForRole' ? profiles : `<${call}Response/>`}
  })
  await expect(cloud.access.removeRole('r')).rejects.toMatchObject({
    message: 'the role "r" stays: it is in the instance profile web',
    nextSteps: expect.arrayContaining([
      'aws iam remove-role-from-instance-profile --role-name r --instance-profile-name web',
    ]),
  })
})

const roleXml = (trust: object) =>
  `<GetRoleResponse><GetRoleResult><Role><Arn>${roleArn}</Arn><AssumeRolePolicyDocument>${encodeURIComponent(JSON.stringify(trust))}</AssumeRolePolicyDocument></Role></GetRoleResult></GetRoleResponse>`
const createdXml = `<CreateRoleResponse><CreateRoleResult><Role><Arn>${roleArn}</Arn></Role></CreateRoleResult></CreateRoleResponse>`

it('a role that somebody makes at the same time is brought in line', async () => {
  const {cloud, asked} = await cannedCloud((call, nth) => {
    if (call === 'GetRole') return nth === 0 ? iamRefused('NoSuchEntity', 'no', 404) : {body: roleXml(trustIn('x'))}
    return call === 'CreateRole' ? iamRefused('EntityAlreadyExists') : {body: `<${call}Response/>`}
  })
  expect(await cloud.access.putRole(document)).toEqual({arn: roleArn})
  expect(asked.map(({call}) => call)).toEqual([
    ...['GetRole', 'CreateRole', 'GetRole', 'UpdateAssumeRolePolicy', 'TagRole', 'PutRolePolicy'],
  ])
})

it.each([
  ['LimitExceeded', 'quota', /--service-code iam/],
  ['MalformedPolicyDocument', 'refused', /^mlpipe iam trigger/],
])('%s says what to do', async (name, code, step) => {
  const {cloud} = await cannedCloud((call) =>
    call === 'GetRole' ? iamRefused('NoSuchEntity', 'no', 404) : iamRefused(name),
  )
  await expect(cloud.access.putRole(document)).rejects.toMatchObject({
    code,
    nextSteps: expect.arrayContaining([expect.stringMatching(step)]),
  })
})

describe('a role that has just been made', () => {
  // As EventBridge Scheduler and EventBridge word it.
  const notYet = 'The execution role you provide must allow AWS EventBridge Scheduler to assume the role.'
  const cannotBe = "Provided role cannot be assumed by principal 'events.amazonaws.com'."

  const account = (refusing: (call: string, nth: number) => boolean, message: string, before?: object) =>
    cannedCloud((call, nth) => {
      if (refusing(call, nth)) return refused('ValidationException', message)
      if (call === 'GetRole') return before ? {body: roleXml(before)} : iamRefused('NoSuchEntity', 'no', 404)
      if (call === 'CreateRole') return {body: createdXml}
      return /Role/.test(call) ? {body: `<${call}Response/>`} : undefined
    })

  it('is waited for until EventBridge sees it', async () => {
    const {cloud, slept} = await account((call, nth) => call === 'PutTargets' && nth < 2, cannotBe)
    await cloud.access.putRole(document)
    await cloud.triggers.putRule(ruleDocument({roleArn}))
    expect(slept).toEqual([1000, 2000])
  })

  it('is waited for until Scheduler sees it', async () => {
    const {cloud, slept} = await account((call, nth) => call.startsWith('PUT /schedules/') && nth < 1, notYet)
    await cloud.access.putRole(document)
    await cloud.triggers.putSchedule(scheduleDocument({}, {roleArn}))
    expect(slept).toEqual([1000])
  })

  it('is waited for when it trusts others than before', async () => {
    const {cloud, slept} = await account((call, nth) => call === 'PutTargets' && nth < 1, cannotBe, trustIn('x'))
    await cloud.access.putRole(document)
    await cloud.triggers.putRule(ruleDocument({roleArn}))
    expect(slept).toEqual([1000])
  })

  it('is not waited for without end', async () => {
    const {cloud, slept} = await account((call) => call === 'PutTargets', cannotBe)
    await cloud.access.putRole(document)
    await expect(cloud.triggers.putRule(ruleDocument({roleArn}))).rejects.toMatchObject({
      code: 'refused',
      message: expect.stringContaining('cannot be assumed'),
    })
    expect(slept).toEqual([1000, 2000, 4000, 8000, 15_000])
  })

  it('is not waited for where the refusal is about something else', async () => {
    const {cloud, slept} = await account((call) => call === 'PutTargets', 'Parameter x is not valid.')
    await cloud.access.putRole(document)
    await expect(cloud.triggers.putRule(ruleDocument({roleArn}))).rejects.toMatchObject({code: 'refused'})
    expect(slept).toEqual([])
  })
})

it('a role that was there before is not waited for', async () => {
  const {cloud, slept} = await cannedCloud((call) =>
    call === 'PutTargets' ? refused('ValidationException', 'Provided role cannot be assumed') : undefined,
  )
  await expect(cloud.triggers.putRule(ruleDocument({roleArn}))).rejects.toMatchObject({code: 'refused'})
  expect(slept).toEqual([])
})
