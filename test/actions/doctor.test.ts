// `mlpipe doctor`: each finding by the one thing that is out of place.

import {describe, expect, it} from 'vitest'
import {type DoctorResult, doctor} from '../../src/actions/doctor/doctor.ts'
import type {Machine} from '../../src/actions/doctor/machine.ts'
import type {AccessPort} from '../../src/cloud/account-ports.ts'
import type {Cloud} from '../../src/cloud/ports.ts'
import {ServiceError} from '../../src/cloud/service-error.ts'
import type {TriggerRule} from '../../src/cloud/trigger-ports.ts'
import {doctorView} from '../../src/views/doctor.ts'
import {fakeCloud, fakeState, fakeWorld} from '../support/fake-cloud.ts'
import {tempDir} from '../support/temp-dir.ts'

const account = '111122223333'
const roleArn = `arn:aws:iam::${account}:role/Runner`
const userArn = `arn:aws:iam::${account}:user/ada`

const spec = `name: churn
steps:
  prepare:
    type: processing
    image: 444455556666.dkr.ecr.eu-west-1.amazonaws.com/own:1
    instance: {type: ml.m5.large, count: 2}
    command: [python3, /opt/x.py]
    outputs: [train]
targets:
  prod: {region: eu-west-1, account: "${account}", role: "${roleArn}", bucket: models}
`

const trustOf = (service: string) => ({
  Statement: [{Effect: 'Allow', Principal: {Service: service}, Action: 'sts:AssumeRole'}],
})

const goodMachine: Machine = {
  nodeVersion: '22.11.0',
  ask: async (program) => ({kind: 'answered', text: `${program} 1`}),
  sandbox: async () => ({kind: 'bwrap'}),
  whyReadOnly: async () => undefined,
}

type Parts = {[Port in keyof Cloud]?: Partial<Cloud[Port]>}

/** An account in which everything is in place. */
const goodParts = {
  identity: {caller: async () => ({account, arn: userArn})},
  access: {
    role: async (name: string) => ({name, arn: roleArn, trust: trustOf('sagemaker.amazonaws.com'), tags: {}}),
    simulate: allowing(() => true),
  },
  buckets: {find: async () => ({region: 'eu-west-1'}), sendsEvents: async () => true},
  images: {find: async () => 'found' as const},
  quotas: {sageMaker: async () => [{code: 'L-1', name: 'ml.m5.large for processing job usage', value: 2}]},
  triggers: {rules: async () => [], schedules: async () => []},
} satisfies Parts

function allowing(isAllowed: (action: string, principal: string) => boolean): AccessPort['simulate'] {
  return async (principal, {actions, resources}) =>
    actions.flatMap((action) =>
      resources.map((resource) => ({action, resource, isAllowed: isAllowed(action, principal)})),
    )
}

type Change = {
  readonly parts?: Parts
  readonly machine?: Partial<Machine>
  readonly text?: string
  readonly target?: string
  readonly env?: Record<string, string>
}

async function examined({parts = {}, machine = {}, text = spec, target = 'prod', env = {}}: Change = {}) {
  const state = fakeState()
  const base: Cloud = fakeCloud(state)
  const ports = {...base} as Record<keyof Cloud, object>
  for (const all of [goodParts, parts] as Parts[]) {
    for (const name of Object.keys(all) as (keyof Cloud)[]) ports[name] = {...ports[name], ...all[name]}
  }
  let isClosed = false
  const world = {
    ...fakeWorld(state),
    cwd: tempDir(text === '' ? {} : {'mlpipe.yaml': text}),
    env,
    connect: async () => ({
      cloud: ports as unknown as Cloud,
      recovered: [],
      close: async () => {
        isClosed = true
      },
    }),
  }
  const result = await doctor({target: target === '' ? undefined : target}, world, {...goodMachine, ...machine})
  return {result, isClosed: () => isClosed}
}

