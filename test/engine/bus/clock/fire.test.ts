// What fires, and when: the EventBridge Scheduler User Guide ("Schedule types", "Daylight savings time", "Deletion after schedule
// completion") and the EventBridge User Guide on scheduled rules. Days of the clock change in Berlin: 2026-03-29, 2026-10-25.

import {
  DeleteRuleCommand,
  DisableRuleCommand,
  EnableRuleCommand,
  PutRuleCommand,
  PutTargetsCommand,
} from '@aws-sdk/client-eventbridge'
import {
  CreateScheduleGroupCommand,
  DeleteScheduleCommand,
  DeleteScheduleGroupCommand,
  ListSchedulesCommand,
} from '@aws-sdk/client-scheduler'
import {describe, expect, it} from 'vitest'
import {fireDue} from '../../../../src/engine/bus/clock/fire.ts'
import {windAll} from '../../../../src/engine/bus/clock/wind.ts'
import {listEnabledSchedules, saveSchedule, scheduleArn} from '../../../../src/engine/store/schedules.ts'
import {pipelineArn, triggerRoleArn} from '../../support/event-clients.ts'
import {type Clocked, clocked, dayMs, hourMs, minuteMs, openDb, textOf} from './clocked.ts'

const morning = '2026-01-02T12:00:00Z'
const nightlyArn = 'arn:aws:scheduler:us-east-1:000000000000:schedule/default/nightly'
const hourlyArn = 'arn:aws:events:us-east-1:000000000000:rule/hourly'

describe('a server that never slept fires', () => {
  it.each([
    ['at a time of every day', {}, morning, '2026-01-04T12:00Z', ['2026-01-03T03:00Z', '2026-01-04T03:00Z']],
    [
      'a time that the clocks skip not at all',
      {ScheduleExpression: 'cron(30 2 * * ? *)', ScheduleExpressionTimezone: 'Europe/Berlin'},
      '2026-03-27T12:00:00Z',
      '2026-03-30T12:00Z',
      ['2026-03-28T01:30Z', '2026-03-30T00:30Z'],
    ],
    [
      'a time that they repeat once',
      {ScheduleExpression: 'cron(30 2 * * ? *)', ScheduleExpressionTimezone: 'Europe/Berlin'},
      '2026-10-24T12:00:00Z',
      '2026-10-26T12:00Z',
      ['2026-10-25T00:30Z', '2026-10-26T01:30Z'],
    ],
    [
      'a rate without a StartDate at once',
      {ScheduleExpression: 'rate(2 hours)'},
      morning,
      '2026-01-02T16:30Z',
      ['2026-01-02T12:00Z', '2026-01-02T14:00Z', '2026-01-02T16:00Z'],
    ],
    [
      'a rate from its StartDate on, to its EndDate',
      {
        ScheduleExpression: 'rate(1 hours)',
        StartDate: new Date('2026-01-02T13:20:00Z'),
        EndDate: new Date('2026-01-02T15:40:00Z'),
      },
      morning,
      '2026-01-03T12:00Z',
      ['2026-01-02T13:20Z', '2026-01-02T14:20Z', '2026-01-02T15:20Z'],
    ],
    [
      'nothing of a cron before its StartDate',
      {ScheduleExpression: 'cron(0 * * * ? *)', StartDate: new Date('2026-01-02T14:00:00Z')},
      morning,
      '2026-01-02T15:30Z',
      ['2026-01-02T14:00Z', '2026-01-02T15:00Z'],
    ],
    [
      'a single time once, whatever StartDate and EndDate say',
      {
        ScheduleExpression: 'at(2026-01-02T15:00:00)',
        ScheduleExpressionTimezone: 'Europe/Berlin',
        StartDate: new Date('2026-02-01T00:00:00Z'),
      },
      morning,
      '2026-01-03T12:00Z',
      ['2026-01-02T14:00Z'],
    ],
  ])('%s', async (_name, schedule, start, until, fired) => {
    const engine = clocked(start)
    await engine.create(schedule)
    expect([...engine.firedBy(start).map(({scheduledMs}) => textOf(scheduledMs)), ...engine.watch(until)]).toEqual(
      fired,
    )
    expect(engine.deliveries().map(({id}) => id)).toEqual(fired.map((time) => `${nightlyArn}/${Date.parse(time)}`))
  })

  it('a rule at its rate after it was made, with an event of its own for each target', async () => {
    const engine = clocked(morning)
    await putHourly(engine)
    expect(engine.watch('2026-01-02T14:30Z')).toEqual(['2026-01-02T13:00Z', '2026-01-02T14:00Z'])
    const deliveries = engine.deliveries()
    const events = deliveries.map(({event}) => JSON.parse(event))
    expect(deliveries.map(({sourceArn}) => sourceArn)).toEqual(Array(4).fill(hourlyArn))
    expect(deliveries.map(({id}) => id)).toEqual(
      expect.arrayContaining(events.flatMap(({id}) => ['a', 'b'].map((target) => `${id}/${hourlyArn}/${target}`))),
    )
    const event = events.find(({time}) => time === '2026-01-02T13:00:00Z')
    expect(event).toEqual({
      version: '0',
      id: expect.stringMatching(/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/),
      'detail-type': 'Scheduled Event',
      source: 'aws.events',
      account: '000000000000',
      time: '2026-01-02T13:00:00Z',
      region: 'us-east-1',
      resources: [hourlyArn],
      detail: {},
    })
  })
})

