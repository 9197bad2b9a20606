// STS, IAM and CloudWatch Logs with clients that we did not write: boto3 and the AWS CLI.
import {describe, expect, it} from 'vitest'
import {
  clientEnv,
  findAwsCli,
  findAwsClis,
  findPython,
  findPythons,
  isMissing,
  runAws,
  runPython,
} from '../../support/aws-clients.ts'
import {pipeline, shell} from '../support/definitions.ts'
import {putPipeline, run} from '../support/local-cloud.ts'
import {served} from '../support/served.ts'

const trust =
  '{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": {"Service": "events.amazonaws.com"}, "Action": "sts:AssumeRole"}]}'
const grant = trust.replace(/"Principal".*?}, "Action": "sts:AssumeRole"/, '"Action": "sagemaker:*", "Resource": "*"')

const script = `
sts, iam = client("sts"), client("iam")
trust, grant = ${JSON.stringify(trust)}, ${JSON.stringify(grant)}
seen = {"account": sts.get_caller_identity()["Account"]}
role = iam.create_role(RoleName="starter", AssumeRolePolicyDocument=trust, Tags=[{"Key": "made-by", "Value": "a & b"}])["Role"]
seen["arn"] = role["Arn"]
iam.put_role_policy(RoleName="starter", PolicyName="start", PolicyDocument=grant)
seen["policy"] = iam.get_role_policy(RoleName="starter", PolicyName="start")["PolicyDocument"]["Statement"][0]["Action"]
seen["trust"] = iam.get_role(RoleName="starter")["Role"]["AssumeRolePolicyDocument"]["Statement"][0]["Principal"]
seen["tags"] = iam.list_role_tags(RoleName="starter")["Tags"]
seen["roles"] = [r["RoleName"] for p in iam.get_paginator("list_roles").paginate(PaginationConfig={"PageSize": 1}) for r in p["Roles"]]
def refused(call):
    try:
        call()
    except ClientError as error:
        return [error.response["Error"]["Code"], error.response["ResponseMetadata"]["HTTPStatusCode"]]
seen["errors"] = [
    refused(lambda: iam.create_role(RoleName="starter", AssumeRolePolicyDocument=trust)),
    refused(lambda: iam.delete_role(RoleName="starter")),
    refused(lambda: iam.get_role(RoleName="none")),
    refused(lambda: iam.create_role(RoleName="other", AssumeRolePolicyDocument=grant)),
    refused(lambda: client("iam").list_users()),
    refused(lambda: client("sqs").list_queues()),
]
try:
    iam.get_role(RoleName="none")
except iam.exceptions.NoSuchEntityException:
    seen["typed"] = True
iam.delete_role_policy(RoleName="starter", PolicyName="start")
iam.delete_role(RoleName="starter")
print(json.dumps(seen))
`

describe.skipIf(isMissing(findPython(), 'boto3', 'STS and IAM with boto3'))('boto3', () => {
  it.each(findPythons())('%s makes a role, reads it and gets the right errors', async (python) => {
    const {endpoint} = await served()
    const {stdout, stderr} = await runPython(script, clientEnv(endpoint), python)
    expect(stderr).not.toContain('Traceback')
    expect(JSON.parse(stdout)).toEqual({
      account: '000000000000',
      arn: 'arn:aws:iam::000000000000:role/starter',
      policy: 'sagemaker:*',
      trust: {Service: 'events.amazonaws.com'},
      tags: [{Key: 'made-by', Value: 'a & b'}],
      roles: ['mlpipe-local', 'starter'],
      errors: [
        ['EntityAlreadyExists', 409],
        ['DeleteConflict', 409],
        ['NoSuchEntity', 404],
        ['MalformedPolicyDocument', 400],
        ['InvalidAction', 400],
        [expect.stringMatching(/InvalidAction|UnknownOperationException/), 400],
      ],
      typed: true,
    })
  })
})

describe.skipIf(isMissing(findAwsCli(), 'aws', 'STS, IAM and logs with the AWS CLI'))('the AWS CLI', () => {
  it.each(findAwsClis())('%s makes a role and deletes it', async (cli) => {
    const {endpoint} = await served()
    const env = clientEnv(endpoint)
    const aws = async (...args: string[]) => {
      const {stdout, stderr, exitCode} = await runAws([...args, '--output', 'json'], env, cli)
      return {exitCode, stderr, json: stdout.trim() === '' ? undefined : JSON.parse(stdout)}
    }
    expect((await aws('sts', 'get-caller-identity')).json).toMatchObject({Account: '000000000000'})
    const named = ['--role-name', 'starter']
    const made = await aws('iam', 'create-role', ...named, '--assume-role-policy-document', trust)
    expect(made.json).toMatchObject({Role: {Arn: 'arn:aws:iam::000000000000:role/starter'}})
    const again = await aws('iam', 'create-role', ...named, '--assume-role-policy-document', trust)
    expect(again.stderr).toContain('(EntityAlreadyExists) when calling the CreateRole operation')
    const policy = ['--policy-arn', 'arn:aws:iam::aws:policy/AmazonSageMakerFullAccess']
    await aws('iam', 'attach-role-policy', ...named, ...policy)
    expect((await aws('iam', 'list-attached-role-policies', ...named)).json).toMatchObject({
      AttachedPolicies: [{PolicyName: 'AmazonSageMakerFullAccess'}],
    })
    await aws('iam', 'detach-role-policy', ...named, ...policy)
    expect((await aws('iam', 'delete-role', ...named)).exitCode).toBe(0)
  })

  it.each(findAwsClis())('%s reads the logs of a job', async (cli) => {
    const {endpoint, cloud} = await served()
    await putPipeline(cloud, 'logs', pipeline([shell('say', 'echo first; echo second')]))
    await run(cloud, 'logs')
    const env = clientEnv(endpoint)
    const group = '/aws/sagemaker/ProcessingJobs'
    const filtered = await runAws(
      ['logs', 'filter-log-events', '--log-group-name', group, '--filter-pattern', 'sec', '--output', 'json'],
      env,
      cli,
    )
    expect(JSON.parse(filtered.stdout).events).toMatchObject([{message: 'second'}])
    const groups = await runAws(['logs', 'describe-log-groups', '--output', 'json'], env, cli)
    expect(JSON.parse(groups.stdout).logGroups).toMatchObject([{logGroupName: group}])
    // The CLI before its second version has no `tail`.
    const tail = await runAws(['logs', 'tail', group, '--format', 'short'], env, cli)
    if (!tail.stderr.includes('Invalid choice') && !tail.stderr.includes('invalid choice')) {
      expect(tail.stdout).toMatch(/ first\n.* second\n/s)
    }
  })
})