const stateOf = ({checks}: DoctorResult, id: string) => checks.find((one) => one.id === id)?.state
const refused = (code: string, message: string) =>
  new ServiceError({code, message, nextSteps: ['wait'], cause: new Error(code), operation: 'X'})
const refusing =
  (code: string, message = 'no') =>
  async () =>
    Promise.reject(refused(code, message))

const waiting = (pattern: object): TriggerRule => ({
  kind: 'rule',
  name: 'churn-new',
  arn: 'arn',
  bus: 'default',
  isEnabled: true,
  pattern: JSON.stringify(pattern),
  targets: [],
  tags: [],
})
const onObjects = waiting({
  source: ['aws.s3'],
  'detail-type': ['Object Created'],
  detail: {bucket: {name: ['incoming']}},
})

it('an account in which everything is in place passes, and the connection is closed', async () => {
  const {result, isClosed} = await examined()
  expect(result.checks.filter(({state}) => state !== 'ok').map(({id, state}) => [id, state])).toEqual([
    ['triggers', 'skipped'],
    ['bucket-events', 'skipped'],
  ])
  expect(result).toMatchObject({outcome: 'passed', target: 'prod', next: []})
  expect(isClosed()).toBe(true)
})

describe('one thing out of place', () => {
  it.each<[string, Change, string, string, string, string?]>([
    [
      'an old Node.js',
      {machine: {nodeVersion: '20.18.3'}},
      'node',
      'failed',
      '20.18.3 is too old',
      'install Node.js 20.19',
    ],
    ['the oldest Node.js that will do', {machine: {nodeVersion: '20.19.0'}}, 'node', 'ok', '20.19.0'],
    [
      'no Python, for AWS',
      {machine: {ask: async () => ({kind: 'missing'})}},
      'python',
      'warning',
      'neither python3',
      'install Python 3',
    ],
    [
      'no Python, for a local run',
      {target: 'local', machine: {ask: async () => ({kind: 'missing'})}},
      'python',
      'failed',
      'neither python3',
      'install Python 3',
    ],
    [
      'no sandbox',
      {machine: {sandbox: async () => ({kind: 'none'})}},
      'sandbox',
      'warning',
      'none',
      'install bubblewrap',
    ],
    [
      'a sandbox that does not work',
      {machine: {sandbox: async () => ({problem: 'MLPIPE_SANDBOX is "bwrap", which does not work'})}},
      'sandbox',
      'failed',
      'does not work',
      'unset MLPIPE_SANDBOX',
    ],
    [
      'no docker, and no need of it',
      {machine: {ask: async () => ({kind: 'missing'})}},
      'docker',
      'skipped',
      'no step has runner: docker',
    ],
    [
      'no docker, for a step that wants it',
      {
        target: 'local',
        text: spec.replace('    outputs', '    local: {runner: docker}\n    outputs'),
        machine: {ask: async () => ({kind: 'failed', text: 'permission denied'})},
      },
      'docker',
      'failed',
      'permission denied',
      'start Docker',
    ],
    ['no git', {machine: {ask: async () => ({kind: 'missing'})}}, 'git', 'warning', 'no git', 'install git'],
    [
      'a directory of somebody else',
      {target: 'local', machine: {whyReadOnly: async () => 'permission denied'}},
      'state',
      'failed',
      'permission denied',
    ],
    [
      'a wrong spec',
      {text: spec.replace('outputs:', 'outptus:')},
      'spec',
      'failed',
      '1 error',
      'mlpipe validate -t prod',
    ],
    ['no spec, and a target', {text: ''}, 'spec', 'failed', 'there is no mlpipe.yaml'],
    ['no spec, and no target', {text: '', target: ''}, 'spec', 'skipped', 'there is no mlpipe.yaml', 'mlpipe init'],
    [
      'no region',
      {text: spec.replace('region: eu-west-1, ', '')},
      'region',
      'failed',
      'has no region',
      'write region: under targets.prod',
    ],
    [
      "an address of one's own",
      {env: {AWS_ENDPOINT_URL: 'http://ada:hunter2@127.0.0.1:4566/x'}},
      'endpoint',
      'warning',
      'AWS_ENDPOINT_URL=http://127.0.0.1:4566',
      'unset AWS_ENDPOINT_URL',
    ],
    [
      'no credentials',
      {parts: {identity: {caller: refusing('no-credentials', 'needs AWS credentials')}}},
      'credentials',
      'failed',
      'needs AWS credentials',
      'wait',
    ],
    [
      'credentials of another account',
      {parts: {identity: {caller: async () => ({account: '999999999999', arn: userArn})}}},
      'account',
      'failed',
      '999999999999',
      'mlpipe doctor --profile NAME',
    ],
    [
      'no account in the spec',
      {text: spec.replace(`account: "${account}", `, '')},
      'account',
      'ok',
      'write account: under targets.prod',
    ],
    [
      'no role in the target',
      {text: spec.replace(`role: "${roleArn}", `, '')},
      'role',
      'failed',
      'has no role',
      'mlpipe iam execution',
    ],
    [
      'a role that is no ARN',
      {text: spec.replace(roleArn, 'Runner')},
      'role',
      'failed',
      '"Runner" is no ARN',
      `role: arn:aws:iam::${account}:role/NAME`,
    ],
    [
      'a role of another account',
      {text: spec.replace(roleArn, 'arn:aws:iam::999999999999:role/R')},
      'role',
      'failed',
      'another account',
    ],
    [
      'a role that is not there',
      {parts: {access: {role: async () => undefined}}},
      'role',
      'failed',
      `there is no role ${roleArn}`,
      'mlpipe iam execution',
    ],
    [
      'a role that trusts another service',
      {
        parts: {
          access: {
            role: async (name: string) => ({name, arn: roleArn, trust: trustOf('lambda.amazonaws.com'), tags: {}}),
          },
        },
      },
      'role',
      'failed',
      'does not trust sagemaker.amazonaws.com',
    ],
    [
      'a role that may not be looked at',
      {parts: {access: {role: refusing('access-denied', 'GetRole is not allowed')}}},
      'role',
      'skipped',
      'GetRole is not allowed',
    ],
    [
      'a permission that the caller lacks',
      {
        parts: {
          access: {simulate: allowing((action, who) => who !== userArn || action !== 'sagemaker:CreatePipeline')},
        },
      },
      'permissions',
      'failed',
      `${userArn} lacks 1 of`,
      'mlpipe iam deployer -t prod',
    ],
    [
      'a permission that the role lacks',
      {parts: {access: {simulate: allowing((action, who) => who !== roleArn || action !== 's3:PutObject')}}},
      'role-permissions',
      'failed',
      `${roleArn} lacks 1 of`,
      'mlpipe iam execution -t prod',
    ],
    [
      'a simulator that may not be asked',
      {parts: {access: {simulate: refusing('access-denied')}}},
      'permissions',
      'skipped',
      'iam:SimulatePrincipalPolicy',
      'mlpipe iam deployer -t prod',
    ],
    [
      'the root user',
      {parts: {identity: {caller: async () => ({account, arn: `arn:aws:iam::${account}:root`})}}},
      'permissions',
      'skipped',
      'users and roles only',
    ],
    [
      'no such bucket',
      {parts: {buckets: {find: async () => undefined}}},
      'bucket',
      'failed',
      'there is no bucket models',
      'aws s3 mb s3://models --region eu-west-1',
    ],
    [
      'a bucket of another region',
      {parts: {buckets: {find: async () => ({region: 'us-east-1'})}}},
      'bucket',
      'failed',
      'models is in us-east-1',
    ],
    [
      'a bucket whose region is kept',
      {parts: {buckets: {find: async () => ({})}}},
      'bucket',
      'warning',
      'kept from the caller',
    ],
    [
      'a trigger that waits for silent objects',
      {parts: {triggers: {rules: async () => [onObjects]}, buckets: {sendsEvents: async () => false}}},
      'bucket-events',
      'failed',
      'sends no events',
      'turn on Amazon EventBridge',
    ],
    [
      'a trigger that waits for objects',
      {parts: {triggers: {rules: async () => [onObjects]}}},
      'bucket-events',
      'ok',
      'incoming',
    ],
    [
      'a trigger that waits for something else',
      {parts: {triggers: {rules: async () => [waiting({source: ['aws.sagemaker']})]}}},
      'bucket-events',
      'skipped',
      'no deployed trigger',
    ],
    [
      'an image that is not there',
      {parts: {images: {find: async () => 'missing'}}},
      'images',
      'failed',
      '1 of 1 image cannot be pulled',
      'docker push',
    ],
    [
      'an image outside of ECR',
      {parts: {images: {find: async () => 'elsewhere'}}},
      'images',
      'failed',
      '1 of 1 image cannot be pulled',
    ],
    [
      'an image that may not be looked at',
      {parts: {images: {find: async () => 'denied'}}},
      'images',
      'warning',
      'could not be looked at',
    ],
    [
      'a quota of nothing',
      {
        parts: {
          quotas: {sageMaker: async () => [{code: 'L-9', name: 'ml.m5.large for processing job usage', value: 0}]},
        },
      },
      'quotas',
      'failed',
      '1 quota too small',
      'aws service-quotas request-service-quota-increase --service-code sagemaker --quota-code L-9 --desired-value 2 --region eu-west-1',
    ],
    [
      'a quota of one machine for two',
      {
        parts: {
          quotas: {sageMaker: async () => [{code: 'L-9', name: 'ml.m5.large for processing job usage', value: 1}]},
        },
      },
      'quotas',
      'failed',
      '1 quota too small',
    ],
    [
      'a machine without a quota',
      {parts: {quotas: {sageMaker: async () => []}}},
      'quotas',
      'warning',
      'not every machine',
    ],
    [
      'quotas that may not be looked at',
      {parts: {quotas: {sageMaker: refusing('access-denied', 'ListServiceQuotas is not allowed')}}},
      'quotas',
      'skipped',
      'ListServiceQuotas is not allowed',
    ],
    [
      'a service that throttles',
      {parts: {quotas: {sageMaker: refusing('throttled', 'was throttled')}}},
      'quotas',
      'failed',
      'was throttled',
      'wait',
    ],
  ])('%s', async (_what, change, id, state, found, next) => {
    const {result} = await examined(change)
    const one = result.checks.find((check) => check.id === id)
    expect(one).toMatchObject({state, found: expect.stringContaining(found)})
    if (next !== undefined) expect(one?.next.join('\n')).toContain(next)
    const hasFailed = result.checks.some((check) => check.state === 'failed')
    expect(result.outcome).toBe(hasFailed ? 'failed' : 'passed')
  })
})

