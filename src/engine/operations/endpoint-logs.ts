// The names of the CloudWatch log groups of endpoints: one for each, with a stream `<variant>/<deployment>` for what each variant's
// process has printed ("Log Amazon SageMaker Events with Amazon CloudWatch": /aws/sagemaker/Endpoints/[EndpointName]).

import {readdirSync, statSync} from 'node:fs'
import {join} from 'node:path'
import {endpointLogs} from '../serving/variant-files.ts'

const groupPrefix = '/aws/sagemaker/Endpoints/'

export type EndpointLogGroup = {readonly kind: 'endpoint-log-group'; readonly directory: string}

export type EndpointStream = {readonly name: string; readonly path: string}

export function endpointLogGroup(endpointName: string): string {
  return groupPrefix + endpointName
}

/** The group of that name; undefined when no endpoint has written to it. */
export function findEndpointGroup(stateDirectory: string, groupName: string): EndpointLogGroup | undefined {
  const name = groupName.startsWith(groupPrefix) ? groupName.slice(groupPrefix.length) : ''
  if (!/^[a-zA-Z0-9-]+$/.test(name)) return undefined
  const directory = endpointLogs(stateDirectory, name)
  return listNames(directory).length === 0 ? undefined : {kind: 'endpoint-log-group', directory}
}

export function endpointStreams({directory}: EndpointLogGroup): EndpointStream[] {
  return listNames(directory).flatMap((variant) =>
    listNames(join(directory, variant)).map((file) => ({
      name: `${variant}/${file.replace(/\.log$/, '')}`,
      path: join(directory, variant, file),
    })),
  )
}

/** The groups that endpoints have written to, each with the time of its first. */
export function endpointGroupNames(stateDirectory: string): ReadonlyMap<string, number> {
  const root = endpointLogs(stateDirectory, '')
  return new Map(
    listNames(root).map((name) => [endpointLogGroup(name), Math.round(statSync(join(root, name)).birthtimeMs)]),
  )
}

function listNames(directory: string): string[] {
  try {
    return readdirSync(directory).sort()
  } catch {
    return []
  }
}
