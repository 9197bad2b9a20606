// Runs one job under SageMaker's container contract: inputs, program, results. Its launcher says where the program runs.

import {existsSync, mkdirSync} from 'node:fs'
import {rm} from 'node:fs/promises'
import {join} from 'node:path'
import {cutReason} from './exit-text.ts'
import {copyInput} from './inputs.ts'
import {JobFault} from './job-fault.ts'
import type {Collected, Ending, Exit, JobContext, JobPlan} from './job-plan.ts'
import type {JobDeps, JobMetric, JobOutcome, JobRequest, RunningJob} from './job-types.ts'
import type {JobProcess} from './launch/job-process.ts'
import type {Launcher, Program} from './launch/launcher.ts'
import {launchProcess} from './launch/process-launcher.ts'
import type {MetricScraper} from './metrics.ts'
import {metricScraper} from './metrics.ts'
import {hostPath} from './ml-paths.ts'
import {planJob} from './plans.ts'

/** SageMaker gives a job 120 s between SIGTERM and SIGKILL. Here someone waits at the keyboard; MLPIPE_STOP_GRACE_SECONDS changes it. */
const stopGraceSeconds = 5

/** The longest delay that a timer takes. */
const longestTimerMs = 2 ** 31 - 1

/** What a failure's reason quotes of the log. */
const linesKept = 10

/** What has been asked of the job from outside, and the process to ask it of while there is one. */
type Control = {
  asked: 'nothing' | 'stop' | 'kill'
  hasRunOut: boolean
  running: JobProcess | undefined
  timers: NodeJS.Timeout[]
}

/** Starts a job in its own directory under the state directory. */
export function startJob(request: JobRequest, deps: JobDeps, launcher: Launcher = launchProcess): RunningJob {
  const control: Control = {asked: 'nothing', hasRunOut: false, running: undefined, timers: []}
  return {
    done: runJob(request, deps, control, launcher),
    stop() {
      if (control.asked !== 'nothing') return
      control.asked = 'stop'
      terminate(control, deps)
    },
    kill() {
      control.asked = 'kill'
      control.running?.kill()
    },
  }
}

async function runJob(request: JobRequest, deps: JobDeps, control: Control, launcher: Launcher): Promise<JobOutcome> {
  const startedAtMs = deps.now()
  const jobDirectory = join(deps.stateDirectory, 'jobs', request.jobName)
  const note = (text: string) => deps.writeLog(request.jobName, `mlpipe: ${text}`)
  const context: JobContext = {request, deps, jobDirectory, mlDirectory: join(jobDirectory, 'ml'), note}

  const report = await attempt(context, control, launcher)
  const {ending} = report
  await cleanUp(context, ending)
  return {...toStatus(ending), ...report.collected, metrics: report.metrics, startedAtMs, endedAtMs: deps.now()}
}

type Report = {readonly ending: Ending; readonly collected: Collected; readonly metrics: readonly JobMetric[]}

/** Whatever goes wrong before the program runs ends the job as failed, with nothing to collect. */
async function attempt(context: JobContext, control: Control, launcher: Launcher): Promise<Report> {
  try {
    const plan = planJob(context.request, context.deps)
    const scraper = metricScraper(plan.metricPatterns)
    const program = await prepare(plan, context, control, launcher)
    if (!program) return {ending: {kind: 'stopped'}, collected: {}, metrics: []}

    const ending = await runProgram(plan, program, context, control, scraper)
    return {...(await collectAfter(ending, plan, context, control)), metrics: scraper.metrics()}
  } catch (error) {
    const ending = failedBy(error)
    context.note(ending.reason)
    return {ending, collected: {}, metrics: []}
  }
}

/** Everything up to the start of the program; undefined when the job was stopped meanwhile. */
async function prepare(
  plan: JobPlan,
  context: JobContext,
  control: Control,
  launcher: Launcher,
): Promise<Program | undefined> {
  layOut(plan, context)

  const isStopped = () => control.asked !== 'nothing'
  const launching = launcher(context)
  const copying = copyInputs(plan, context, isStopped)
  await Promise.allSettled([launching, copying])
  const makeProgram = await launching
  await copying
  if (isStopped()) return undefined

  remarkOn(plan, context)
  const program = await makeProgram(plan)
  if (!isStopped()) return program
  program.discard()
  return undefined
}

/** One after the other: inputs may lie within one another. */
async function copyInputs(plan: JobPlan, context: JobContext, isStopped: () => boolean): Promise<void> {
  for (const input of plan.inputs) if (!isStopped()) await copyInput(input, context, isStopped)
}

