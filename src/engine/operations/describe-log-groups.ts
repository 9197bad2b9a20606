// CloudWatch Logs DescribeLogGroups: a group is there once a job or an endpoint has written to it.

import {accountId, region} from '../store/arns.ts'
import type {describeLogGroupsShape} from '../validations/describe-log-groups.ts'
import type {InputOf} from '../validations/shape.ts'
import type {OperationContext} from './context.ts'
import {endpointGroupNames} from './endpoint-logs.ts'
import {logGroupNames} from './job-log-group.ts'
import {ok, type Reply, refuse} from './reply.ts'

const defaultLimit = 50

export function describeLogGroups(
  input: InputOf<typeof describeLogGroupsShape>,
  {db, stateDirectory}: OperationContext,
): Reply {
  const {logGroupNamePrefix: prefix, logGroupNamePattern: part, nextToken, limit = defaultLimit} = input
  if (prefix !== undefined && part !== undefined) {
    const message = 'LogGroup name prefix and LogGroup name pattern are mutually exclusive parameters.'
    return refuse('InvalidParameterException', message)
  }
  const wanted = [...logGroupNames(db), ...endpointGroupNames(stateDirectory)]
    .filter(([name]) => name.startsWith(prefix ?? '') && name.toLowerCase().includes((part ?? '').toLowerCase()))
    .filter(([name]) => nextToken === undefined || name > nextToken)
    .sort(([left], [right]) => (left < right ? -1 : 1))
  const shown = wanted.slice(0, limit)
  const more = shown.length < wanted.length ? {nextToken: shown.at(-1)?.[0] ?? ''} : {}
  return ok({logGroups: shown.map(([name, createdAtMs]) => describeGroup(name, createdAtMs)), ...more})
}

function describeGroup(logGroupName: string, creationTime: number) {
  const arn = `arn:aws:logs:${region}:${accountId}:log-group:${logGroupName}`
  return {
    logGroupName,
    creationTime,
    metricFilterCount: 0,
    arn: `${arn}:*`,
    logGroupArn: arn,
    logGroupClass: 'STANDARD',
  }
}
