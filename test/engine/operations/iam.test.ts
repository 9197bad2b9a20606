// IAM's role calls and STS through the real SDK clients. Names and statuses of errors: "Errors" of each operation in the IAM API Reference.

import {
  AttachRolePolicyCommand,
  CreateRoleCommand,
  DeleteRoleCommand,
  DeleteRolePolicyCommand,
  DetachRolePolicyCommand,
  GetRoleCommand,
  GetRolePolicyCommand,
  type IAMClient,
  ListAttachedRolePoliciesCommand,
  ListInstanceProfilesForRoleCommand,
  ListRolePoliciesCommand,
  ListRolesCommand,
  ListRoleTagsCommand,
  PutRolePolicyCommand,
  paginateListRoles,
  SimulatePrincipalPolicyCommand,
  TagRoleCommand,
  UntagRoleCommand,
  UpdateAssumeRolePolicyCommand,
} from '@aws-sdk/client-iam'
import {AssumeRoleCommand, GetCallerIdentityCommand} from '@aws-sdk/client-sts'
import {expect, it} from 'vitest'
import {localCloud, roleArn} from '../support/local-cloud.ts'
import {queryClients} from '../support/query-clients.ts'

const trust = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{Effect: 'Allow', Principal: {Service: 'sagemaker.amazonaws.com'}, Action: 'sts:AssumeRole'}],
})
const grant = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{Sid: 'Read', Effect: 'Allow', Action: ['s3:GetObject'], Resource: "arn:aws:s3:::bucket/*+(it's)"}],
})
const policyArn = 'arn:aws:iam::aws:policy/service-role/AmazonS3ReadOnly'

const clients = () => queryClients(localCloud())

async function withRole(RoleName = 'trainer'): Promise<IAMClient> {
  const {iam} = clients()
  await iam.send(new CreateRoleCommand({RoleName, AssumeRolePolicyDocument: trust}))
  return iam
}

/** Name and HTTP status of the error that the call ends with. */
async function refusal(call: Promise<unknown>) {
  const error = await call.then(
    () => undefined,
    (error: Error & {$metadata?: {httpStatusCode?: number}}) => error,
  )
  return {name: error?.name, status: error?.$metadata?.httpStatusCode, message: error?.message}
}

it('whoever calls is the user of the embedded account', async () => {
  expect(await clients().sts.send(new GetCallerIdentityCommand({}))).toMatchObject({
    Account: '000000000000',
    Arn: 'arn:aws:iam::000000000000:user/local',
  })
})

it('the role of local pipelines is there from the beginning, and stays', async () => {
  const {iam} = clients()
  const {Role} = await iam.send(new GetRoleCommand({RoleName: 'mlpipe-local'}))
  expect(Role).toMatchObject({Arn: roleArn, RoleName: 'mlpipe-local', Path: '/', MaxSessionDuration: 3600})
  expect(JSON.parse(decodeURIComponent(Role?.AssumeRolePolicyDocument ?? ''))).toMatchObject({
    Statement: [{Principal: {Service: ['sagemaker.amazonaws.com', 'events.amazonaws.com', 'scheduler.amazonaws.com']}}],
  })
  expect(await refusal(iam.send(new DeleteRoleCommand({RoleName: 'mlpipe-local'})))).toMatchObject({
    ...{name: 'UnmodifiableEntityException', status: 400},
  })
})

it('a role is what it was created as', async () => {
  const {iam} = clients()
  const before = Date.now() - 1000
  const {Role: created} = await iam.send(
    new CreateRoleCommand({
      RoleName: 'events+to.pipelines',
      Path: '/mlpipe/made/',
      AssumeRolePolicyDocument: trust,
      Description: 'starts <pipelines> & "more"\nthan one',
      MaxSessionDuration: 7200,
      PermissionsBoundary: 'arn:aws:iam::aws:policy/PowerUserAccess',
      Tags: [
        {Key: 'team', Value: 'risk & fraud'},
        {Key: 'empty', Value: ''},
      ],
    }),
  )
  expect(created?.RoleId).toMatch(/^AROA[A-Z2-7]{17}$/)
  const {Role} = await iam.send(new GetRoleCommand({RoleName: 'events+to.pipelines'}))
  expect(Role).toMatchObject({
    Arn: 'arn:aws:iam::000000000000:role/mlpipe/made/events+to.pipelines',
    Path: '/mlpipe/made/',
    RoleId: created?.RoleId,
    Description: 'starts <pipelines> & "more"\nthan one',
    MaxSessionDuration: 7200,
    PermissionsBoundary: {PermissionsBoundaryArn: 'arn:aws:iam::aws:policy/PowerUserAccess'},
    Tags: [
      {Key: 'team', Value: 'risk & fraud'},
      {Key: 'empty', Value: ''},
    ],
  })
  expect(Role?.AssumeRolePolicyDocument).toBe(encodeURIComponent(trust))
  expect(Role?.CreateDate?.getTime()).toBeGreaterThanOrEqual(Math.floor(before / 1000) * 1000)
})

