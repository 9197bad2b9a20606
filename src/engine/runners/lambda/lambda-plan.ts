// A Lambda function as a job: its file, its event, and a driver that calls it as the Lambda runtime does.

import {join, posix} from 'node:path'
import {execPath} from 'node:process'
import {isJsonObject, type Json, type JsonObject} from '../../../definition/json.ts'
import {textAt} from '../../../definition/json-members.ts'
import {describeExit} from '../exit-text.ts'
import {clientFault} from '../job-fault.ts'
import type {Collected, Command, JobContext, JobPlan} from '../job-plan.ts'
import type {JobDeps, JobRequest} from '../job-types.ts'
import {mlRoot} from '../ml-paths.ts'
import {declaredOutputs, outputResult, takeOutputs} from '../output-parameters.ts'
import {readStart} from '../read-start.ts'
import {nodeDriver, pythonDriver} from './lambda-drivers.ts'

/** "Lambda step": the longest timeout of a function that a step invokes. */
const timeoutSeconds = 600

/** A function's answer: 6 MB. */
const answerBytes = 6 * 1024 * 1024

export function planLambda(request: JobRequest, deps: JobDeps): JobPlan {
  const {handler} = request.hints
  if (!handler) throw clientFault('the step names no local function')
  const file = posix.basename(handler.uri)
  const limit = limitSeconds(deps)
  return {
    directories: [`${mlRoot}/code`, `${mlRoot}/output`],
    inputs: [{owner: `the function "${file}"`, uri: handler.uri, kind: 'S3Prefix', localPath: `${mlRoot}/code`}],
    configFiles: [
      {path: `${mlRoot}/input/event.json`, content: request.arguments},
      {path: `${mlRoot}/input/context.json`, content: describeContext(request, limit)},
    ],
    metricPatterns: [],
    maxRuntimeSeconds: limit,
    timeoutReason: timedOutReason(deps),
    instanceCount: 1,
    command: async () => commandFor(file, handler.function),
    failure: readFailure,
    explain: (_context, exit, _command, lastLines) =>
      `ClientError: the Lambda function did not come to its end. ${describeExit(exit, lastLines)}`,
    collect: async (context, ending) => (ending.kind === 'completed' ? takeAnswer(context) : {}),
  }
}

/** In the words of the Lambda service. */
export function timedOutReason(deps: JobDeps): string {
  return `ClientError: the Lambda function failed: Task timed out after ${limitSeconds(deps).toFixed(2)} seconds`
}

/** MLPIPE_LAMBDA_TIMEOUT_SECONDS shortens it. */
function limitSeconds({env}: JobDeps): number {
  const seconds = Number(env.MLPIPE_LAMBDA_TIMEOUT_SECONDS || timeoutSeconds)
  return seconds > 0 && seconds < timeoutSeconds ? seconds : timeoutSeconds
}

function commandFor(file: string, name: string): Command {
  const isPython = file.endsWith('.py')
  if (!isPython && !/\.[cm]?js$/.test(file)) {
    throw clientFault(`"${file}" is neither a Python nor a JavaScript file (.py, .js, .mjs, .cjs)`)
  }
  const argv = isPython
    ? ['python3', '-c', pythonDriver, file, name]
    : [execPath, '--input-type=module', '-e', nodeDriver, file, name]
  return {argv, workingDirectory: `${mlRoot}/code`, environment: {LAMBDA_TASK_ROOT: `${mlRoot}/code`, _HANDLER: name}}
}

/** What the function's second argument tells: "AWS Lambda context object". */
function describeContext({jobName, envelope}: JobRequest, limit: number): JsonObject {
  const arn = textAt(envelope, 'FunctionArn') ?? ''
  const functionName = arn.split(':')[6] ?? arn
  return {
    function_name: functionName,
    function_version: '$LATEST',
    invoked_function_arn: arn,
    memory_limit_in_mb: '128',
    aws_request_id: jobName,
    log_group_name: `/aws/lambda/${functionName}`,
    log_stream_name: jobName,
    timeout_seconds: limit,
  }
}

async function readFailure({mlDirectory}: JobContext): Promise<string | undefined> {
  const text = await readStart(join(mlDirectory, 'output', 'failure'), 4096)
  return text?.trim() ? `ClientError: the Lambda function failed: ${text.trim()}` : undefined
}

async function takeAnswer({request, mlDirectory}: JobContext): Promise<Collected> {
  const text = (await readStart(join(mlDirectory, 'output', 'answer.json'), answerBytes + 1)) ?? ''
  if (text.length > answerBytes) throw clientFault('the function returned more than 6 MB')
  const answer = parseAnswer(text)
  const declared = declaredOutputs(request.envelope)
  if (isJsonObject(answer)) return outputResult(takeOutputs(declared, answer))
  if (declared.length === 0) return outputResult({})
  throw clientFault(`the function must return a JSON object with the outputs of the step; it returned ${shorten(text)}`)
}

function parseAnswer(text: string): Json {
  try {
    return JSON.parse(text) as Json
  } catch {
    return null
  }
}

function shorten(text: string): string {
  return text.length <= 100 ? text : `${text.slice(0, 99)}…`
}
