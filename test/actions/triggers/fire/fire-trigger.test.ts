// A trigger fired by hand: with which event, with which parameters, and what keeps it from it.

import {CreateBucketCommand, PutObjectCommand} from '@aws-sdk/client-s3'
import {ListPipelineExecutionsCommand} from '@aws-sdk/client-sagemaker'
import {describe, expect, it} from 'vitest'
import {type FireInput, fireTrigger} from '../../../../src/actions/triggers/fire/fire-trigger.ts'
import {showTrigger} from '../../../../src/actions/triggers/look/show-trigger.ts'
import type {World} from '../../../../src/actions/world.ts'
import type {ApprovalStatus, ModelPackage} from '../../../../src/cloud/ports.ts'
import {type Account, awsAccount} from '../../../support/aws-account.ts'
import {fakeCloud, fakeState, packageArn} from '../../../support/fake-cloud.ts'
import {writeFiles} from '../../../support/temp-dir.ts'
import {accountWith, clientsOf, foreignRule, makeTriggers, spec} from '../account.ts'

const newData = '  new-data: {s3: s3://lake/in/, suffix: .csv, parameters: {key: $.detail.object.key, epochs: 7}}\n'
const nightly = '  nightly: {schedule: rate(1 day), parameters: {key: everything}}\n'
const approved = '  approved: {model: churners, parameters: {key: $.detail.ModelPackageArn}}\n'
const registered = '  registered: {model: churners, on: registered, parameters: {key: $.detail.ModelPackageArn}}\n'

const fire = ({world}: Account, name: string, more: Partial<FireInput> = {}) => {
  const how = {wait: false, onInterrupt: 'leave' as const, force: false, dryRun: true, parameters: []}
  return fireTrigger({target: 'prod', name, ...how, ...more}, world)
}

const objectEvent = (key: string) => ({
  ...{version: '0', id: 'aaaa-1', 'detail-type': 'Object Created', source: 'aws.s3', account: '000000000000'},
  ...{time: '2026-01-01T00:00:00Z', region: 'us-east-1', resources: []},
  detail: {bucket: {name: 'lake'}, object: {key, size: 1}},
})

async function lake(): Promise<Account> {
  const account = await accountWith('')
  await account.local.s3.send(new CreateBucketCommand({Bucket: 'lake'}))
  writeFiles(account.directory, {
    'mlpipe.yaml': spec(`triggers:\n${newData}${nightly}${approved}${registered}`),
    'july.json': JSON.stringify(objectEvent('in/july.csv')),
    'readme.json': JSON.stringify(objectEvent('in/README')),
    'broken.json': '{"a":',
  })
  return account
}