describe('a time window', () => {
  const FlexibleTimeWindow = {Mode: 'FLEXIBLE', MaximumWindowInMinutes: 20} as const

  it('puts the firing at a moment drawn from it', async () => {
    const engine = clocked(morning, {random: () => 0.75})
    await engine.create({FlexibleTimeWindow})
    expect(engine.firedBy('2026-01-03T03:14:59Z')).toEqual([])
    expect(engine.firedBy('2026-01-03T03:15:00Z')).toMatchObject([{scheduledMs: Date.parse('2026-01-03T03:00Z')}])
  })

  it('may be longer than the time between two firings, and each comes inside its own', async () => {
    const draws = [0.9, 0.1, 0.5, 0.99, 0]
    const engine = clocked(morning, {random: () => draws.shift() ?? 0.3})
    await engine.create({ScheduleExpression: 'cron(0/5 * * * ? *)', FlexibleTimeWindow})
    const delays: number[] = []
    const scheduled: string[] = []
    for (let at = Date.parse(morning); at <= Date.parse('2026-01-02T13:00Z'); at += minuteMs) {
      for (const {scheduledMs} of engine.firedBy(at)) {
        delays.push(at - scheduledMs)
        scheduled.push(textOf(scheduledMs).slice(11, 16))
      }
    }
    expect(scheduled.slice(0, 7)).toEqual(['12:05', '12:10', '12:15', '12:20', '12:25', '12:30', '12:35'])
    expect(Math.min(...delays)).toBeGreaterThanOrEqual(0)
    expect(Math.max(...delays)).toBeLessThanOrEqual(20 * minuteMs)
  })
})

describe('after a sleep', () => {
  it('of three days one hourly firing comes, the latest, and the next on time', async () => {
    const engine = clocked(morning)
    await engine.create({ScheduleExpression: 'cron(0 * * * ? *)'})
    expect(engine.watch('2026-01-02T14:30Z')).toEqual(['2026-01-02T13:00Z', '2026-01-02T14:00Z'])
    const woken = engine.firedBy('2026-01-05T14:29:00Z')
    expect(woken.map(({scheduledMs}) => textOf(scheduledMs))).toEqual(['2026-01-05T14:00Z'])
    expect(engine.watch('2026-01-05T16:10Z')).toEqual(['2026-01-05T15:00Z', '2026-01-05T16:00Z'])
  })

  it.each([
    ['what recurs fires however late', {ScheduleExpression: 'cron(0 3 ? * SAT *)'}, 6 * dayMs, 1],
    [
      'also where it was given the longest age',
      {ScheduleExpression: 'cron(0 3 ? * SAT *)', Target: aged(86_400)},
      6 * dayMs,
      1,
    ],
    ['but not later than it was told', {Target: aged(3600)}, 5 * hourMs, 0],
    ['and fires when it is not', {Target: aged(3600)}, hourMs - minuteMs, 1],
    ['a single time fires within a day', {ScheduleExpression: 'at(2026-01-03T03:00:00)'}, 23 * hourMs, 1],
    ['and not after it', {ScheduleExpression: 'at(2026-01-03T03:00:00)'}, 25 * hourMs, 0],
    ['nor later than it was told', {ScheduleExpression: 'at(2026-01-03T03:00:00)', Target: aged(600)}, hourMs, 0],
  ])('%s', async (_name, schedule, lateMs, deliveries) => {
    const engine = clocked(morning)
    await engine.create(schedule)
    const scheduledMs = Date.parse('2026-01-03T03:00Z')
    const fired = engine.firedBy(scheduledMs + lateMs)
    expect(fired).toMatchObject([{arn: nightlyArn, scheduledMs, targets: deliveries, tooLate: 1 - deliveries}])
    expect(engine.deliveries()).toHaveLength(deliveries)
  })

  it('over its end, the last of a schedule comes still', async () => {
    const engine = clocked(morning)
    const EndDate = new Date('2026-01-04T00:00:00Z')
    await engine.create({ScheduleExpression: 'cron(0 3,20 * * ? *)', EndDate, ActionAfterCompletion: 'DELETE'})
    const fired = engine.firedBy('2026-01-06T12:00:00Z')
    expect(fired.map(({scheduledMs}) => textOf(scheduledMs))).toEqual(['2026-01-03T20:00Z'])
    expect(await namesOf(engine)).toEqual([])
  })
})