it('what is denied is listed, each once', async () => {
  const {result} = await examined({parts: {access: {simulate: allowing((action) => action !== 'iam:PassRole')}}})
  expect(result.checks.find(({id}) => id === 'permissions')?.details).toEqual([`iam:PassRole on ${roleArn}`])
})

it('of a spec with triggers, the caller may make them and their role, in the account of the credentials', async () => {
  const triggers = '\ntriggers: {nightly: {schedule: rate(1 day)}}\n'
  const may = (action: string) => !['iam:CreateRole', 'scheduler:CreateSchedule', 'events:PutRule'].includes(action)
  const standing = {...goodParts.triggers, schedule: async () => undefined}
  const parts = {access: {simulate: allowing(may)}, triggers: standing}
  const {result} = await examined({text: `${spec}${triggers}`, parts})
  expect(result.checks.find(({id}) => id === 'permissions')?.details).toEqual([
    `iam:CreateRole on arn:aws:iam::${account}:role/churn-trigger`,
    `scheduler:CreateSchedule on arn:aws:scheduler:eu-west-1:${account}:schedule/mlpipe-example/churn`,
    `scheduler:CreateSchedule on arn:aws:scheduler:eu-west-1:${account}:schedule/mlpipe-example/churn-mlpipe-example`,
  ])
})

