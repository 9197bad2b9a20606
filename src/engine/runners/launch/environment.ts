// The environment that a job's process gets: what its request says, what SageMaker adds, and of the user's own only what
// programs need to start. Credentials, tokens and everything else of the user's shell stay outside.

import type {JobRequest} from '../job-types.ts'
import {mlRoot} from '../ml-paths.ts'
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

type Variables = Readonly<Record<string, string>>

export function jobEnvironment(request: JobRequest, own: Variables, env: Env): Record<string, string> {
  return containerEnvironment(request.region, {...ownName(request), ...own}, env)
}

/** In the words of the container: paths are under /opt/ml. */
export function containerEnvironment(region: string, own: Variables, env: Env): Record<string, string> {
  return {
    ...keptEnvironment(env),
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
    PYTHONUNBUFFERED: '1',
    TMPDIR: `${mlRoot}/tmp`,
    MLPIPE_OPT_ML: mlRoot,
    ...own,
  }
}

/** PROCESSING_JOB_NAME and _ARN, TRAINING_JOB_NAME and _ARN. */
function ownName({kind, jobName, jobArn}: JobRequest): Record<string, string> {
  if (kind !== 'Processing' && kind !== 'Training') return {}
  const prefix = `${kind.toUpperCase()}_JOB`
  return {[`${prefix}_NAME`]: jobName, [`${prefix}_ARN`]: jobArn}
}

function keptEnvironment(env: Env): Record<string, string> {
  const result: Record<string, string> = {}
  for (const [name, value] of Object.entries(env)) {
    const isKept = kept.has(name) || keptBeginnings.some((beginning) => name.startsWith(beginning))
    if (isKept && value !== undefined) result[name] = value
  }
  return result
}