describe('a change', () => {
  it('to a single time of this minute fires it at once, and no change after that fires it again', async () => {
    const engine = clocked('2026-01-02T12:00:40Z')
    const at = {ScheduleExpression: 'at(2026-01-02T12:00:10)'}
    await engine.create(at)
    expect(engine.firedBy('2026-01-02T12:00:41Z')).toHaveLength(1)
    await engine.update({
      ...at,
      Description: 'changed',
      FlexibleTimeWindow: {Mode: 'FLEXIBLE', MaximumWindowInMinutes: 5},
    })
    expect(engine.watch('2026-01-02T13:00Z')).toEqual([])
    await engine.update({ScheduleExpression: 'at(2026-01-02T13:00:20)'})
    expect(engine.firedBy('2026-01-02T13:00:50Z')).toHaveLength(1)
  })

  it('of the time counts from now on', async () => {
    const engine = clocked(morning)
    await engine.create({})
    engine.firedBy('2026-01-03T02:59:30Z')
    await engine.update({ScheduleExpression: 'cron(0 5 * * ? *)'})
    expect(engine.watch('2026-01-03T12:00Z')).toEqual(['2026-01-03T05:00Z'])
  })

  it('of anything else leaves the next time, and what it fires is as it is then', async () => {
    const engine = clocked(morning)
    await engine.create({ScheduleExpression: 'rate(8 hours)'})
    engine.firedBy('2026-01-02T13:00:00Z')
    const parameters = {PipelineParameterList: [{Name: 'mode', Value: 'new'}]}
    await engine.update({
      ScheduleExpression: 'rate(8 hours)',
      Target: {Arn: pipelineArn, RoleArn: triggerRoleArn, SageMakerPipelineParameters: parameters},
    })
    expect(engine.watch('2026-01-02T21:00Z')).toEqual(['2026-01-02T20:00Z'])
    expect(JSON.parse(engine.deliveries().at(-1)?.target ?? '')).toMatchObject({
      SageMakerPipelineParameters: parameters,
    })
  })

  it('to disabled and back forgets what was in between', async () => {
    const engine = clocked(morning)
    await engine.create({ScheduleExpression: 'cron(0 * * * ? *)'})
    await putHourly(engine)
    await engine.update({ScheduleExpression: 'cron(0 * * * ? *)', State: 'DISABLED'})
    await engine.events.send(new DisableRuleCommand({Name: 'hourly'}))
    expect(engine.watch('2026-01-03T12:30Z')).toEqual([])
    await engine.update({ScheduleExpression: 'cron(0 * * * ? *)'})
    await engine.events.send(new EnableRuleCommand({Name: 'hourly'}))
    expect(engine.firedBy('2026-01-03T12:59:00Z')).toEqual([])
    expect(engine.watch('2026-01-03T13:30Z')).toEqual(['2026-01-03T13:00Z', '2026-01-03T13:00Z'])
  })

  it.each([
    [
      'a deleted schedule',
      async ({scheduler}: Clocked) => scheduler.send(new DeleteScheduleCommand({Name: 'nightly', GroupName: 'team'})),
    ],
    [
      'a schedule of a deleted group',
      async ({scheduler}: Clocked) => scheduler.send(new DeleteScheduleGroupCommand({Name: 'team'})),
    ],
  ])('%s fires no more', async (_name, remove) => {
    const engine = clocked(morning)
    await engine.scheduler.send(new CreateScheduleGroupCommand({Name: 'team'}))
    await engine.create({GroupName: 'team'})
    await remove(engine)
    expect(engine.watch('2026-01-04T12:00Z')).toEqual([])
  })

  it('a deleted rule fires no more, nor one that was given a pattern for its schedule', async () => {
    const engine = clocked(morning)
    await engine.events.send(new PutRuleCommand({Name: 'gone', ScheduleExpression: 'rate(1 hour)'}))
    await engine.events.send(new DeleteRuleCommand({Name: 'gone'}))
    await engine.events.send(new PutRuleCommand({Name: 'other', ScheduleExpression: 'rate(1 hour)'}))
    await engine.events.send(new PutRuleCommand({Name: 'other', EventPattern: '{"source": ["a"]}'}))
    expect(engine.watch('2026-01-03T12:00Z')).toEqual([])
  })
})

