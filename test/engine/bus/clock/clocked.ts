// An engine whose time the test turns, and a clock that looks when the test says so.

import {CreateScheduleCommand, type CreateScheduleCommandInput, UpdateScheduleCommand} from '@aws-sdk/client-scheduler'
import {onTestFinished} from 'vitest'
import {type Firing, fireDue} from '../../../../src/engine/bus/clock/fire.ts'
import type {ClockContext} from '../../../../src/engine/bus/clock/wind.ts'
import {type Db, openDatabase} from '../../../../src/engine/store/database.ts'
import {eventClients, pipelineArn, triggerRoleArn} from '../../support/event-clients.ts'
import {localCloud} from '../../support/local-cloud.ts'

export const minuteMs = 60_000
export const hourMs = 60 * minuteMs
export const dayMs = 24 * hourMs

export type DeliveryKept = {
  readonly id: string
  readonly sourceArn: string
  readonly target: string
  readonly event: string
}

export function clocked(startText: string, {random = () => 0.5}: {random?: () => number} = {}) {
  let nowMs = Date.parse(startText)
  const now = () => nowMs
  const cloud = localCloud({now, random})
  const db = openDb(cloud.stateDirectory)
  const context: ClockContext = {db, now, random}
  const clients = eventClients(cloud.engine)
  const put = (more: Partial<CreateScheduleCommandInput>) => ({...nightly, ...more})

  const firedBy = (at: string | number): Firing[] => {
    nowMs = typeof at === 'number' ? at : Date.parse(at)
    const firings: Firing[] = []
    for (;;) {
      const looked = fireDue(context)
      firings.push(...looked.firings)
      if (looked.isAll) return firings
    }
  }
  return {
    ...cloud,
    ...clients,
    db,
    context,
    now,
    /** Looks once at that time. */
    firedBy,
    /** Looks every minute up to that time, as a server does that never slept: the times it fired, and when. */
    watch(until: string): string[] {
      const firings: Firing[] = []
      while (nowMs < Date.parse(until)) firings.push(...firedBy(nowMs + minuteMs))
      return firings.map(({scheduledMs}) => textOf(scheduledMs))
    },
    create: (more: Partial<CreateScheduleCommandInput>) => clients.scheduler.send(new CreateScheduleCommand(put(more))),
    update: (more: Partial<CreateScheduleCommandInput>) => clients.scheduler.send(new UpdateScheduleCommand(put(more))),
    deliveries: () => db.all<DeliveryKept>('SELECT id, sourceArn, target, event FROM deliveries ORDER BY id'),
  }
}

export type Clocked = ReturnType<typeof clocked>

/** A connection of its own, as another process has. */
export function openDb(stateDirectory: string): Db {
  const db = openDatabase(stateDirectory)
  onTestFinished(() => db.close())
  return db
}

export function textOf(ms: number): string {
  return new Date(ms).toISOString().replace(':00.000Z', 'Z')
}

export const nightly: CreateScheduleCommandInput = {
  Name: 'nightly',
  ScheduleExpression: 'cron(0 3 * * ? *)',
  FlexibleTimeWindow: {Mode: 'OFF'},
  Target: {Arn: pipelineArn, RoleArn: triggerRoleArn},
}
