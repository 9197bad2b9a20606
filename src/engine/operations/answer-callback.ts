// What SendPipelineExecutionStepSuccess and SendPipelineExecutionStepFailure have in common: one answer for each callback.

import type {JsonObject} from '../../definition/json.ts'
import {type CallbackAnswer, findAnswer, insertAnswer} from '../store/callbacks.ts'
import {findExecution} from '../store/executions.ts'
import {findJobByName, type JobRow, parseRequest} from '../store/jobs.ts'
import type {OperationContext} from './context.ts'
import {type Fault, ok, type Reply, refuse, resourceNotFound} from './reply.ts'

type AnswerInput = {readonly CallbackToken: string; readonly ClientRequestToken?: string}

type Answered =
  | {readonly kind: 'answer'; readonly answer: CallbackAnswer}
  | {readonly kind: 'fault'; readonly fault: Fault}

/** Writes the answer; the process that runs the step finds it there. `answer` sees what the step has declared. */
export function answerCallback(
  input: AnswerInput,
  context: OperationContext,
  answer: (envelope: JsonObject) => Answered,
): Reply {
  const {db} = context
  return db.transaction((): Reply => {
    const job = waitingJob(input.CallbackToken, context)
    if (!job) return resourceNotFound(`Callback token '${input.CallbackToken}' does not exist.`)

    const before = findAnswer(db, job.name)
    const isRepeated = before?.clientToken != null && before.clientToken === input.ClientRequestToken
    if (isRepeated) return ok({PipelineExecutionArn: job.executionArn})
    if (before || job.endedAtMs !== null) {
      return refuse(
        'ConflictException',
        `The callback with token '${job.name}' has been answered or has ended already.`,
      )
    }
    const given = answer(parseRequest(job))
    if (given.kind === 'fault') return given
    insertAnswer(db, job.name, given.answer, {clientToken: input.ClientRequestToken, atMs: context.now()})
    return ok({PipelineExecutionArn: job.executionArn})
  })
}

/** The callback of a token, whose letters count in their case; closed first when the process that waited is gone. */
function waitingJob(token: string, {db, executions}: OperationContext): JobRow | undefined {
  const find = () => {
    const job = findJobByName(db, ['Callback'], token)
    return job?.name === token ? job : undefined
  }
  const job = find()
  const execution = job && findExecution(db, job.executionArn)
  return execution && executions.closeIfAbandoned(execution) ? find() : job
}
