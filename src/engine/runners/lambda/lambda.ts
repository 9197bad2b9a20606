// A Lambda step: the local function that its spec names, or a rehearsal when it names none.

import {startJob as startProcess} from '../job.ts'
import type {JobDeps, JobOutcome, JobRequest, RunningJob} from '../job-types.ts'
import {startSimulated} from '../simulate/simulate.ts'
import {timedOutReason} from './lambda-plan.ts'

const noHandler = 'the step names no local function (local: {handler: src/notify.py:handler})'

/**
 * "Lambda step": a function cannot be stopped. One that is asked to is waited for; when it ends, however, the step has
 * stopped, and when it comes to its limit, the step has failed.
 */
export function startLambda(request: JobRequest, deps: JobDeps): RunningJob {
  if (!request.hints.handler) return startSimulated(request, deps, noHandler)

  const job = startProcess(request, deps)
  let isAsked = false
  const asStopped = ({status, failureReason, ...outcome}: JobOutcome): JobOutcome => {
    const hasTimedOut = status === 'Failed' && failureReason === timedOutReason(deps)
    if (!isAsked || hasTimedOut) return {...outcome, status, ...(failureReason === undefined ? {} : {failureReason})}
    return {...outcome, status: 'Stopped'}
  }
  return {
    done: job.done.then(asStopped),
    stop() {
      if (!isAsked) deps.writeLog(request.jobName, 'mlpipe: a Lambda function cannot be stopped: waiting for its end')
      isAsked = true
    },
    kill: job.kill,
  }
}