describe('the event', () => {
  it('is a sample of the kind, and that is said', async () => {
    const account = await lake()
    const result = await fire(account, 'new-data')
    expect(result).toMatchObject({
      outcome: 'dry-run',
      trigger: {name: 'new-data', kind: 's3', event: {from: 'sample', document: {source: 'aws.s3'}}},
      parameters: [
        {name: 'key', value: 'in/sample.csv'},
        {name: 'epochs', value: '7'},
      ],
      notes: ['it is not made yet: it is fired as the spec declares it'],
      next: ['mlpipe trigger fire new-data -t prod'],
    })
    expect(account.events).toContainEqual({kind: 'note', message: 'with a sample event: its values are made up'})
  })

  it('is that of what stands, with all that such an event has, where the spec says something else by now', async () => {
    const account = await lake()
    account.buckets['lake'] = {region: 'us-east-1'}
    await makeTriggers(account)
    const moved = newData.replace('s3://lake/in/', 's3://pond/in/')
    writeFiles(account.directory, {'mlpipe.yaml': spec(`triggers:\n${moved}`)})
    const {event} = (await fire(account, 'new-data')).trigger
    expect(event).toMatchObject({document: {detail: {bucket: {name: 'lake'}, object: {size: expect.any(Number)}}}})
  })

  it('is the one that is given, from a file or as it is', async () => {
    const account = await lake()
    expect(await fire(account, 'new-data', {event: 'july.json'})).toMatchObject({
      trigger: {
        event: {from: 'given', id: 'aaaa-1'},
        parameters: [
          {name: 'key', value: 'in/july.csv', path: '$.detail.object.key'},
          {name: 'epochs', value: '7'},
        ],
      },
    })
    const typed = JSON.stringify(objectEvent('in/typed.csv'))
    expect(await fire(account, 'new-data', {event: typed})).toMatchObject({parameters: [{value: 'in/typed.csv'}, {}]})
  })

  it('is that of an object that is there, with its size and ETag', async () => {
    const account = await lake()
    await account.local.s3.send(new PutObjectCommand({Bucket: 'lake', Key: 'in/july.csv', Body: 'four'}))
    expect(await fire(account, 'new-data', {object: 's3://lake/in/july.csv'})).toMatchObject({
      trigger: {
        event: {
          from: 'object',
          // The MD5 of "four", as S3 gives it for an object that was put at once.
          document: {
            detail: {
              bucket: {name: 'lake'},
              object: {key: 'in/july.csv', size: 4, etag: '8cbad96aced40b3838dd9f07f6ef5772'},
            },
          },
        },
      },
    })
    await expect(fire(account, 'new-data', {object: 's3://lake/in/july'})).rejects.toMatchObject({
      code: 'no-object',
      message: 'there is no object s3://lake/in/july; there is s3://lake/in/july.csv',
    })
    await expect(fire(account, 'new-data', {object: 'in/july.csv'})).rejects.toMatchObject({code: 'usage'})
  })

  it('is that of a model package: of its approval, or of its registration, as the trigger waits for', async () => {
    const model = (version: number, approval: ApprovalStatus): ModelPackage => ({
      ...{arn: packageArn(version), group: 'churners', version, status: 'Completed', approval, createdAtMs: 0},
      ...{contentTypes: [], responseTypes: [], properties: []},
    })
    const {registry} = fakeCloud(fakeState({packages: [model(1, 'PendingManualApproval'), model(2, 'Approved')]}))
    const {world, ...rest} = await lake()
    const connect = async (...args: Parameters<World['connect']>) => {
      const connection = await world.connect(...args)
      return {...connection, cloud: {...connection.cloud, registry}}
    }
    const account = {...rest, world: {...world, connect}}
    const [pending, good] = [packageArn(1), packageArn(2)]
    expect(await fire(account, 'approved', {modelPackage: 'churners/2'})).toMatchObject({
      trigger: {event: {from: 'model-package'}},
      parameters: [{name: 'key', value: good}],
    })
    expect(await fire(account, 'registered', {modelPackage: 'churners/1'})).toMatchObject({
      trigger: {event: {document: {detail: {ModelPackageVersion: 1}}}},
      parameters: [{name: 'key', value: pending}],
    })
    await expect(fire(account, 'approved', {modelPackage: 'churners/1'})).rejects.toMatchObject({
      code: 'event-does-not-match',
      message: expect.stringContaining(
        'detail.ModelApprovalStatus is "PendingManualApproval", and the pattern wants ["Approved"]',
      ),
    })
  })

  it('is none for a schedule of EventBridge Scheduler', async () => {
    const account = await lake()
    const result = await fire(account, 'nightly')
    expect(result).toMatchObject({parameters: [{name: 'key', value: 'everything'}]})
    expect(result.trigger).not.toHaveProperty('event')
    await expect(fire(account, 'nightly', {event: 'july.json'})).rejects.toMatchObject({code: 'usage'})
  })

  it.each([
    ['broken.json', 'wrong-event', /^the event cannot be read: /],
    ['nowhere.json', 'event-unreadable', /nowhere\.json.* does not exist$/],
    [
      'readme.json',
      'event-does-not-match',
      /^the trigger "new-data" would not have fired for this event: detail\.object\.key is "in\/README", and the pattern wants /,
    ],
  ])('%s is refused', async (event, code, message) => {
    await expect(fire(await lake(), 'new-data', {event})).rejects.toMatchObject({
      code,
      message: expect.stringMatching(message),
    })
  })

  it('that it would not have fired for fires it by force, which is said', async () => {
    const result = await fire(await lake(), 'new-data', {event: 'readme.json', force: true})
    expect(result).toMatchObject({
      trigger: {event: {mismatch: expect.stringContaining('detail.object.key')}},
      parameters: [{value: 'in/README'}, {}],
      notes: [expect.anything(), expect.stringMatching(/^it would not have fired: /)],
    })
  })
})

