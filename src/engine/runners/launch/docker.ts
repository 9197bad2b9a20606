// `runner: docker`: a processing or training job in its real image, by the docker command.

import {execFile} from 'node:child_process'
import {promisify} from 'node:util'
import type {Json} from '../../../definition/json.ts'
import {isJsonObject} from '../../../definition/json.ts'
import {graceMs, startJob} from '../job.ts'
import {clientFault} from '../job-fault.ts'
import type {Exit, JobContext, JobPlan} from '../job-plan.ts'
import type {JobDeps, JobRequest, RunningJob} from '../job-types.ts'
import {mlRoot} from '../ml-paths.ts'
import {textMapAt} from '../request-fields.ts'
import {fetchSource} from '../training/script-mode.ts'
import {dockerArguments} from './docker-arguments.ts'
import {type JobProcess, startProcess} from './job-process.ts'
import {type Launcher, type Program, writeConfigFiles} from './launcher.ts'
import {type Env, findProgram} from './programs.ts'

const run = promisify(execFile)

/** Of docker itself: the image cannot be had, the daemon refuses. */
const dockerFailed = 125

const daemonTimeoutMs = 30_000

export function startDocker(request: JobRequest, deps: JobDeps): RunningJob {
  return startJob(request, deps, launchContainer)
}

const launchContainer: Launcher = async (context) => {
  const {env} = context.deps
  const docker = findProgram('docker', env)
  if (docker === undefined) {
    throw clientFault(
      'the step has runner: docker, but there is no docker command on PATH: install Docker, or take runner: process',
    )
  }
  await findDaemon(docker, env)
  return (plan) => containerProgram(docker, plan, context)
}

async function findDaemon(docker: string, env: Env): Promise<void> {
  try {
    await run(docker, ['version', '--format', '{{.Server.Version}}'], {env: dockerEnv(env), timeout: daemonTimeoutMs})
  } catch (error) {
    const said =
      isRecord(error) && typeof error.stderr === 'string' ? error.stderr.trim().split('\n').at(-1) : undefined
    throw clientFault(
      `the Docker daemon does not answer${said ? ` (${said})` : ''}: start Docker, or take runner: process for this step`,
    )
  }
}

async function containerProgram(docker: string, plan: JobPlan, context: JobContext): Promise<Program> {
  const {request, deps, jobDirectory, note} = context
  const hasSource = await placeSource(context)
  writeConfigFiles(plan, context, (content, path) => (hasSource ? withLocalSource(content, path) : content))
  const argv = [docker, ...dockerArguments(request, plan, context)]
  note(`runs in docker as container ${request.jobName}`)
  const environment = dockerEnv(deps.env)
  const start = (onLine: (line: string) => void): JobProcess => {
    const client = startProcess({
      ...{prefix: [], setUp: '', argv, environment, pipe: undefined, onLine},
      workingDirectory: jobDirectory,
    })
    const tell = (...words: string[]) => void run(docker, words, {env: environment}).catch(() => undefined)
    return {
      exited: client.exited,
      signal: () => tell('stop', '-t', String(Math.ceil(graceMs(deps) / 1000)), request.jobName),
      kill() {
        tell('kill', request.jobName)
        client.kill()
      },
    }
  }
  return {command: {argv, workingDirectory: jobDirectory, environment: {}}, start, discard() {}, explain: explainDocker}
}

function explainDocker({code}: Exit, lastLines: readonly string[]): string | undefined {
  if (code !== dockerFailed) return undefined
  const said = lastLines.find((line) => line.startsWith('docker:')) ?? lastLines.at(-1) ?? 'it says nothing'
  return `ClientError: docker could not start the container: ${said.trim()}. Look whether the image exists and docker is logged in to its registry`
}

/** The image's toolkit would fetch the source from S3; here it lies in /opt/ml/code. Says whether there is one. */
async function placeSource(context: JobContext): Promise<boolean> {
  if (context.request.kind !== 'Training') return false
  const {sagemaker_submit_directory: text} = textMapAt(context.request.arguments, 'HyperParameters')
  const source = text?.replace(/^"|"$/g, '')
  if (!source?.startsWith('s3://')) return false
  await fetchSource(context, source)
  return true
}

function withLocalSource(content: Json, path: string): Json {
  if (!path.endsWith('/hyperparameters.json') || !isJsonObject(content)) return content
  return {...content, sagemaker_submit_directory: JSON.stringify(`${mlRoot}/code`)}
}

/** Where the daemon is and how to log in to it; nothing of the job's. */
function dockerEnv(env: Env): Record<string, string> {
  const kept = Object.entries(env).flatMap(([name, value]) =>
    value !== undefined && (name.startsWith('DOCKER_') || ['PATH', 'HOME', 'XDG_RUNTIME_DIR'].includes(name))
      ? [[name, value] as const]
      : [],
  )
  return Object.fromEntries(kept)
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}
