import {expect, it} from 'vitest'
import {followLogs} from '../../../src/actions/executions/follow-logs.ts'
import {openJobLogs} from '../../../src/actions/executions/job-logs.ts'
import type {LogEvent} from '../../../src/cloud/ports.ts'
import {MlpipeError} from '../../../src/diagnostics/mlpipe-error.ts'
import {execution, executionArn, fakeCloud, fakeState, fakeWorld, jobArn} from '../../support/fake-cloud.ts'

const arn = executionArn('mjrltdmn6zgd')
const start = fakeState().nowMs
const endMs = start + 120_000

it('follows several jobs through throttling, and waits for the lines that come after the end', async () => {
  const jobs = ['prepare', 'train'].map(
    (name) => ({name, job: {kind: 'Training', arn: jobArn('training', name)}}) as const,
  )
  const state = fakeState({
    at: (_arn, nowMs) => {
      const isOver = nowMs >= endMs
      const end = isOver ? ({status: 'Succeeded', endedAtMs: endMs} as const) : ({status: 'Executing'} as const)
      const steps = jobs.map((step) => ({...step, startedAtMs: start, ...end}))
      return {describe: execution(arn, end.status, start, nowMs), steps}
    },
  })
  /** A line every ten seconds, which arrives eight seconds late; every third read is turned away. */
  let reads = 0
  const open = async () => {
    let told = start
    const read = async (): Promise<LogEvent[]> => {
      reads += 1
      if (reads % 3 === 0)
        throw new MlpipeError({code: 'throttled', message: 'GetLogEvents: throttled', who: 'service'})
      const fresh: LogEvent[] = []
      for (; told + 8000 <= state.nowMs && told <= endMs; told += 10_000) {
        fresh.push({timestampMs: told, message: String((told - start) / 1000)})
      }
      return fresh
    }
    return {read}
  }
  const cloud = {...fakeCloud(state), logs: {open, openEndpoint: open}}
  const world = fakeWorld(state)
  const told: string[] = []
  const logs = openJobLogs(cloud, {}, 'service', world.now, (step, lines) => {
    told.push(...lines.map(({message}) => `${step} ${message}`))
  })
  const reading = {arn, pace: 'service', place: {}, isWanted: () => true} as const
  expect(await followLogs(reading, logs, cloud, world)).toMatchObject({status: 'Succeeded', isInterrupted: false})
  for (const {name} of jobs) {
    const own = told.filter((line) => line.startsWith(name))
    expect(own).toEqual(Array.from({length: 13}, (_, index) => `${name} ${index * 10}`))
  }
})