it.each([
  ['a single time', {ScheduleExpression: 'at(2026-01-03T03:00:00)'}, []],
  ['one with an end', {EndDate: new Date('2026-01-03T12:00:00Z')}, []],
  ['not one that goes on', {}, ['nightly']],
])('a schedule that is to go after its last firing goes: %s', async (_name, schedule, left) => {
  const engine = clocked(morning)
  await engine.create({...schedule, ActionAfterCompletion: 'DELETE'})
  expect(engine.firedBy('2026-01-03T03:00:00Z')).toHaveLength(1)
  expect(await namesOf(engine)).toEqual(left)
  expect(engine.deliveries()).toHaveLength(1)
})

describe('once', () => {
  it('each of 1,000 schedules that are due in one minute, with two servers on one state', async () => {
    const engine = clocked(morning)
    await engine.create({Name: 's-0', ScheduleExpression: 'cron(* * * * ? *)'})
    const [row] = listEnabledSchedules(engine.db)
    const zones = ['UTC', 'Europe/Berlin', 'America/New_York']
    engine.db.transaction(() => {
      for (let at = 1; row && at < 1000; at += 1) {
        const request = JSON.stringify({...JSON.parse(row.request), ScheduleExpressionTimezone: zones[at % 3]})
        saveSchedule(engine.db, {...row, request, name: `s-${at}`, arn: scheduleArn('default', `s-${at}`)})
      }
    })
    windAll(engine.context)
    const dueMs = engine.now() + minuteMs
    const other = {...engine.context, db: openDb(engine.stateDirectory), now: () => dueMs}
    const one = {...engine.context, now: () => dueMs}
    const fired: string[] = []
    for (let isDone = false; !isDone; ) {
      const looked = [fireDue(one), fireDue(other)]
      fired.push(...looked.flatMap(({firings}) => firings.map(({arn}) => arn)))
      isDone = looked.every(({isAll}) => isAll)
    }
    expect(fired).toHaveLength(1000)
    expect(new Set(fired).size).toBe(1000)
    expect(engine.deliveries()).toHaveLength(1000)
  })

  it('whatever dies between the delivery and the clock', async () => {
    const engine = clocked(morning)
    await engine.create({})
    const broken = {
      ...engine.context,
      now: () => Date.parse('2026-01-03T03:00:10Z'),
      db: {
        ...engine.db,
        run(sql: string, ...values: (string | number | null)[]) {
          if (sql.includes('scheduleClocks')) throw new Error('the disk is full')
          return engine.db.run(sql, ...values)
        },
      },
    }
    expect(() => fireDue(broken)).toThrow('the disk is full')
    expect(engine.deliveries()).toEqual([])
    expect(engine.firedBy('2026-01-03T03:00:20Z')).toHaveLength(1)
    expect(engine.deliveries()).toHaveLength(1)
  })

  it('also where the clock was put back after the delivery was written', async () => {
    const engine = clocked(morning)
    await engine.create({})
    engine.firedBy('2026-01-03T03:00:10Z')
    engine.db.run(
      'UPDATE scheduleClocks SET dueAtMs = ?, scheduledMs = ?',
      ...Array(2).fill(Date.parse('2026-01-03T03:00Z')),
    )
    engine.firedBy('2026-01-03T03:00:20Z')
    expect(engine.deliveries()).toHaveLength(1)
  })
})

it('schedules that an mlpipe without clocks has made are taken up from now on', async () => {
  const engine = clocked(morning)
  await engine.create({})
  await putHourly(engine)
  engine.db.run('DELETE FROM scheduleClocks')
  engine.firedBy('2026-01-03T06:00:00Z')
  windAll(engine.context)
  expect(engine.watch('2026-01-03T07:30Z')).toEqual(['2026-01-03T07:00Z'])
  expect(engine.watch('2026-01-04T03:00Z').at(-1)).toBe('2026-01-04T03:00Z')
})

async function putHourly({events}: Clocked): Promise<void> {
  await events.send(new PutRuleCommand({Name: 'hourly', ScheduleExpression: 'rate(1 hour)'}))
  const Targets = ['a', 'b'].map((Id) => ({Id, Arn: pipelineArn, RoleArn: triggerRoleArn}))
  await events.send(new PutTargetsCommand({Rule: 'hourly', Targets}))
}

async function namesOf({scheduler}: Clocked): Promise<(string | undefined)[]> {
  const {Schedules = []} = await scheduler.send(new ListSchedulesCommand({}))
  return Schedules.map(({Name}) => Name)
}

function aged(MaximumEventAgeInSeconds: number) {
  return {Arn: pipelineArn, RoleArn: triggerRoleArn, RetryPolicy: {MaximumEventAgeInSeconds}}
}
