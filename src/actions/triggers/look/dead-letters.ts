// What the embedded engine could not deliver for a rule or a schedule: the lines of its queue's file.

import {readFile} from 'node:fs/promises'
import {join, relative} from 'node:path'
import {isJsonObject, type Json} from '../../../definition/json.ts'
import {objectAt, textAt} from '../../../definition/json-members.ts'
import type {DeadLetters} from './trigger-detail.ts'

/** The attributes that tell where a dead letter comes from (EventBridge User Guide, "Using dead-letter queues"). */
const sources = ['RULE_ARN', 'SCHEDULE_ARN']

/** Undefined when nothing has come there. */
export async function readDeadLetters(
  stateDirectory: string,
  queueArn: string,
  sourceArn: string,
  cwd: string,
): Promise<DeadLetters | undefined> {
  const path = join(stateDirectory, 'queues', `${queueArn.slice(queueArn.lastIndexOf(':') + 1)}.ndjson`)
  const text = await readFile(path, 'utf8').catch(() => '')
  const attributes = text.split('\n').flatMap((line) => {
    const message = readLine(line)
    const own = objectAt(message, 'MessageAttributes')
    return sources.some((name) => attribute(own, name) === sourceArn) ? [own] : []
  })
  const last = attributes.at(-1)
  if (!last) return undefined
  const [errorCode, message] = ['ERROR_CODE', 'ERROR_MESSAGE'].map((name) => attribute(last, name))
  return {
    file: relative(cwd, path),
    count: attributes.length,
    ...(errorCode === undefined ? {} : {errorCode}),
    ...(message === undefined ? {} : {message}),
  }
}

function attribute(attributes: Json, name: string): string | undefined {
  return textAt(objectAt(attributes, name), 'StringValue')
}

/** A callback's messages may lie in the same queue, and a line may be half written. */
function readLine(line: string): Json | undefined {
  try {
    const value: unknown = JSON.parse(line)
    return isJsonObject(value) ? value : undefined
  } catch {
    return undefined
  }
}
