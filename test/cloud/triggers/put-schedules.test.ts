// Schedules that are put: through the real SDK against the embedded engine, and against answers that only AWS gives.

import {
  CreateScheduleCommand,
  CreateScheduleGroupCommand,
  GetScheduleCommand,
  ListTagsForResourceCommand,
} from '@aws-sdk/client-scheduler'
import {expect, it} from 'vitest'
import {connectCloud} from '../../../src/cloud/connect-cloud.ts'
import type {TriggerSchedule} from '../../../src/cloud/trigger-ports.ts'
import {requestHandler} from '../../../src/engine/wire/request-handler.ts'
import {compareStarter} from '../../../src/trigger/compare.ts'
import {eventClients} from '../../engine/support/event-clients.ts'
import {localCloud} from '../../engine/support/local-cloud.ts'
import {cannedCloud, refused} from '../../support/canned-cloud.ts'
import {pipelineArn, roleArn, scheduleDocument} from './documents.ts'

async function open() {
  const {engine} = localCloud()
  const {triggers} = await connectCloud({region: 'us-east-1', requestHandler: requestHandler(engine)})
  return {triggers, ...eventClients(engine)}
}

const day = 86_400_000
const nextWeek = Math.floor(Date.now() / 1000) * 1000 + 7 * day

const full = scheduleDocument(
  {
    expression: 'cron(0 6 ? * MON *)',
    zone: 'Europe/Berlin',
    windowMinutes: 15,
    startMs: nextWeek,
    endMs: nextWeek + 30 * day,
  },
  {isEnabled: false, parameters: [{name: 'input_mode', value: 'full'}], retry: {attempts: 0}},
)

it('a schedule stands as its document says, in a group that is tagged', async () => {
  const {triggers, scheduler} = await open()
  const {arn} = await triggers.putSchedule(full)
  const standing = await triggers.schedule('churn', 'churn-nightly')
  expect(standing).toEqual({
    kind: 'schedule',
    name: 'churn-nightly',
    group: 'churn',
    arn,
    description: '[mlpipe: trigger nightly of churn, from the spec]',
    isEnabled: false,
    expression: 'cron(0 6 ? * MON *)',
    zone: 'Europe/Berlin',
    windowMinutes: 15,
    startMs: nextWeek,
    endMs: nextWeek + 30 * day,
    madeAtMs: expect.any(Number),
    target: {
      id: 'pipeline',
      arn: pipelineArn,
      roleArn,
      parameters: [{name: 'input_mode', value: 'full'}],
      retry: {attempts: 0},
    },
  })
  expect(compareStarter(full, standing as TriggerSchedule)).toEqual([])
  const ResourceArn = 'arn:aws:scheduler:us-east-1:000000000000:schedule-group/churn'
  const {Tags} = await scheduler.send(new ListTagsForResourceCommand({ResourceArn}))
  expect(Tags).toContainEqual({Key: 'mlpipe:pipeline', Value: 'churn'})
})

it('put again it is replaced as a whole', async () => {
  const {triggers} = await open()
  await triggers.putSchedule(full)
  const plain = scheduleDocument()
  await triggers.putSchedule(plain)
  const standing = await triggers.schedule('churn', 'churn-nightly')
  expect(standing).not.toHaveProperty('zone')
  expect(standing).not.toHaveProperty('startMs')
  expect(compareStarter(plain, standing as TriggerSchedule)).toEqual([])
})

// "The StartDate you specify cannot be earlier than 5 minutes ago."
it('a start that is past is not sent', async () => {
  const {cloud, asked} = await cannedCloud()
  await cloud.triggers.putSchedule(scheduleDocument({startMs: Date.now() - 10 * 60_000, endMs: nextWeek}))
  const body = JSON.parse(asked[0]?.body ?? '')
  expect(body).toMatchObject({EndDate: nextWeek / 1000})
  expect(body).not.toHaveProperty('StartDate')
})

it('is switched on with all that it has, also what we know nothing of', async () => {
  const {triggers, scheduler} = await open()
  const KmsKeyArn = 'arn:aws:kms:us-east-1:000000000000:key/11111111-2222-3333-4444-555555555555'
  const theirs = {
    Name: 'theirs',
    ScheduleExpression: 'at(2031-01-01T00:00:00)',
    ScheduleExpressionTimezone: 'Asia/Tokyo',
    FlexibleTimeWindow: {Mode: 'FLEXIBLE', MaximumWindowInMinutes: 5},
    ActionAfterCompletion: 'DELETE',
    KmsKeyArn,
    State: 'DISABLED',
    Target: {Arn: pipelineArn, RoleArn: roleArn, Input: '{"a": 1}'},
  } as const
  await scheduler.send(new CreateScheduleCommand(theirs))
  const [schedule] = await triggers.schedules(pipelineArn)
  await triggers.setEnabled(schedule as TriggerSchedule, true)
  const standing = await scheduler.send(new GetScheduleCommand({Name: 'theirs'}))
  expect(standing).toMatchObject({...theirs, State: 'ENABLED'})
})

it.each([
  ['somebody makes the schedule at the same time', 'POST /schedules/churn-nightly'],
  ['somebody makes the group at the same time', 'POST /schedule-groups/churn'],
])('%s: it is replaced', async (_name, conflicting) => {
  const missing = ['PUT /schedules/churn-nightly', 'GET /schedule-groups/churn']
  const {cloud, asked} = await cannedCloud((call, nth) => {
    if (nth === 0 && missing.includes(call)) return refused('ResourceNotFoundException', 'no', 404)
    return call === conflicting ? refused('ConflictException', 'it is there', 409) : undefined
  })
  await cloud.triggers.putSchedule(scheduleDocument())
  expect(asked.map(({call}) => call)).toEqual([
    ...missing,
    'POST /schedule-groups/churn',
    'POST /schedules/churn-nightly',
    ...(conflicting.includes('groups') ? [] : ['PUT /schedules/churn-nightly']),
  ])
})

it('a quota of schedules names where it is raised', async () => {
  const {cloud} = await cannedCloud(() => refused('ServiceQuotaExceededException', 'no more', 402))
  await expect(cloud.triggers.putSchedule(scheduleDocument())).rejects.toMatchObject({
    code: 'quota',
    nextSteps: expect.arrayContaining([expect.stringMatching(/--service-code scheduler/)]),
  })
})

it("the group goes when it is empty and the tags say that it is the pipeline's", async () => {
  const {triggers, scheduler} = await open()
  await triggers.putSchedule(scheduleDocument())
  await scheduler.send(new CreateScheduleGroupCommand({Name: 'untagged'}))

  await triggers.removeGroup('churn', 'churn')
  expect(await triggers.ownGroup('churn', 'churn')).toEqual({schedules: ['churn-nightly']})
  await triggers.removeSchedule({group: 'churn', name: 'churn-nightly'})
  expect(await triggers.ownGroup('churn', 'other')).toBeUndefined()
  await triggers.removeGroup('churn', 'other')
  expect(await triggers.ownGroup('churn', 'churn')).toEqual({schedules: []})
  await triggers.removeGroup('churn', 'churn')
  await triggers.removeGroup('churn', 'churn')
  expect(await triggers.ownGroup('churn', 'churn')).toBeUndefined()
  expect(await triggers.ownGroup('untagged', 'churn')).toBeUndefined()
})
