// Which runner a job goes to: by what its step asks for, then by its kind.

import {isRehearsed} from '../../cache/rehearsal.ts'
import {startCallback} from './callback.ts'
import {startCheck} from './checks/start-check.ts'
import {startJob as startProcess} from './job.ts'
import type {JobDeps, JobKind, JobRequest, RunningJob} from './job-types.ts'
import {startLambda} from './lambda/lambda.ts'
import {startDocker} from './launch/docker.ts'
import {startSimulated} from './simulate/simulate.ts'
import {startTransform} from './transform/transform.ts'
import {startTuning} from './tuning/tuning.ts'

/** What the engine does itself, or with this machine's Python and Node. */
const withoutImage: readonly JobKind[] = ['Transform', 'Lambda', 'Callback', 'QualityCheck', 'ClarifyCheck']

export function startJob(request: JobRequest, deps: JobDeps): RunningJob {
  const {kind, hints} = request
  if (isRehearsed(kind, hints.runner)) return startSimulated(request, deps)
  if (hints.runner === 'docker' && withoutImage.includes(kind)) {
    deps.writeLog(request.jobName, `mlpipe: docker runs processing and training jobs: this ${kind} step needs none`)
  }
  switch (kind) {
    case 'Tuning':
      return startTuning(request, deps)
    case 'Transform':
      return startTransform(request, deps)
    case 'Lambda':
      return startLambda(request, deps)
    case 'Callback':
      return startCallback(request, deps)
    case 'QualityCheck':
    case 'ClarifyCheck':
      return startCheck(request, deps)
    default:
      return hints.runner === 'docker' ? startDocker(request, deps) : startProcess(request, deps)
  }
}