it('the role behind a session is asked about, with the path that the session does not tell', async () => {
  const asked: string[] = []
  const {result} = await examined({
    parts: {
      identity: {caller: async () => ({account, arn: `arn:aws:sts::${account}:assumed-role/Admin/ada@example.com`})},
      access: {
        role: async (name: string) => ({
          name,
          arn: `arn:aws:iam::${account}:role/sso/${name}`,
          trust: trustOf('sagemaker.amazonaws.com'),
          tags: {},
        }),
        simulate: async (principal) => {
          asked.push(principal)
          return []
        },
      },
    },
  })
  expect(stateOf(result, 'permissions')).toBe('ok')
  expect(new Set(asked)).toEqual(new Set([`arn:aws:iam::${account}:role/sso/Admin`, roleArn]))
})

it.each([
  [
    'the network is away',
    {identity: {caller: refusing('service-unreachable', 'got no answer')}},
    'AWS could not be asked: see credentials',
  ],
  [
    'the account is another one',
    {identity: {caller: async () => ({account: '999999999999', arn: userArn})}},
    'the credentials are those of another account',
  ],
])('when %s, it is said once and the rest is skipped', async (_what, parts, reason) => {
  const {result} = await examined({parts})
  expect(result.counts.failed).toBe(1)
  for (const id of ['role', 'permissions', 'role-permissions', 'bucket', 'bucket-events', 'images', 'quotas']) {
    expect(
      result.checks.find((one) => one.id === id),
      id,
    ).toMatchObject({state: 'skipped', found: reason})
  }
})

