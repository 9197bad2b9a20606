// IAM's simulator, quotas and images, as the services answer. The answers have the shapes of the API references of IAM
// (SimulatePrincipalPolicy), Service Quotas (ListServiceQuotas) and Amazon ECR (BatchGetImage).

import {Readable} from 'node:stream'
import {expect, it} from 'vitest'
import {connectCloud} from '../../src/cloud/connect-cloud.ts'

type Asked = {readonly hostname: string; readonly target: string | undefined; readonly body: string}
type Answer = {readonly status?: number; readonly body: string}

const textOf = (body: unknown) => (body instanceof Uint8Array ? Buffer.from(body).toString() : String(body ?? ''))

/** A cloud whose requests are answered one after the other. */
async function answering(answers: readonly Answer[]) {
  const asked: Asked[] = []
  const handle = async (request: {hostname: string; headers: Record<string, string>; body?: unknown}) => {
    asked.push({hostname: request.hostname, target: request.headers['x-amz-target'], body: textOf(request.body)})
    const {status = 200, body = ''} = answers[asked.length - 1] ?? {body: ''}
    const type = body.startsWith('<') ? 'text/xml' : 'application/x-amz-json-1.1'
    const headers = {'content-type': type, 'x-amzn-requestid': 'r'}
    return {response: {statusCode: status, headers, body: Readable.from([Buffer.from(body)])}}
  }
  return {cloud: await connectCloud({region: 'us-east-1', requestHandler: {handle: handle as never}}), asked}
}

const role = 'arn:aws:iam::111122223333:role/R'
const job = 'arn:aws:sagemaker:us-east-1:111122223333:training-job/x'
const other = 'arn:aws:sagemaker:us-east-1:111122223333:training-job/y'

const simulated = (results: string, marker?: string) => ({
  body: `<SimulatePrincipalPolicyResponse xmlns="https://iam.amazonaws.com/doc/2010-05-08/"><SimulatePrincipalPolicyResult>
    <EvaluationResults>${results}</EvaluationResults><IsTruncated>${marker !== undefined}</IsTruncated>
    ${marker === undefined ? '' : `<Marker>${marker}</Marker>`}</SimulatePrincipalPolicyResult></SimulatePrincipalPolicyResponse>`,
})

it('asks the simulator for every page, with the context, and reads the decision on each resource', async () => {
  const each = `<ResourceSpecificResults><member><EvalResourceName>${job}</EvalResourceName><EvalResourceDecision>allowed</EvalResourceDecision></member>
    <member><EvalResourceName>${other}</EvalResourceName><EvalResourceDecision>implicitDeny</EvalResourceDecision></member></ResourceSpecificResults>`
  const {cloud, asked} = await answering([
    simulated(
      `<member><EvalActionName>sagemaker:CreateTrainingJob</EvalActionName><EvalDecision>implicitDeny</EvalDecision>${each}</member>`,
      'm1',
    ),
    simulated(
      `<member><EvalActionName>sagemaker:StopTrainingJob</EvalActionName><EvalResourceName>${job}</EvalResourceName><EvalDecision>allowed</EvalDecision></member>`,
    ),
  ])
  const question = {
    actions: ['sagemaker:CreateTrainingJob', 'sagemaker:StopTrainingJob'],
    resources: [job, other],
    context: {'iam:PassedToService': 'sagemaker.amazonaws.com'},
  }
  expect(await cloud.access.simulate(role, question)).toEqual([
    {action: 'sagemaker:CreateTrainingJob', resource: job, isAllowed: true},
    {action: 'sagemaker:CreateTrainingJob', resource: other, isAllowed: false},
    {action: 'sagemaker:StopTrainingJob', resource: job, isAllowed: true},
  ])
  const sent = asked.map(({body}) => new URLSearchParams(body))
  expect(sent[0]?.get('PolicySourceArn')).toBe(role)
  expect(sent[0]?.get('ResourceArns.member.2')).toBe(other)
  expect(sent[0]?.get('ContextEntries.member.1.ContextKeyName')).toBe('iam:PassedToService')
  expect(sent.map((parameters) => parameters.get('Marker'))).toEqual([null, 'm1'])
})