async function runProgram(
  plan: JobPlan,
  program: Program,
  context: JobContext,
  control: Control,
  scraper: MetricScraper,
): Promise<Ending> {
  const {deps, request} = context
  const lastLines: string[] = []
  const onLine = (line: string) => {
    deps.writeLog(request.jobName, line)
    scraper.read(line, deps.now())
    if (line.trim() === '') return
    lastLines.push(line)
    if (lastLines.length > linesKept) lastLines.shift()
  }
  const running = program.start(onLine)
  control.running = running
  limitRuntime(plan, control, deps)
  try {
    const exit = await running.exited
    return stoppedEnding(plan, control) ?? (await endingOf(exit, plan, context, program, lastLines))
  } finally {
    control.running = undefined
    for (const timer of control.timers) clearTimeout(timer)
  }
}

function stoppedEnding(plan: JobPlan, control: Control): Ending | undefined {
  if (control.asked !== 'nothing') return {kind: 'stopped'}
  if (!control.hasRunOut) return undefined
  if (plan.timeoutReason !== undefined) return {kind: 'failed', reason: plan.timeoutReason}
  const limit = plan.maxRuntimeSeconds
  return {kind: 'stopped', reason: `The job ran longer than its limit of ${limit} seconds (MaxRuntimeInSeconds)`}
}

async function endingOf(
  exit: Exit,
  plan: JobPlan,
  context: JobContext,
  program: Program,
  lastLines: readonly string[],
): Promise<Ending> {
  if (exit.code === 0 && exit.signal === null) return {kind: 'completed'}

  const reason = program.explain?.(exit, lastLines) ?? (await plan.failure?.(context))
  return {kind: 'failed', reason: reason ?? plan.explain(context, exit, program.command, lastLines)}
}

/** A job that was killed leaves nothing; one whose results cannot be uploaded has failed. */
async function collectAfter(
  ending: Ending,
  plan: JobPlan,
  context: JobContext,
  control: Control,
): Promise<Omit<Report, 'metrics'>> {
  if (control.asked === 'kill') return {ending, collected: {}}
  try {
    return {ending, collected: await plan.collect(context, ending)}
  } catch (error) {
    const failed = failedBy(error)
    context.note(`what the job left cannot be taken: ${failed.reason}`)
    return {ending: ending.kind === 'completed' ? failed : ending, collected: {}}
  }
}

/** SIGTERM, and SIGKILL to the whole group when the grace is over. */
function terminate(control: Control, deps: JobDeps): void {
  const {running} = control
  if (!running) return
  running.signal('TERM')
  control.timers.push(setTimeout(() => running.kill(), graceMs(deps)))
}

export function graceMs(deps: JobDeps): number {
  const text = deps.env.MLPIPE_STOP_GRACE_SECONDS
  const seconds = text === undefined || text.trim() === '' ? stopGraceSeconds : Number(text)
  return 1000 * (Number.isFinite(seconds) && seconds >= 0 ? seconds : stopGraceSeconds)
}

function limitRuntime(plan: JobPlan, control: Control, deps: JobDeps): void {
  if (plan.maxRuntimeSeconds === undefined) return
  const end = () => {
    control.hasRunOut = true
    terminate(control, deps)
  }
  control.timers.push(setTimeout(end, Math.min(plan.maxRuntimeSeconds * 1000, longestTimerMs)))
}

/** `tmp` is the job's TMPDIR; `opt` is where a sandbox may build its /opt. */
function layOut(plan: JobPlan, {jobDirectory, mlDirectory}: JobContext): void {
  mkdirSync(join(mlDirectory, 'tmp'), {recursive: true})
  mkdirSync(join(jobDirectory, 'opt'), {recursive: true})
  for (const path of plan.directories) mkdirSync(hostPath(mlDirectory, path, 'the job'), {recursive: true})
}

function remarkOn(plan: JobPlan, {note}: JobContext): void {
  if (plan.instanceCount > 1) note(`the job asks for ${plan.instanceCount} instances; it runs here as one host, algo-1`)
}

async function cleanUp({jobDirectory, note}: JobContext, ending: Ending): Promise<void> {
  if (!existsSync(jobDirectory)) return
  const isKept = ending.kind === 'failed' || (ending.kind === 'stopped' && ending.reason !== undefined)
  if (isKept) {
    note(`what the job had and wrote is kept in ${jobDirectory}`)
    return
  }
  await rm(jobDirectory, {recursive: true, force: true}).catch((error: unknown) =>
    note(`cannot remove ${jobDirectory}: ${messageOf(error)}`),
  )
}

function toStatus(ending: Ending): Pick<JobOutcome, 'status' | 'failureReason'> {
  switch (ending.kind) {
    case 'completed':
      return {status: 'Completed'}
    case 'failed':
      return {status: 'Failed', failureReason: cutReason(ending.reason)}
    case 'stopped':
      return ending.reason === undefined ? {status: 'Stopped'} : {status: 'Stopped', failureReason: ending.reason}
  }
}

/** A fault says all that is to say; anything else is the machine's or ours. */
function failedBy(error: unknown): {kind: 'failed'; reason: string} {
  return {
    kind: 'failed',
    reason: error instanceof JobFault ? error.message : `InternalServerError: ${messageOf(error)}`,
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
