// The clock at work: with a served bus, what is due starts executions.

import {PutRuleCommand, PutTargetsCommand} from '@aws-sdk/client-eventbridge'
import {
  DescribePipelineExecutionCommand,
  ListPipelineExecutionsCommand,
  type SageMakerClient,
} from '@aws-sdk/client-sagemaker'
import {CreateScheduleCommand} from '@aws-sdk/client-scheduler'
import {expect, it} from 'vitest'
import {startClock} from '../../../../src/engine/bus/clock/clock.ts'
import {pipeline, shell} from '../../support/definitions.ts'
import {eventClients, triggerRoleArn} from '../../support/event-clients.ts'
import {localCloud, putPipeline, until} from '../../support/local-cloud.ts'
import {clocked, minuteMs, nightly} from './clocked.ts'

const quick = pipeline([shell('say', 'echo hello')])

async function startedBy(client: SageMakerClient, PipelineName: string): Promise<(string | undefined)[]> {
  const {PipelineExecutionSummaries = []} = await client.send(new ListPipelineExecutionsCommand({PipelineName}))
  const arns = PipelineExecutionSummaries.map(({PipelineExecutionArn}) => PipelineExecutionArn)
  const described = arns.map((arn) => client.send(new DescribePipelineExecutionCommand({PipelineExecutionArn: arn})))
  return (await Promise.all(described)).map(({PipelineExecutionDescription}) => PipelineExecutionDescription)
}

it('starts what a rule and a schedule of another process are due to start, once they are', async () => {
  let nowMs = Date.parse('2026-01-02T12:00:00Z')
  const now = () => nowMs
  const cloud = localCloud({now})
  cloud.engine.serveBus()
  const other = localCloud({now, stateDirectory: cloud.stateDirectory})
  const {events, scheduler} = eventClients(other.engine)
  for (const name of ['by-rule', 'by-schedule']) await putPipeline(other, name, quick)
  const target = (name: string) => ({
    Arn: `arn:aws:sagemaker:us-east-1:000000000000:pipeline/${name}`,
    RoleArn: triggerRoleArn,
  })
  await events.send(new PutRuleCommand({Name: 'often', ScheduleExpression: 'rate(1 minute)'}))
  await events.send(new PutTargetsCommand({Rule: 'often', Targets: [{Id: 'one', ...target('by-rule')}]}))
  const ScheduleExpression = 'at(2026-01-02T12:00:30)'
  await scheduler.send(new CreateScheduleCommand({...nightly, ScheduleExpression, Target: target('by-schedule')}))

  nowMs += minuteMs
  await until(async () => (await startedBy(cloud.sageMaker, 'by-schedule')).length > 0)
  await until(async () => (await startedBy(cloud.sageMaker, 'by-rule')).length > 0)
  expect(await startedBy(cloud.sageMaker, 'by-schedule')).toEqual(['Started by schedule nightly, 2026-01-02T12:00:30Z'])
  expect(await startedBy(cloud.sageMaker, 'by-rule')).toEqual([
    expect.stringMatching(/^Started by rule often, event [\da-f-]{36}$/),
  ])
})

it('goes on where a look went wrong, and ends when it is closed', async () => {
  const engine = clocked('2026-01-02T12:00:00Z')
  await engine.create({ScheduleExpression: 'rate(1 minutes)'})
  const troubles: unknown[] = []
  const fired: string[] = []
  let isFull = true
  const db = {
    ...engine.db,
    run(sql: string, ...values: (string | number | null)[]) {
      if (isFull && sql.includes('deliveries')) throw new Error('the disk is full')
      return engine.db.run(sql, ...values)
    },
  }
  const clock = startClock(
    {...engine.context, db},
    {onFired: ({arn}) => fired.push(arn), onTrouble: (error) => troubles.push(error)},
  )
  await until(() => troubles.length > 0)
  isFull = false
  await until(() => fired.length > 0)
  clock.close()
  expect(fired).toHaveLength(1)
  expect(engine.deliveries()).toHaveLength(1)
})
