// Rules that are put: through the real SDK against the embedded engine, and against answers that only AWS gives.

import {PutTargetsCommand, TagResourceCommand} from '@aws-sdk/client-eventbridge'
import {expect, it} from 'vitest'
import {connectCloud} from '../../../src/cloud/connect-cloud.ts'
import type {TriggerRule} from '../../../src/cloud/trigger-ports.ts'
import {requestHandler} from '../../../src/engine/wire/request-handler.ts'
import {compareStarter} from '../../../src/trigger/compare.ts'
import {eventClients} from '../../engine/support/event-clients.ts'
import {localCloud} from '../../engine/support/local-cloud.ts'
import {cannedCloud, refused} from '../../support/canned-cloud.ts'
import {pipelineArn, roleArn, ruleDocument} from './documents.ts'

async function open() {
  const {engine} = localCloud()
  const {triggers} = await connectCloud({region: 'us-east-1', requestHandler: requestHandler(engine)})
  return {triggers, ...eventClients(engine)}
}

const full = ruleDocument({
  description: 'new data',
  isEnabled: false,
  parameters: [
    {name: 'key', value: '$.detail.object.key'},
    {name: 'mode', value: 'auto'},
  ],
  retry: {attempts: 3, maximumAgeSeconds: 3600},
  deadLetterArn: 'arn:aws:sqs:us-east-1:000000000000:dead',
})

it('a rule stands as its document says, with target and tags', async () => {
  const {triggers} = await open()
  const {arn} = await triggers.putRule(full)
  const standing = await triggers.rule('churn-data')
  expect(standing).toEqual({
    kind: 'rule',
    name: 'churn-data',
    arn,
    bus: 'default',
    description: 'new data [mlpipe: trigger data of churn, from the spec]',
    isEnabled: false,
    pattern: '{"source":["my.app"]}',
    targets: [
      {
        id: 'pipeline',
        arn: pipelineArn,
        roleArn,
        parameters: full.target.parameters,
        retry: {attempts: 3, maximumAgeSeconds: 3600},
        deadLetterArn: 'arn:aws:sqs:us-east-1:000000000000:dead',
      },
    ],
    tags: expect.arrayContaining([
      {key: 'mlpipe:pipeline', value: 'churn'},
      {key: 'mlpipe:version', value: '1.2.3'},
    ]),
  })
  expect(compareStarter(full, standing as TriggerRule)).toEqual([])
})

it('put again it is replaced as a whole; targets and tags of others stay', async () => {
  const {triggers, events} = await open()
  const {arn} = await triggers.putRule(full)
  const Targets = [{Id: 'queue', Arn: 'arn:aws:sqs:us-east-1:000000000000:q'}]
  await events.send(new PutTargetsCommand({Rule: 'churn-data', Targets}))
  await events.send(new TagResourceCommand({ResourceARN: arn, Tags: [{Key: 'team', Value: 'a'}]}))

  const plain = ruleDocument({}, {kind: 's3', bucket: 'b', prefix: 'in/'})
  await triggers.putRule({...plain, tags: [{key: 'mlpipe:version', value: '2'}]})
  const standing = await triggers.rule('churn-data')
  expect(standing).toMatchObject({isEnabled: true, pattern: plain.pattern})
  expect(standing?.targets).toEqual([
    {id: 'pipeline', arn: pipelineArn, roleArn, parameters: []},
    {id: 'queue', arn: 'arn:aws:sqs:us-east-1:000000000000:q', parameters: []},
  ])
  expect(standing?.tags).toEqual(
    expect.arrayContaining([
      {key: 'team', value: 'a'},
      {key: 'mlpipe:version', value: '2'},
    ]),
  )
})

it('is switched off and on, and found by the beginning of its name', async () => {
  const {triggers} = await open()
  await triggers.putRule(ruleDocument())
  await triggers.putRule({...ruleDocument(), name: 'churny-data'})
  const [rule, ...others] = await triggers.rulesNamed('churn-')
  expect(others).toEqual([])
  for (const isEnabled of [false, true]) {
    await triggers.setEnabled(rule as TriggerRule, isEnabled)
    expect(await triggers.rule('churn-data')).toMatchObject({isEnabled, targets: [{id: 'pipeline'}]})
  }
  expect(await triggers.rule('churn-other')).toBeUndefined()
})

it('tags that may not be read are none', async () => {
  const {cloud} = await cannedCloud((call) => {
    if (call === 'DescribeRule') return {body: {Name: 'r', Arn: 'arn:r', State: 'ENABLED'}}
    return call === 'ListTagsForResource' ? refused('AccessDeniedException') : undefined
  })
  expect(await cloud.triggers.rule('r')).toMatchObject({name: 'r', tags: []})
})

it('entries that failed in an answer that is none are an error, with the code and message of each', async () => {
  const FailedEntries = [
    {TargetId: 'pipeline', ErrorCode: 'InternalException', ErrorMessage: 'broken'},
    {TargetId: 'other', ErrorCode: 'LimitExceeded', ErrorMessage: 'too many'},
  ]
  const {cloud} = await cannedCloud((call) =>
    call === 'PutTargets' ? {body: {FailedEntryCount: 2, FailedEntries}} : undefined,
  )
  await expect(cloud.triggers.putRule(ruleDocument())).rejects.toMatchObject({
    code: 'targets-not-put',
    who: 'service',
    message:
      'PutTargets put no target on the rule "churn-data": pipeline: InternalException, broken; other: LimitExceeded, too many',
  })
})

it.each([
  ['PutRule', 'LimitExceededException', 'quota', /300/, /--service-code events/],
  ['PutTargets', 'LimitExceededException', 'quota', /five targets/, /another name/],
  ['PutRule', 'ManagedRuleException', 'managed-rule', /AWS service made/, /another name/],
  ['PutRule', 'InvalidEventPatternException', 'refused', /Reason: x/, /^mlpipe trigger test/],
  ['PutRule', 'ConcurrentModificationException', 'conflict', /at this moment/, /try again/],
  ['PutTargets', 'ValidationException', 'refused', /Reason: x/, /^mlpipe doctor/],
] as const)('%s: %s says what to do', async (operation, name, code, message, step) => {
  const {cloud} = await cannedCloud((call) => (call === operation ? refused(name, 'Reason: x') : undefined))
  const error = await cloud.triggers.putRule(ruleDocument()).catch((thrown: unknown) => thrown)
  expect(error).toMatchObject({code, message: expect.stringMatching(message)})
  expect(error).toMatchObject({nextSteps: expect.arrayContaining([expect.stringMatching(step)])})
})

it('who may not pass the role is told so', async () => {
  const user = 'arn:aws:iam::000000000000:user/anna'
  const message = `User: ${user} is not authorized to perform: iam:PassRole on resource: ${roleArn} because no identity-based policy allows the iam:PassRole action`
  const {cloud} = await cannedCloud((call) =>
    call === 'PutTargets' ? refused('AccessDeniedException', message) : undefined,
  )
  await expect(cloud.triggers.putRule(ruleDocument())).rejects.toMatchObject({
    code: 'access-denied',
    message: expect.stringContaining(`${user} lacks iam:PassRole on ${roleArn}`),
    nextSteps: expect.arrayContaining([expect.stringMatching(/iam:PassedToService events\.amazonaws\.com/)]),
  })
})