describe('the parameters', () => {
  it('of the command line go over those of the event', async () => {
    const result = await fire(await lake(), 'new-data', {event: 'july.json', parameters: ['epochs=1']})
    expect(result.parameters).toEqual([
      {name: 'key', value: 'in/july.csv'},
      {name: 'epochs', value: '1'},
    ])
  })

  it('are checked against what is deployed before anything starts', async () => {
    const account = await lake()
    await expect(fire(account, 'new-data', {parameters: ['epochs=many'], dryRun: false})).rejects.toMatchObject({
      code: 'wrong-parameters',
      message: '"epochs" takes an Integer (such as 42), not "many"',
    })
    expect(account.calls).not.toContain('StartPipelineExecution')
  })

  it('that the event has nothing for keep it from starting, unless they are given', async () => {
    const account = await lake()
    const event = JSON.stringify({source: 'aws.ec2'})
    writeFiles(account.directory, {'other.json': event})
    const input = {event: 'other.json', force: true}
    await expect(fire(account, 'new-data', input)).rejects.toMatchObject({
      code: 'event-lacks-value',
      message: expect.stringContaining('key ($.detail.object.key)'),
    })
    const given = await fire(account, 'new-data', {...input, parameters: ['key=mine']})
    expect(given.parameters).toContainEqual({name: 'key', value: 'mine'})
  })
})

it('starts the execution, which says what started it, and follows it to its end', async () => {
  const account = await lake()
  // The engine of this process goes on while nobody looks.
  const world = {...account.world, sleep: () => new Promise<void>((resolve) => setTimeout(resolve, 10))}
  const input = {event: 'july.json', dryRun: false, wait: true}
  const result = await fire({...account, world}, 'new-data', input)
  expect(result).toMatchObject({
    outcome: 'failed',
    failure: {reason: expect.stringContaining('in/july.csv')},
    trigger: {name: 'new-data', event: {from: 'given'}},
    parameters: expect.arrayContaining([{name: 'key', value: 'in/july.csv'}]),
  })
  const execution = 'execution' in result ? result.execution : ''
  const {sageMaker} = account.local
  const [summary] =
    (await sageMaker.send(new ListPipelineExecutionsCommand({PipelineName: 'churn'}))).PipelineExecutionSummaries ?? []
  expect(summary?.PipelineExecutionDescription).toBe('Started by trigger new-data, event aaaa-1')
  expect(summary?.PipelineExecutionArn).toContain(execution)
})

it('a rule of something else is fired by a sample that its pattern makes, and says what it has started', async () => {
  const account = await accountWith('')
  await foreignRule(clientsOf(account), 'tf', {pattern: {source: ['shop'], detail: {amount: [{numeric: ['>', 100]}]}}})
  const result = await fire(account, 'tf', {dryRun: false})
  expect(result).toMatchObject({outcome: 'started', trigger: {kind: 'event', event: {document: {source: 'shop'}}}})
  const shown = await showTrigger({target: 'prod', name: 'tf'}, account.world)
  const execution = 'execution' in result ? result.execution : ''
  expect(shown.executions).toMatchObject([{execution, foundBy: 'description', byHand: true}])
  expect(shown.trigger.lastStart).toMatchObject({execution})
})

it.each([
  ['a name that there is not', 'new-dta', 'unknown-trigger', 'did you mean "new-data"?'],
  ['a pipeline that is not deployed', 'new-data', 'pipeline-not-deployed', 'is not deployed'],
])('%s is told', async (_name, name, code, words) => {
  const account = code === 'unknown-trigger' ? await lake() : awsAccount({'mlpipe.yaml': spec(`triggers:\n${newData}`)})
  await expect(fire(account, name)).rejects.toMatchObject({code, message: expect.stringContaining(words)})
})