it('there is one role of a name, in whatever case', async () => {
  const iam = await withRole('Trainer')
  const again = new CreateRoleCommand({RoleName: 'TRAINER', AssumeRolePolicyDocument: trust})
  expect(await refusal(iam.send(again))).toEqual({
    name: 'EntityAlreadyExistsException',
    status: 409,
    message: 'Role with name TRAINER already exists.',
  })
})

const none = {RoleName: 'none'}

it.each([
  ['GetRole', new GetRoleCommand(none)],
  ['DeleteRole', new DeleteRoleCommand(none)],
  ['UpdateAssumeRolePolicy', new UpdateAssumeRolePolicyCommand({...none, PolicyDocument: trust})],
  ['PutRolePolicy', new PutRolePolicyCommand({...none, PolicyName: 'p', PolicyDocument: grant})],
  ['GetRolePolicy', new GetRolePolicyCommand({...none, PolicyName: 'p'})],
  ['DeleteRolePolicy', new DeleteRolePolicyCommand({...none, PolicyName: 'p'})],
  ['ListRolePolicies', new ListRolePoliciesCommand(none)],
  ['AttachRolePolicy', new AttachRolePolicyCommand({...none, PolicyArn: policyArn})],
  ['DetachRolePolicy', new DetachRolePolicyCommand({...none, PolicyArn: policyArn})],
  ['ListAttachedRolePolicies', new ListAttachedRolePoliciesCommand(none)],
  ['TagRole', new TagRoleCommand({...none, Tags: []})],
  ['UntagRole', new UntagRoleCommand({...none, TagKeys: []})],
  ['ListRoleTags', new ListRoleTagsCommand(none)],
  ['ListInstanceProfilesForRole', new ListInstanceProfilesForRoleCommand(none)],
])('%s says that there is no such role', async (_name, command) => {
  expect(await refusal(clients().iam.send(command as GetRoleCommand))).toEqual({
    name: 'NoSuchEntityException',
    status: 404,
    message: 'The role with name none cannot be found.',
  })
})

it('policies are put, read, replaced and deleted; a role that has some cannot be deleted', async () => {
  const iam = await withRole()
  const RoleName = 'trainer'
  const PolicyName = 'start-pipelines'
  await iam.send(
    new PutRolePolicyCommand({
      RoleName,
      PolicyName,
      PolicyDocument: trust.replace(/"Principal":.*?},/, '"Resource":"*",'),
    }),
  )
  await iam.send(new PutRolePolicyCommand({RoleName, PolicyName, PolicyDocument: grant}))
  const read = await iam.send(new GetRolePolicyCommand({RoleName, PolicyName}))
  expect(read).toMatchObject({RoleName, PolicyName})
  expect(decodeURIComponent(read.PolicyDocument ?? '')).toBe(grant)
  // RFC 3986 has ' ( ) * among the reserved characters.
  expect(read.PolicyDocument).toMatch(/^[\w.~%-]+$/)
  expect((await iam.send(new ListRolePoliciesCommand({RoleName}))).PolicyNames).toEqual([PolicyName])

  await iam.send(new AttachRolePolicyCommand({RoleName, PolicyArn: policyArn}))
  await iam.send(new AttachRolePolicyCommand({RoleName, PolicyArn: policyArn}))
  expect((await iam.send(new ListAttachedRolePoliciesCommand({RoleName}))).AttachedPolicies).toEqual([
    {PolicyName: 'AmazonS3ReadOnly', PolicyArn: policyArn},
  ])
  expect(
    (await iam.send(new ListAttachedRolePoliciesCommand({RoleName, PathPrefix: '/job-function/'}))).AttachedPolicies,
  ).toEqual([])

  const inTheWay = {name: 'DeleteConflictException', status: 409}
  expect(await refusal(iam.send(new DeleteRoleCommand({RoleName})))).toMatchObject(inTheWay)
  await iam.send(new DeleteRolePolicyCommand({RoleName, PolicyName}))
  expect(await refusal(iam.send(new DeleteRoleCommand({RoleName})))).toMatchObject(inTheWay)
  await iam.send(new DetachRolePolicyCommand({RoleName, PolicyArn: policyArn}))
  await iam.send(new DeleteRoleCommand({RoleName}))
  expect((await refusal(iam.send(new GetRoleCommand({RoleName})))).name).toBe('NoSuchEntityException')
})

