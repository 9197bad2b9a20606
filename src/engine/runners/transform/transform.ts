// A Transform step: batch inference with the model's own script, or a rehearsal when the model has none that runs here.

import {findModel} from '../hosting/hosted-model.ts'
import {startJob as startProcess} from '../job.ts'
import {JobFault} from '../job-fault.ts'
import type {JobDeps, JobOutcome, JobRequest, RunningJob} from '../job-types.ts'
import {startSimulated} from '../simulate/simulate.ts'
import {modelRequest} from './transform-plan.ts'

export function startTransform(request: JobRequest, deps: JobDeps): RunningJob {
  const startedAtMs = deps.now()
  let asked: 'nothing' | 'stop' | 'kill' = 'nothing'
  let job: RunningJob | undefined
  const end = (status: JobOutcome['status'], failureReason?: string): JobOutcome => {
    const reason = failureReason === undefined ? {} : {failureReason}
    return {status, ...reason, metrics: [], startedAtMs, endedAtMs: deps.now()}
  }
  const run = async (): Promise<JobOutcome> => {
    try {
      const found = await findModel(modelRequest(request.arguments, deps), deps.objects)
      if (asked !== 'nothing') return end('Stopped')
      job = found.kind === 'model' ? startProcess(request, deps) : startSimulated(request, deps, found.why)
      return await job.done
    } catch (error) {
      if (!(error instanceof JobFault)) throw error
      deps.writeLog(request.jobName, `mlpipe: ${error.message}`)
      return end('Failed', error.message)
    }
  }
  return {
    done: run(),
    stop() {
      asked = 'stop'
      job?.stop()
    },
    kill() {
      asked = 'kill'
      job?.kill()
    },
  }
}
