// What every event has, whichever service sends it (Amazon EventBridge Events Reference, "Event structure reference").

import type {Json, JsonObject} from '../../definition/json.ts'

/** What a sample is made with. */
export type SamplePlace = {
  /** Of the pipeline that the trigger starts: it tells partition, region and account. */
  readonly pipelineArn: string
  /** The name of the rule, which a schedule of the rule tells in its event. */
  readonly ruleName: string
  /** A UUID; the ids of executions and objects in the sample are made of it. */
  readonly id: string
  readonly timeMs: number
}

export type EventHead = {
  readonly source: string
  readonly detailType: string
  readonly resources: readonly string[]
  readonly detail: JsonObject
}

export function envelope({source, detailType, resources, detail}: EventHead, place: SamplePlace): JsonObject {
  return {...envelopeFields(place), 'detail-type': detailType, source, resources: [...resources], detail}
}

/** Those that say nothing of what happened. */
export function envelopeFields({pipelineArn, id, timeMs}: SamplePlace): {readonly [name: string]: Json} {
  const [, , , region = '', account = ''] = pipelineArn.split(':')
  return {version: '0', id, account, time: eventTime(timeMs), region}
}

/** Events have whole seconds. */
export function eventTime(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 19)}Z`
}

/** An ARN in the region and account of another. */
export function besideArn(arn: string, service: string, resource: string): string {
  const [scheme, partition, , region, account] = arn.split(':')
  return [scheme, partition, service, region, account, resource].join(':')
}

/** Hexadecimal digits that follow from the id of the sample. */
export function digitsOf(id: string, length: number): string {
  const digits = id.toLowerCase().replace(/[^0-9a-f]/g, '')
  return digits === '' ? '0'.repeat(length) : digits.repeat(Math.ceil(length / digits.length)).slice(0, length)
}