it('what is not there cannot be read, deleted, attached or detached', async () => {
  const iam = await withRole()
  const RoleName = 'trainer'
  const calls = [
    new GetRolePolicyCommand({RoleName, PolicyName: 'none'}),
    new DeleteRolePolicyCommand({RoleName, PolicyName: 'none'}),
    new DetachRolePolicyCommand({RoleName, PolicyArn: policyArn}),
    new AttachRolePolicyCommand({RoleName, PolicyArn: 'arn:aws:iam::000000000000:policy/none'}),
  ]
  for (const call of calls) {
    expect(await refusal(iam.send(call as GetRolePolicyCommand))).toMatchObject({
      name: 'NoSuchEntityException',
      status: 404,
    })
  }
})

it('a trust policy is replaced', async () => {
  const iam = await withRole()
  const PolicyDocument = trust.replace('sagemaker', 'scheduler')
  await iam.send(new UpdateAssumeRolePolicyCommand({RoleName: 'trainer', PolicyDocument}))
  const {Role} = await iam.send(new GetRoleCommand({RoleName: 'trainer'}))
  expect(decodeURIComponent(Role?.AssumeRolePolicyDocument ?? '')).toBe(PolicyDocument)
})

const statement = (members: object, version = '2012-10-17') => JSON.stringify({Version: version, Statement: [members]})
const trusting = {Effect: 'Allow', Principal: {Service: 'x'}, Action: 'sts:AssumeRole'}
const granting = {Effect: 'Allow', Action: 's3:*', Resource: '*'}

it.each([
  ['no JSON', '{', 'This policy contains invalid Json'],
  ['a list', '[]', 'This policy contains invalid Json'],
  ['no statement', '{"Version": "2012-10-17"}', 'Syntax errors in policy.'],
  ['another version', statement(trusting, '2020-01-01'), 'Syntax errors in policy.'],
  ['a misspelt element', statement({...trusting, Actions: '*'}), 'Syntax errors in policy.'],
  ['no effect', statement({...trusting, Effect: undefined}), 'Missing required field Effect'],
  ['no action', statement({...trusting, Action: undefined}), 'Policy statement must contain actions.'],
  ['no principal', statement({...trusting, Principal: undefined}), 'Missing required field Principal'],
  ['a resource', statement({...trusting, Resource: '*'}), 'Has prohibited field Resource'],
  [
    'an action of another service',
    statement({...trusting, Action: ['sts:AssumeRole', 's3:GetObject']}),
    'AssumeRole policy may only specify STS AssumeRole actions.',
  ],
])('a trust policy with %s is malformed', async (_name, AssumeRolePolicyDocument, message) => {
  const {iam} = clients()
  const call = iam.send(new CreateRoleCommand({RoleName: 'trainer', AssumeRolePolicyDocument}))
  expect(await refusal(call)).toEqual({name: 'MalformedPolicyDocumentException', status: 400, message})
})

it.each([
  ['a principal', statement({...granting, Principal: '*'}), 'Policy document should not specify a principal.'],
  ['no resource', statement({...granting, Resource: undefined}), 'Policy statement must contain resources.'],
])('an inline policy with %s is malformed', async (_name, PolicyDocument, message) => {
  const iam = await withRole()
  const call = iam.send(new PutRolePolicyCommand({RoleName: 'trainer', PolicyName: 'p', PolicyDocument}))
  expect(await refusal(call)).toEqual({name: 'MalformedPolicyDocumentException', status: 400, message})
})

it('policies have their quotas, in which white space does not count', async () => {
  const iam = await withRole()
  const RoleName = 'trainer'
  const long = (length: number) => statement({...granting, Resource: `arn:aws:s3:::${'x'.repeat(length)}`})
  const put = (PolicyName: string, PolicyDocument: string) =>
    iam.send(new PutRolePolicyCommand({RoleName, PolicyName, PolicyDocument}))
  await put('one', `${' '.repeat(20_000)}${long(6000)}`)
  await put('one', long(6000))
  expect(await refusal(put('two', long(6000)))).toMatchObject({name: 'LimitExceededException', status: 409})
  const PolicyDocument = statement({...trusting, Sid: 'x'.repeat(2048)})
  const call = iam.send(new UpdateAssumeRolePolicyCommand({RoleName, PolicyDocument}))
  expect((await refusal(call)).message).toBe('Cannot exceed quota for ACLSizePerRole: 2048')
})

