// A rule on an engine of the test, and what comes of its deliveries.

import {existsSync, readFileSync} from 'node:fs'
import {join} from 'node:path'
import {PutEventsCommand, PutRuleCommand, PutTargetsCommand, type Target} from '@aws-sdk/client-eventbridge'
import {type PipelineExecutionSummary, paginateListPipelineExecutions} from '@aws-sdk/client-sagemaker'
import type {JsonObject} from '../../../src/definition/json.ts'
import type {Delivered} from '../../../src/engine/bus/attempt.ts'
import type {ServeBusOptions} from '../../../src/engine/bus/serve.ts'
import {eventClients, pipelineArn, triggerRoleArn} from '../support/event-clients.ts'
import type {LocalCloud} from '../support/local-cloud.ts'

/** Over at once, without a job. */
export const quick: JsonObject = {
  Version: '2020-12-01',
  Parameters: [
    {Name: 'Key', Type: 'String', DefaultValue: 'none'},
    {Name: 'Size', Type: 'Integer', DefaultValue: 0},
  ],
  Steps: [{Name: 'gate', Type: 'Condition', Arguments: {Conditions: [], IfSteps: [], ElseSteps: []}}],
}

export const deadLetters = {DeadLetterConfig: {Arn: 'arn:aws:sqs:us-east-1:000000000000:dead'}}

export async function putRule(
  {engine}: LocalCloud,
  pattern: object = {source: ['my.app']},
  target: Partial<Target> = {},
  Name = 'r',
): Promise<void> {
  const {events} = eventClients(engine)
  await events.send(new PutRuleCommand({Name, EventPattern: JSON.stringify(pattern)}))
  const Targets = [{Id: 'pipeline', Arn: pipelineArn, RoleArn: triggerRoleArn, ...target}]
  await events.send(new PutTargetsCommand({Rule: Name, Targets}))
}

/** The ids of events of `my.app`, ten of which go in one request. */
export async function sendEvents({engine}: LocalCloud, count = 1, detail: object = {key: 'in/x'}): Promise<string[]> {
  const {events} = eventClients(engine)
  const ids: string[] = []
  while (ids.length < count) {
    const entry = {Source: 'my.app', DetailType: 'New data', Detail: JSON.stringify(detail)}
    const Entries = Array.from({length: Math.min(10, count - ids.length)}, () => entry)
    const sent = await events.send(new PutEventsCommand({Entries}))
    ids.push(...(sent.Entries ?? []).map(({EventId = ''}) => EventId))
  }
  return ids
}

/** Serves the bus and keeps what is told of its attempts. */
export function serveBus(
  {engine}: LocalCloud,
  options: Pick<ServeBusOptions, 'deliver' | 'onTrouble'> = {},
): Delivered[] {
  const reports: Delivered[] = []
  engine.serveBus({...options, onDelivered: (report) => void reports.push(report)})
  return reports
}

export type HeardEvent = {
  readonly 'detail-type': string
  readonly resources: readonly string[]
  readonly time: string
  readonly detail: JsonObject
}

/** Serves the bus with a rule for all that the source sends, and keeps the events instead of starting anything. */
export async function hear(cloud: LocalCloud, source: string): Promise<HeardEvent[]> {
  await putRule(cloud, {source: [source]})
  const heard: HeardEvent[] = []
  serveBus(cloud, {
    deliver(row) {
      heard.push(JSON.parse(row.event))
      return {kind: 'started', executionArn: '', isNew: false}
    },
  })
  return heard
}

export type DeadLetter = {readonly event: JsonObject; readonly attributes: Readonly<Record<string, string>>}

export function readDeadLetters({stateDirectory}: LocalCloud): DeadLetter[] {
  const file = join(stateDirectory, 'queues', 'dead.ndjson')
  const lines = existsSync(file) ? readFileSync(file, 'utf8').trimEnd().split('\n') : []
  return lines.map((line) => {
    const {Body, MessageAttributes} = JSON.parse(line)
    const attributes = Object.entries(MessageAttributes as Record<string, {DataType: string; StringValue: string}>)
    return {
      event: JSON.parse(Body),
      attributes: Object.fromEntries(attributes.map(([name, {StringValue}]) => [name, StringValue])),
    }
  })
}

export async function executionsOf(
  {sageMaker}: LocalCloud,
  PipelineName = 'train',
): Promise<PipelineExecutionSummary[]> {
  const found: PipelineExecutionSummary[] = []
  for await (const page of paginateListPipelineExecutions({client: sageMaker}, {PipelineName})) {
    found.push(...(page.PipelineExecutionSummaries ?? []))
  }
  return found
}
