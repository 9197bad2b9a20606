// How an endpoint is asked, as commands that can be pasted.

import type {Target} from '../../../project/target.ts'
import {nextCommand, type Place} from '../../next-commands.ts'

export type Invoked = {
  readonly target: Target
  readonly endpointName: string
  readonly found: {readonly contentTypes: readonly string[]}
}

const portOfServe = 4566

/** The engine answers other programs while it is served. */
export function invokeCommands({target, endpointName, found}: Invoked, place: Place): string[] {
  const type = found.contentTypes[0] ?? 'text/csv'
  const invoke = `aws sagemaker-runtime invoke-endpoint --endpoint-name ${endpointName} --content-type ${type}`
  const body = '--body fileb://FILE /dev/stdout'
  if (target.kind === 'aws') return [`${invoke} --region ${target.region} ${body}`]
  const serve = nextCommand(`local serve --port ${portOfServe}`, {file: place.file})
  return [
    `${serve}  (answers in another terminal:)`,
    `${invoke} --endpoint-url http://127.0.0.1:${portOfServe} ${body}`,
  ]
}