it.each([
  [
    'a name with a blank',
    {RoleName: 'a b'},
    /^1 validation error detected: Value 'a b' at 'roleName' failed .*pattern/,
  ],
  ['a long name', {RoleName: 'x'.repeat(65)}, /length less than or equal to 64/],
  ['a path without its slash', {Path: '/a'}, /at 'path' failed to satisfy constraint: Member must satisfy/],
  ['a session that is too short', {MaxSessionDuration: 60}, /greater than or equal to 3600/],
  [
    'a tag without a key',
    {Tags: [{Key: '', Value: ''}]},
    /at 'tags.1.member.key' failed .* greater than or equal to 1/,
  ],
])('%s is a ValidationError', async (_name, input, message) => {
  const call = clients().iam.send(new CreateRoleCommand({RoleName: 'r', AssumeRolePolicyDocument: trust, ...input}))
  expect(await refusal(call)).toMatchObject({
    name: 'ValidationError',
    status: 400,
    message: expect.stringMatching(message),
  })
})

it('roles are listed by name, in pages and under a path', async () => {
  const {iam} = clients()
  for (const name of ['c', 'a', 'b']) {
    await iam.send(new CreateRoleCommand({RoleName: name, Path: `/${name}/`, AssumeRolePolicyDocument: trust}))
  }
  const pages: (string | undefined)[][] = []
  for await (const {Roles = []} of paginateListRoles({client: iam, pageSize: 3}, {})) {
    pages.push(Roles.map(({RoleName}) => RoleName))
  }
  expect(pages).toEqual([['a', 'b', 'c'], ['mlpipe-local']])
  const under = await iam.send(new ListRolesCommand({PathPrefix: '/b'}))
  expect(under).toMatchObject({IsTruncated: false, Roles: [{RoleName: 'b'}]})
  expect((await refusal(iam.send(new ListRolesCommand({Marker: 'x'})))).name).toBe('ValidationError')
})

it('tags are put, replaced, listed in pages and removed', async () => {
  const iam = await withRole()
  const RoleName = 'trainer'
  await iam.send(
    new TagRoleCommand({
      RoleName,
      Tags: [
        {Key: 'a', Value: '1'},
        {Key: 'b', Value: '2'},
      ],
    }),
  )
  await iam.send(new TagRoleCommand({RoleName, Tags: [{Key: 'a', Value: '3'}]}))
  const first = await iam.send(new ListRoleTagsCommand({RoleName, MaxItems: 1}))
  expect(first).toMatchObject({Tags: [{Key: 'a', Value: '3'}], IsTruncated: true})
  const second = await iam.send(new ListRoleTagsCommand({RoleName, Marker: first.Marker}))
  expect(second).toMatchObject({Tags: [{Key: 'b', Value: '2'}], IsTruncated: false})
  await iam.send(new UntagRoleCommand({RoleName, TagKeys: ['a', 'none']}))
  expect((await iam.send(new ListRoleTagsCommand({RoleName}))).Tags).toEqual([{Key: 'b', Value: '2'}])
  const many = Array.from({length: 50}, (_, index) => ({Key: `k${index}`, Value: ''}))
  expect((await refusal(iam.send(new TagRoleCommand({RoleName, Tags: many})))).name).toBe('LimitExceededException')
})

it('what is gone leaves no tags to a role of the same name', async () => {
  const iam = await withRole()
  const RoleName = 'trainer'
  await iam.send(new TagRoleCommand({RoleName, Tags: [{Key: 'a', Value: '1'}]}))
  await iam.send(new DeleteRoleCommand({RoleName}))
  await iam.send(new CreateRoleCommand({RoleName, AssumeRolePolicyDocument: trust}))
  expect((await iam.send(new ListRoleTagsCommand({RoleName}))).Tags).toEqual([])
})

it('a role that is there can be assumed', async () => {
  const {sts} = clients()
  const assumed = await sts.send(new AssumeRoleCommand({RoleArn: roleArn, RoleSessionName: 'me', DurationSeconds: 900}))
  expect(assumed).toMatchObject({
    AssumedRoleUser: {Arn: 'arn:aws:sts::000000000000:assumed-role/mlpipe-local/me'},
    Credentials: {AccessKeyId: 'local'},
  })
  expect(assumed.Credentials?.Expiration?.getTime()).toBeGreaterThan(Date.now() + 800_000)
  const other = new AssumeRoleCommand({RoleArn: `${roleArn}-not`, RoleSessionName: 'me'})
  expect(await refusal(sts.send(other))).toMatchObject({name: 'AccessDenied', status: 403})
})

it('no policy is judged here, and that is said', async () => {
  const call = new SimulatePrincipalPolicyCommand({PolicySourceArn: roleArn, ActionNames: ['s3:GetObject']})
  expect(await refusal(clients().iam.send(call))).toMatchObject({name: 'NotImplemented', status: 501})
})