it('an explicit deny is no permission either', async () => {
  const {cloud} = await answering([
    simulated(
      `<member><EvalActionName>s3:GetObject</EvalActionName><EvalResourceName>*</EvalResourceName><EvalDecision>explicitDeny</EvalDecision></member>`,
    ),
  ])
  const answers = await cloud.access.simulate(role, {actions: ['s3:GetObject'], resources: ['*']})
  expect(answers).toEqual([{action: 's3:GetObject', resource: '*', isAllowed: false}])
})

it('who may not ask the simulator is told so by a code', async () => {
  const {cloud} = await answering([
    {
      status: 403,
      body: `<ErrorResponse xmlns="https://iam.amazonaws.com/doc/2010-05-08/"><Error><Type>Sender</Type><Code>AccessDenied</Code>
        <Message>User: arn:aws:iam::111122223333:user/u is not authorized to perform: iam:SimulatePrincipalPolicy</Message></Error><RequestId>r</RequestId></ErrorResponse>`,
    },
  ])
  const asking = cloud.access.simulate(role, {actions: ['s3:GetObject'], resources: ['*']})
  await expect(asking).rejects.toMatchObject({code: 'access-denied', who: 'service'})
})

it('takes the quotas of the account over the defaults of AWS, all pages of both', async () => {
  const page = (quotas: readonly object[], NextToken?: string) => ({body: JSON.stringify({Quotas: quotas, NextToken})})
  const quota = (QuotaCode: string, QuotaName: string, Value: number) => ({
    ServiceCode: 'sagemaker',
    QuotaCode,
    QuotaName,
    Value,
  })
  const {cloud, asked} = await answering([
    page([quota('L-1', 'ml.m5.large for training job usage', 0)], 't1'),
    page([quota('L-2', 'ml.p4d.24xlarge for training job usage', 0)]),
    page([quota('L-1', 'ml.m5.large for training job usage', 4)], 't2'),
    page([]),
  ])
  expect(await cloud.quotas.sageMaker()).toEqual([
    {code: 'L-1', name: 'ml.m5.large for training job usage', value: 4},
    {code: 'L-2', name: 'ml.p4d.24xlarge for training job usage', value: 0},
  ])
  expect(asked.map(({body}) => (JSON.parse(body) as {NextToken?: string}).NextToken)).toEqual([
    undefined,
    't1',
    undefined,
    't2',
  ])
})

const image = '683313688378.dkr.ecr.us-west-2.amazonaws.com/sagemaker-scikit-learn:1.2-1'

it('asks for an image as a pull does: in the registry and the region of its address', async () => {
  const {cloud, asked} = await answering([{body: JSON.stringify({images: [{imageManifest: '{}'}], failures: []})}])
  expect(await cloud.images.find(image)).toBe('found')
  expect(asked[0]).toMatchObject({
    hostname: 'api.ecr.us-west-2.amazonaws.com',
    target: 'AmazonEC2ContainerRegistry_V20150921.BatchGetImage',
  })
  expect(JSON.parse(asked[0]?.body ?? '')).toMatchObject({
    registryId: '683313688378',
    repositoryName: 'sagemaker-scikit-learn',
    imageIds: [{imageTag: '1.2-1'}],
  })
})

it.each([
  ['RepositoryNotFoundException', 'missing'],
  ['AccessDeniedException', 'denied'],
])('%s: the image is %s', async (error, expected) => {
  const {cloud} = await answering([{status: 400, body: JSON.stringify({__type: error, message: 'no'})}])
  expect(await cloud.images.find(image)).toBe(expected)
})

it('an image outside of ECR is nobody asked for', async () => {
  const {cloud, asked} = await answering([])
  expect(await cloud.images.find('docker.io/library/python:3.12')).toBe('elsewhere')
  expect(asked).toEqual([])
})

it('a trust policy is decoded', async () => {
  const document = encodeURIComponent('{"Statement":[],"Id":"a b+c%"}')
  const {cloud} = await answering([
    {
      body: `<GetRoleResponse xmlns="https://iam.amazonaws.com/doc/2010-05-08/"><GetRoleResult><Role><Arn>${role}</Arn><RoleName>R</RoleName>
          <AssumeRolePolicyDocument>${document}</AssumeRolePolicyDocument></Role></GetRoleResult></GetRoleResponse>`,
    },
  ])
  expect(await cloud.access.role(role)).toEqual({name: 'R', arn: role, trust: {Statement: [], Id: 'a b+c%'}, tags: {}})
})
