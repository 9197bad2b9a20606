// Lambda steps: a local function in Python or JavaScript, called as the Lambda runtime calls it.

import {DescribeLogStreamsCommand, GetLogEventsCommand} from '@aws-sdk/client-cloudwatch-logs'
import {StopPipelineExecutionCommand} from '@aws-sdk/client-sagemaker'
import {expect, it} from 'vitest'
import type {JsonObject} from '../../../src/definition/json.ts'
import {condition, equals, fail, get, join, shell} from '../support/definitions.ts'
import {lambda, pipelineWithHints, putObject} from '../support/job-definitions.ts'
import {
  type Finished,
  type LocalCloud,
  localCloud,
  outcomeOf,
  putPipeline,
  run,
  start,
  stepsOf,
  until,
} from '../support/local-cloud.ts'

const functionUri = 's3://mlpipe-local/code/0123/notify'

async function runLambda(
  cloud: LocalCloud,
  file: {readonly suffix: string; readonly text: string; readonly function?: string},
  step: JsonObject,
  after: readonly JsonObject[] = [],
): Promise<Finished> {
  await putObject(cloud, `${functionUri}${file.suffix}`, file.text)
  const handler = {uri: `${functionUri}${file.suffix}`, function: file.function ?? 'handler'}
  await putPipeline(cloud, 'p', pipelineWithHints([step, ...after], {[String(step['Name'])]: {handler}}))
  return run(cloud, 'p')
}

const outputs = {text: 'String', count: 'Integer', share: 'Float', isGood: 'Boolean', report: 'String'}
const input = {bucket: 's3://b', n: 3}

/** A step whose log shows what the outputs of the function became. */
const reader = shell('read', 'echo "$TEXT $COUNT $SHARE $GOOD $REPORT"; [ "$SHARE" = 0.5 ]', {
  environment: {
    TEXT: get("Steps.notify.OutputParameters['text']"),
    COUNT: join('', get("Steps.notify.OutputParameters['count']")),
    SHARE: join('', get("Steps.notify.OutputParameters['share']")),
    GOOD: join('', get("Steps.notify.OutputParameters['isGood']")),
    REPORT: get("Steps.notify.OutputParameters['report']"),
  },
})

const python = `
def handler(event, context):
    print("called with", event["n"], context.function_name, context.get_remaining_time_in_millis() > 500000)
    return {"statusCode": 200, "text": event["bucket"] + "/x", "count": event["n"] + 1, "share": 0.5, "isGood": True,
            "report": {"a": [1, 2]}}
`

const commonJs = `
exports.main = (event, context, callback) => {
  console.log('called with', event.n, context.functionName)
  callback(null, {text: event.bucket + '/x', count: event.n + 1, share: 0.5, isGood: true, report: {a: [1, 2]}})
}
`

const module = `
export const handler = async (event, context) => {
  console.log('called with', event.n, context.functionName, context.getRemainingTimeInMillis() > 500000)
  return {text: event.bucket + '/x', count: event.n + 1, share: 0.5, isGood: true, report: {a: [1, 2]}}
}
`

it.each([
  ['Python', {suffix: '.py', text: python}],
  ['an ES module', {suffix: '.mjs', text: module}],
  ['CommonJS, answering by callback', {suffix: '.cjs', text: commonJs, function: 'main'}],
])('calls a function in %s, and gives its outputs in their types to later steps', async (_name, file) => {
  const cloud = localCloud()
  const finished = await runLambda(cloud, file, lambda('notify', input, outputs), [reader])
  expect(finished.steps.map(({StepName, FailureReason}) => [StepName, FailureReason])).toEqual([
    ['notify', undefined],
    ['read', undefined],
  ])
  expect(finished.step('notify')?.Metadata).toEqual({
    Lambda: {
      Arn: 'arn:aws:lambda:us-east-1:000000000000:function:notify',
      OutputParameters: [
        {Name: 'text', Value: 's3://b/x'},
        {Name: 'count', Value: '4'},
        {Name: 'share', Value: '0.5'},
        {Name: 'isGood', Value: 'true'},
        {Name: 'report', Value: '{"a":[1,2]}'},
      ],
    },
  })
  expect(finished.step('notify')?.StepDescription).toBeUndefined()
})

it('keeps what the function prints in the log group of the function', async () => {
  const cloud = localCloud()
  await runLambda(cloud, {suffix: '.py', text: python}, lambda('notify', input, {}))
  const logGroupName = '/aws/lambda/notify'
  const {logStreams} = await cloud.logs.send(new DescribeLogStreamsCommand({logGroupName, orderBy: 'LastEventTime'}))
  expect(logStreams).toHaveLength(1)
  const logStreamName = logStreams?.[0]?.logStreamName ?? ''
  expect(logStreamName).toMatch(/^\d{4}\/\d\d\/\d\d\/\[\$LATEST\]pipelines-/)
  expect(await logOf(cloud, logStreamName)).toContain('called with 3 notify True')
  const other = await cloud.logs.send(new DescribeLogStreamsCommand({logGroupName: '/aws/lambda/notif'}))
  expect(other.logStreams).toEqual([])
})

async function logOf(cloud: LocalCloud, logStreamName: string): Promise<readonly (string | undefined)[]> {
  const logGroupName = '/aws/lambda/notify'
  const {events} = await cloud.logs.send(new GetLogEventsCommand({logGroupName, logStreamName, startFromHead: true}))
  return events?.map(({message}) => message) ?? []
}