it('a wrong spec does not keep the account from being looked at', async () => {
  const {result} = await examined({text: spec.replace('outputs:', 'outptus:')})
  expect([stateOf(result, 'role'), stateOf(result, 'bucket'), stateOf(result, 'images')]).toEqual([
    'ok',
    'ok',
    'skipped',
  ])
})

it('the embedded engine is asked nothing; targets that are not looked at are named', async () => {
  const {result} = await examined({target: '', parts: {identity: {caller: refusing('bug')}}})
  expect(result.checks.map(({id}) => id)).toEqual(['node', 'python', 'sandbox', 'docker', 'git', 'state', 'spec'])
  expect(result).toMatchObject({target: 'local', outcome: 'passed', next: ['mlpipe doctor -t prod']})
})

it('what is a bug of ours is not hidden in a check', async () => {
  await expect(examined({parts: {buckets: {find: async () => Promise.reject(new TypeError('oops'))}}})).rejects.toThrow(
    'oops',
  )
})

it('tells each check in a line, with what is wrong and what to do below it', async () => {
  const {result} = await examined({
    parts: {
      buckets: {find: async () => undefined},
      images: {find: async () => 'missing'},
      triggers: {rules: refusing('throttled', 'was throttled')},
    },
  })
  const lines = doctorView.human(result, {width: 80, colour: false}).split('\n')
  expect(lines.slice(lines.findIndex((line) => line.startsWith('failed')))).toEqual([
    'failed   bucket                     there is no bucket models',
    '         do: aws s3 mb s3://models --region eu-west-1',
    'skipped  triggers                   the spec declares no triggers',
    'failed   bucket events              was throttled',
    '         do: wait',
    'failed   images                     1 of 1 image cannot be pulled',
    '         - 444455556666.dkr.ecr.eu-west-1.amazonaws.com/own:1 is not there',
    '         do: docker push ACCOUNT.dkr.ecr.REGION.amazonaws.com/NAME:TAG, or correct image: in the spec',
    'ok       quotas                     1 quota large enough',
    '14 ok, 3 failed, 1 skipped',
  ])
})
