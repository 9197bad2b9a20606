// CloudWatch Logs of jobs: groups, and FilterLogEvents over their streams.
import {
  type CloudWatchLogsClient,
  DescribeLogGroupsCommand,
  DescribeLogStreamsCommand,
  FilterLogEventsCommand,
  type FilterLogEventsCommandInput,
  paginateFilterLogEvents,
} from '@aws-sdk/client-cloudwatch-logs'
import {expect, it} from 'vitest'
import {parseLogPattern} from '../../../src/engine/operations/log-pattern.ts'
import {pipeline, shell} from '../support/definitions.ts'
import {localCloud, putPipeline, run} from '../support/local-cloud.ts'

const logGroupName = '/aws/sagemaker/ProcessingJobs'

async function withLogs() {
  const cloud = localCloud()
  const count = (name: string) =>
    shell(name, `for i in 1 2 3 4 5; do echo "${name} $i"; sleep 0.02; done; echo "${name} END"`)
  await putPipeline(cloud, 'logs', pipeline([count('one'), count('two')]))
  const {steps} = await run(cloud, 'logs')
  expect(steps.map(({StepStatus}) => StepStatus)).toEqual(['Succeeded', 'Succeeded'])
  return cloud.logs
}

async function filter(logs: CloudWatchLogsClient, input: Partial<FilterLogEventsCommandInput>, pageSize?: number) {
  const events = []
  for await (const page of paginateFilterLogEvents(
    {client: logs, ...(pageSize ? {pageSize} : {})},
    {logGroupName, ...input},
  )) {
    events.push(...(page.events ?? []))
  }
  return events
}

it('a group is there once a job has written', async () => {
  const logs = await withLogs()
  const {logGroups} = await logs.send(new DescribeLogGroupsCommand({}))
  expect(logGroups).toMatchObject([
    {logGroupName, arn: `arn:aws:logs:us-east-1:000000000000:log-group:${logGroupName}:*`, logGroupClass: 'STANDARD'},
  ])
  const under = (logGroupNamePrefix: string) => logs.send(new DescribeLogGroupsCommand({logGroupNamePrefix}))
  expect((await under('/aws/sage')).logGroups).toHaveLength(1)
  expect((await under('/aws/lambda')).logGroups).toEqual([])
  expect((await logs.send(new DescribeLogGroupsCommand({logGroupNamePattern: 'processing'}))).logGroups).toHaveLength(1)
  const both = new DescribeLogGroupsCommand({logGroupNamePrefix: '/', logGroupNamePattern: 'x'})
  await expect(logs.send(both)).rejects.toMatchObject({name: 'InvalidParameterException'})
})

it('the streams of a group are read as one, in pages, by time', async () => {
  const logs = await withLogs()
  const all = await filter(logs, {})
  const texts = all.map(({message = ''}) => message)
  expect(texts.filter((text) => /^(one|two) (\d|END)$/.test(text))).toHaveLength(12)
  const times = all.map(({timestamp = 0}) => timestamp)
  expect(times).toEqual([...times].sort((left, right) => left - right))
  expect(new Set(all.map(({eventId}) => eventId)).size).toBe(all.length)
  expect(new Set(all.map(({logStreamName}) => logStreamName)).size).toBe(2)
  expect(await filter(logs, {}, 1)).toEqual(all)
  expect(await filter(logs, {}, 5)).toEqual(all)

  const [from = 0, to = 0] = [times[4], times[8]]
  const between = await filter(logs, {startTime: from, endTime: to})
  expect(between).toEqual(all.filter(({timestamp = 0}) => timestamp >= from && timestamp <= to))
})

it('streams are chosen by name or by the beginning of it', async () => {
  const logs = await withLogs()
  const {logStreams = []} = await logs.send(new DescribeLogStreamsCommand({logGroupName}))
  const [name = ''] = logStreams.map(({logStreamName = ''}) => logStreamName)
  const all = await filter(logs, {})
  const ofOne = all.filter(({logStreamName}) => logStreamName === name)
  expect(await filter(logs, {logStreamNames: [name]})).toEqual(ofOne)
  expect(await filter(logs, {logStreamNamePrefix: name.slice(0, -3)})).toEqual(ofOne)
  expect(await filter(logs, {logStreamNamePrefix: 'none'})).toEqual([])
})

it('what a pattern leaves out is not in the page, and the next page goes on', async () => {
  const logs = await withLogs()
  expect((await filter(logs, {filterPattern: 'END'}, 1)).map(({message}) => message).sort()).toEqual([
    'one END',
    'two END',
  ])
})

it.each<[string, Partial<FilterLogEventsCommandInput>, string]>([
  ['a group that is none', {logGroupName: '/none'}, 'ResourceNotFoundException'],
  ['a stream that is not there', {logStreamNames: ['none/algo-1-1']}, 'ResourceNotFoundException'],
  ['streams by name and by prefix', {logStreamNames: ['a'], logStreamNamePrefix: 'a'}, 'InvalidParameterException'],
  ['a token that is none', {nextToken: 'x'}, 'InvalidParameterException'],
  ['a pattern that looks into JSON', {filterPattern: '{ $.level = "error" }'}, 'InvalidParameterException'],
])('%s is refused', async (_name, input, name) => {
  const call = localCloud().logs.send(new FilterLogEventsCommand({logGroupName, ...input}))
  await expect(call).rejects.toMatchObject({name})
})

// "Filter pattern syntax": the examples for unstructured log events.
it.each<[string, string, boolean]>([
  ['ERROR', '[ERROR 400] BAD REQUEST', true],
  ['ERROR', 'error', false],
  ['ERROR ARGUMENTS', '[ERROR 419] MISSING ARGUMENTS', true],
  ['ERROR ARGUMENTS', '[ERROR 400] BAD REQUEST', false],
  ['?ERROR ?ARGUMENTS', '[ERROR 400] BAD REQUEST', true],
  ['?ERROR ?ARGUMENTS', '[INFO] FINE', false],
  ['"INTERNAL SERVER ERROR"', '[ERROR 500] INTERNAL SERVER ERROR', true],
  ['"INTERNAL SERVER ERROR"', 'SERVER ERROR, INTERNAL', false],
  ['ERROR -ARGUMENTS', '[ERROR 400] BAD REQUEST', true],
  ['ERROR -ARGUMENTS', '[ERROR 419] MISSING ARGUMENTS', false],
  ['?REQUEST ERROR', 'ERROR', true],
  ['', 'anything', true],
])('the pattern %s over "%s": %s', (pattern, message, matches) => {
  expect(parseLogPattern(pattern)?.(message)).toBe(matches)
})
