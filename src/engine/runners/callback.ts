// A Callback step: sends its message to the queue, and waits for SendPipelineExecutionStepSuccess or …Failure.
// Source: Developer Guide, "Callback step". The queue is a file here, one message a line, as its body would be.

import type {JsonObject} from '../../definition/json.ts'
import {textAt} from '../../definition/json-members.ts'
import type {CallbackAnswer} from '../store/callbacks.ts'
import {sendToQueue} from '../store/queues.ts'
import type {JobDeps, JobOutcome, JobRequest, RunningJob} from './job-types.ts'
import {outputResult} from './output-parameters.ts'

/** How soon an answer that another process has written is seen. */
const pollMs = 100

export function startCallback(request: JobRequest, deps: JobDeps): RunningJob {
  const startedAtMs = deps.now()
  const note = (text: string) => deps.writeLog(request.jobName, `mlpipe: ${text}`)
  let isAsked = false
  let timer: NodeJS.Timeout | undefined

  const send = (status: 'Executing' | 'Stopping') => {
    const body = messageBody(request, status)
    const url = textAt(request.envelope, 'SqsQueueUrl')
    const file = sendToQueue(deps.stateDirectory, url ?? '', body)
    note(`message to ${url ?? 'no queue'}, written to ${file}:`)
    deps.writeLog(request.jobName, body)
  }
  const toOutcome = (answer: CallbackAnswer): JobOutcome => {
    const facts = {metrics: [], startedAtMs, endedAtMs: deps.now()}
    note(answer.kind === 'success' ? 'answered with success' : `answered with failure: ${answer.reason ?? 'no reason'}`)
    // "Callback step": the execution that is being stopped waits for the answer, whatever it is.
    if (isAsked) return {...facts, status: 'Stopped'}
    if (answer.kind === 'success') return {...facts, status: 'Completed', ...outputResult(answer.outputs)}
    return {...facts, status: 'Failed', ...(answer.reason === undefined ? {} : {failureReason: answer.reason})}
  }

  let settle: (outcome: JobOutcome) => void = () => {}
  const done = new Promise<JobOutcome>((resolve, reject) => {
    settle = resolve
    send('Executing')
    note(`waiting for an answer: mlpipe executions callback ${request.jobName}`)
    timer = setInterval(() => {
      try {
        const answer = deps.callbackAnswer(request.jobName)
        if (answer) finish(toOutcome(answer))
      } catch (error) {
        clearInterval(timer)
        reject(error)
      }
    }, pollMs)
  })
  const finish = (outcome: JobOutcome) => {
    clearInterval(timer)
    settle(outcome)
  }
  return {
    done,
    stop() {
      if (!isAsked) send('Stopping')
      isAsked = true
    },
    kill: () => finish({status: 'Stopped', metrics: [], startedAtMs, endedAtMs: deps.now()}),
  }
}

/** "Callback step" shows these members; that the first message has a status too is not said there. */
function messageBody({jobName, executionArn, arguments: args}: JobRequest, status: string): string {
  const body: JsonObject = {token: jobName, pipelineExecutionArn: executionArn, arguments: args, status}
  return JSON.stringify(body)
}