it('says that docker has no part in it', async () => {
  const cloud = localCloud()
  await putObject(cloud, `${functionUri}.py`, python)
  const hints = {notify: {runner: 'docker', handler: {uri: `${functionUri}.py`, function: 'handler'}}}
  await putPipeline(cloud, 'p', pipelineWithHints([lambda('notify', input, outputs)], hints))
  expect((await run(cloud, 'p')).status).toBe('Succeeded')
  const streams = await cloud.logs.send(new DescribeLogStreamsCommand({logGroupName: '/aws/lambda/notify'}))
  const log = await logOf(cloud, streams.logStreams?.[0]?.logStreamName ?? '')
  expect(log[0]).toBe('mlpipe: docker runs processing and training jobs: this Lambda step needs none')
})

it('decides a condition by an output', async () => {
  const cloud = localCloud()
  const isFour = equals(get("Steps.notify.OutputParameters['count']"), 4)
  const gate = condition('gate', [isFour], {then: [shell('good', 'true')], otherwise: [fail('bad', 'no')]})
  const finished = await runLambda(cloud, {suffix: '.py', text: python}, lambda('notify', input, outputs), [gate])
  expect(finished.steps.map(({StepName}) => StepName)).toEqual(['notify', 'gate', 'good'])
})

it.each([
  ['an output is missing', '{"text": "x"}', {text: 'String', count: 'Integer'}, '"count"'],
  ['an output has another type', '{"count": "many"}', {count: 'Integer'}, '"many" as "count", which is no Integer'],
  ['no object comes back', '[1, 2]', {count: 'Integer'}, 'must return a JSON object'],
  ['it raises', '1 / 0', {}, 'ZeroDivisionError: division by zero'],
  ['what it returns is no JSON', '{1, 2}', {}, 'TypeError: Object of type set is not JSON serializable'],
])('fails when %s', async (_name, expression, declared, reason) => {
  const text = `def handler(event, context):\n    return ${expression}\n`
  const finished = await runLambda(localCloud(), {suffix: '.py', text}, lambda('notify', {}, declared))
  expect(finished.status).toBe('Failed')
  expect(finished.step('notify')?.StepStatus).toBe('Failed')
  expect(finished.step('notify')?.FailureReason).toContain(reason)
})

it.each([
  ['.py', 'x = 1\n', 'notify.py has no function handler(event, context)'],
  ['.mjs', 'export const x = 1\n', 'notify.mjs exports no function handler'],
  ['.mjs', "export const handler = async () => { throw new Error('no luck') }\n", 'Error: no luck'],
  ['.rb', 'x = 1\n', '"notify.rb" is neither a Python nor a JavaScript file'],
])('fails with what is wrong in a %s file: %j', async (suffix, text, reason) => {
  const finished = await runLambda(localCloud(), {suffix, text}, lambda('notify', {}, {}))
  expect(finished.step('notify')?.FailureReason).toContain(reason)
})

it('is rehearsed without a local function, with the outputs that the spec gives or none', async () => {
  const cloud = localCloud()
  const hints = {notify: {outputs: {count: 7}}}
  await putPipeline(cloud, 'p', pipelineWithHints([lambda('notify', {}, outputs, {Description: 'tells'})], hints))
  const step = (await run(cloud, 'p')).step('notify')
  expect(step?.StepDescription).toMatch(/^\[simulated\] the step names no local function .*\ntells$/)
  expect(step?.Metadata?.Lambda?.OutputParameters).toEqual([
    {Name: 'text', Value: ''},
    {Name: 'count', Value: '7'},
    {Name: 'share', Value: '0'},
    {Name: 'isGood', Value: 'false'},
    {Name: 'report', Value: ''},
  ])
})

const sleeping = `
import time, pathlib
def handler(event, context):
    pathlib.Path(event["here"]).touch()
    time.sleep(event["seconds"])
    return {}
`

// Developer Guide, "Lambda step": "If you stop the pipeline execution while the Lambda function is running …".
it.each([
  ['ends, and the execution has stopped', 0.5, '600', 'Stopped', 'Stopped'],
  ['comes to its limit, and the execution has failed', 60, '1', 'Failed', 'Failed'],
])('waits, after a stop, until the function %s', async (_name, seconds, limit, stepStatus, status) => {
  const cloud = localCloud({env: {MLPIPE_LAMBDA_TIMEOUT_SECONDS: limit}})
  await putObject(cloud, `${functionUri}.py`, sleeping)
  const here = `${cloud.stateDirectory}/here`
  const hints = {notify: {handler: {uri: `${functionUri}.py`, function: 'handler'}}}
  const steps = [lambda('notify', {here, seconds}, {}), shell('later', 'true', {envelope: {DependsOn: ['notify']}})]
  await putPipeline(cloud, 'p', pipelineWithHints(steps, hints))
  const arn = await start(cloud, 'p')
  const {existsSync} = await import('node:fs')
  await until(() => existsSync(here))
  await cloud.sageMaker.send(new StopPipelineExecutionCommand({PipelineExecutionArn: arn}))
  await until(async () => (await stepsOf(cloud, arn))[0]?.StepStatus === 'Stopping')
  await cloud.engine.idle()
  const finished = await outcomeOf(cloud, arn)
  expect(finished.steps.map(({StepName, StepStatus}) => [StepName, StepStatus])).toEqual([['notify', stepStatus]])
  expect(finished.status).toBe(status)
  const reason = finished.step('notify')?.FailureReason
  if (status === 'Failed') expect(reason).toContain('Task timed out after 1.00 seconds')
  else expect(reason).toBeUndefined()
})
