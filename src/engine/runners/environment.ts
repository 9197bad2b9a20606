// The environment that a job's process gets: what its request says, what SageMaker adds, and of the user's own only what
// programs need to start. Credentials, tokens and everything else of the user's shell stay outside.

import type {JobRequest} from './job-types.ts'
import {mlRoot} from './ml-paths.ts'
import type {Env} from './programs.ts'

const kept = new Set([
  'PATH',
  'HOME',
  'LANG',
  'VIRTUAL_ENV',
  'CONDA_PREFIX',
  'PYENV_ROOT',
  'PYENV_VERSION',
  'PYTHONPATH',
  'LD_LIBRARY_PATH',
])
const keptBeginnings = ['LC_', 'SSL_CERT_']

/** In the words of the container: paths are under /opt/ml. */
export function jobEnvironment(
  request: JobRequest,
  own: Readonly<Record<string, string>>,
  env: Env,
): Record<string, string> {
  const prefix = request.kind === 'Processing' ? 'PROCESSING_JOB' : 'TRAINING_JOB'
  return {
    ...keptEnvironment(env),
    AWS_REGION: request.region,
    AWS_DEFAULT_REGION: request.region,
    PYTHONUNBUFFERED: '1',
    TMPDIR: `${mlRoot}/tmp`,
    MLPIPE_OPT_ML: mlRoot,
    [`${prefix}_NAME`]: request.jobName,
    [`${prefix}_ARN`]: request.jobArn,
    ...own,
  }
}

function keptEnvironment(env: Env): Record<string, string> {
  const result: Record<string, string> = {}
  for (const [name, value] of Object.entries(env)) {
    const isKept = kept.has(name) || keptBeginnings.some((beginning) => name.startsWith(beginning))
    if (isKept && value !== undefined) result[name] = value
  }
  return result
}
