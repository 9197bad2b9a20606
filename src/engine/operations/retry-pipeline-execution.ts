// RetryPipelineExecution: the same execution runs again, with its own definition and parameters. What had succeeded is
// kept, whatever the step cache would say; what had not, and all that waits for it, runs.

import {type ExecutionRow, isTerminal, reopenExecution} from '../store/executions.ts'
import {findSteps, removeUnsuccessfulSteps} from '../store/steps.ts'
import type {retryPipelineExecutionShape} from '../validations/retry-pipeline-execution.ts'
import type {InputOf} from '../validations/shape.ts'
import type {OperationContext} from './context.ts'
import {executionOf} from './finding.ts'
import {type Fault, invalid, ok, type Reply} from './reply.ts'

type RetryInput = InputOf<typeof retryPipelineExecutionShape>
type Retried = {readonly kind: 'retried'; readonly isNew: boolean} | {readonly kind: 'fault'; readonly fault: Fault}

export function retryPipelineExecution(input: RetryInput, context: OperationContext): Reply {
  const retried = context.db.transaction(() => reopen(input, context))
  if (retried.kind === 'fault') return retried
  if (retried.isNew) context.executions.begin(input.PipelineExecutionArn)
  return ok({PipelineExecutionArn: input.PipelineExecutionArn})
}

function reopen(input: RetryInput, context: OperationContext): Retried {
  const {db, executions} = context
  const arn = input.PipelineExecutionArn
  const found = endedOf(arn, context)
  if (found.kind === 'fault') return found
  const {row} = found
  if (row.retryToken === input.ClientRequestToken) return {kind: 'retried', isNew: false}

  const refusal = whyNot(row, context)
  if (refusal !== undefined) return invalid(`Pipeline execution with ARN ${arn} ${refusal}`)

  const {owner, claimDeadlineMs} = executions.starter
  removeUnsuccessfulSteps(db, arn)
  reopenExecution(db, {
    ...row,
    parallelism: input.ParallelismConfiguration?.MaxParallelExecutionSteps ?? row.parallelism,
    modifiedAtMs: context.now(),
    ownerPid: owner?.pid ?? null,
    ownerStart: owner?.start ?? null,
    claimDeadlineMs: claimDeadlineMs ?? null,
    retryToken: input.ClientRequestToken,
  })
  return {kind: 'retried', isNew: true}
}

/** The execution; closed first when its process has died. */
function endedOf(arn: string, {db, executions}: OperationContext) {
  const found = executionOf(db, arn)
  if (found.kind === 'fault' || isTerminal(found.row.status) || !executions.closeIfAbandoned(found.row)) return found
  return executionOf(db, arn)
}

/** The Developer Guide says that an execution which a Fail step ended cannot be retried; AWS's sentences are not known. */
function whyNot(row: ExecutionRow, {db}: OperationContext): string | undefined {
  if (row.status !== 'Failed' && row.status !== 'Stopped') return `is in ${row.status} status and can not be retried.`
  const failing = findSteps(db, row.arn).find(({type, status}) => type === 'Fail' && status === 'Failed')
  return failing && `was ended by the Fail step [${failing.name}] and can not be retried.`
}
