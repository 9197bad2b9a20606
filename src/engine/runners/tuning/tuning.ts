// A tuning job: tries hyperparameters, each in a training job of its own, and keeps account of the best.
// Source: SageMaker API, CreateHyperParameterTuningJob; Developer Guide, "Perform Automatic Model Tuning".

import {createHash} from 'node:crypto'
import type {Json, JsonObject} from '../../../definition/json.ts'
import {objectAt, textAt} from '../../../definition/json-members.ts'
import {definitionNameMember, type TuningDefinition, tuningDefinitions} from '../../store/tuning-documents.ts'
import {cutReason} from '../exit-text.ts'
import {clientFault, JobFault} from '../job-fault.ts'
import type {ChildJob, JobDeps, JobOutcome, JobRequest, RunningJob} from '../job-types.ts'
import {numberAt, textMapAt} from '../request-fields.ts'
import {gridSearch, type Point, randomSearch, type Search, seededRandom} from './tuning-space.ts'

/** ResourceLimits, "MaxNumberOfTrainingJobs": without one a tuning job goes on until it has converged. Here that is never. */
const fallbackJobs = 10

type Trial = {readonly definition: TuningDefinition; readonly point: Point}

/** The trials one after the other; undefined when there are no more. */
type Trials = () => Trial | undefined

type Plan = {
  readonly trials: Trials
  readonly mostJobs: number
  readonly parallelJobs: number
  readonly remark: string | undefined
  readonly isMinimum: boolean
}

type Control = {asked: 'nothing' | 'stop' | 'kill'; readonly running: Set<ChildJob>}

type Best = {readonly value: number; readonly text: string}

type Tally = {started: number; measured: number; failed: number; best?: Best; firstReason?: string}

export function startTuning(request: JobRequest, deps: JobDeps): RunningJob {
  const control: Control = {asked: 'nothing', running: new Set()}
  return {
    done: runTuning(request, deps, control),
    stop() {
      if (control.asked !== 'nothing') return
      control.asked = 'stop'
      for (const child of control.running) child.stop()
    },
    kill() {
      control.asked = 'kill'
      for (const child of control.running) child.kill()
    },
  }
}

async function runTuning(request: JobRequest, deps: JobDeps, control: Control): Promise<JobOutcome> {
  const startedAtMs = deps.now()
  const note = (text: string) => deps.writeLog(request.jobName, `mlpipe: ${text}`)
  const tally: Tally = {started: 0, measured: 0, failed: 0}
  const end = (status: JobOutcome['status'], failureReason?: string): JobOutcome => {
    if (failureReason !== undefined) note(failureReason)
    const reason = failureReason === undefined ? {} : {failureReason: cutReason(failureReason)}
    return {status, ...reason, metrics: [], startedAtMs, endedAtMs: deps.now()}
  }
  try {
    const plan = planTuning(request, note)
    await Promise.all(Array.from({length: plan.parallelJobs}, () => work(plan, request, deps, control, tally)))
    if (control.asked !== 'nothing') return end('Stopped')
    note(`${tally.started} training jobs, ${tally.measured} with a value of the objective, ${tally.failed} failed`)
    if (tally.best) note(`the best is ${tally.best.text}`)
    const ended = tally.measured > 0 ? end('Completed') : end('Failed', noObjective(request, tally))
    return plan.remark === undefined ? ended : {...ended, remark: plan.remark}
  } catch (error) {
    if (error instanceof JobFault) return end('Failed', error.message)
    throw error
  }
}

/** One of the workers that run trials side by side. */
async function work(plan: Plan, request: JobRequest, deps: JobDeps, control: Control, tally: Tally): Promise<void> {
  while (control.asked === 'nothing' && tally.started < plan.mostJobs) {
    const trial = plan.trials()
    if (!trial) return
    tally.started += 1
    await runTrial(trial, childName(request.jobName, tally.started), plan, request, deps, control, tally)
  }
}

async function runTrial(
  {definition, point}: Trial,
  name: string,
  {isMinimum}: Plan,
  request: JobRequest,
  deps: JobDeps,
  control: Control,
  tally: Tally,
): Promise<void> {
  const note = (text: string) => deps.writeLog(request.jobName, text)
  note(`${name} started with ${describePoint(point)}`)
  const child = deps.startChild('Training', name, trainingRequest(definition, point))
  control.running.add(child)
  const outcome = await child.done
  control.running.delete(child)

  const metric = definition.objective?.metric
  const value = outcome.metrics.find((one) => one.name === metric)?.value
  if (value !== undefined) {
    tally.measured += 1
    const isBetter = !tally.best || (isMinimum ? value < tally.best.value : value > tally.best.value)
    if (isBetter) tally.best = {value, text: `${name}: ${metric} ${value} with ${describePoint(point)}`}
  }
  if (outcome.status === 'Failed') tally.failed += 1
  const measured = value === undefined ? `without ${metric}` : `${metric} ${value}`
  // The reason of a script has the line that tells most at its end.
  const reason = outcome.failureReason?.replace(/\s*\n\s*/g, ' ')
  if (reason !== undefined) tally.firstReason ??= reason
  note(`${name} ${outcome.status}, ${measured}${reason === undefined ? '' : `: ${reason}`}`)
}

function planTuning(request: JobRequest, note: (text: string) => void): Plan {
  const config = objectAt(request.arguments, 'HyperParameterTuningJobConfig')
  const definitions = tuningDefinitions(request.arguments)
  if (definitions.length === 0) throw clientFault('the request has no TrainingJobDefinition')
  for (const {objective, name} of definitions) {
    if (!objective) throw clientFault(`${name ?? 'HyperParameterTuningJobConfig'} has no objective metric`)
  }

  const strategy = textAt(config, 'Strategy') ?? 'Bayesian'
  const isModelled = strategy === 'Bayesian' || strategy === 'Hyperband'
  const remark = isModelled
    ? `the strategy ${strategy} is not available here: the values are drawn at random`
    : undefined
  if (remark !== undefined) note(remark)
  if (textAt(config, 'TrainingJobEarlyStoppingType') === 'Auto') note('no training job is stopped early here')
  if (request.arguments.WarmStartConfig !== undefined) note('WarmStartConfig counts for nothing here')

  const limits = objectAt(config, 'ResourceLimits')
  const seed = numberAt(config, 'RandomSeed') ?? request.jobName
  const isGrid = strategy === 'Grid'
  const searches = definitions.map((definition, index) => {
    const owner = definition.name === undefined ? 'the tuning job' : `definition "${definition.name}"`
    const random = seededRandom(`${seed}/${index}`)
    return isGrid ? gridSearch(definition.ranges, owner) : randomSearch(definition.ranges, owner, random)
  })
  const unlimited = isGrid ? Number.POSITIVE_INFINITY : fallbackJobs
  return {
    trials: inTurn(definitions, searches),
    mostJobs: numberAt(limits, 'MaxNumberOfTrainingJobs') ?? unlimited,
    parallelJobs: Math.max(1, numberAt(limits, 'MaxParallelTrainingJobs') ?? 1),
    remark,
    isMinimum: definitions[0]?.objective?.type === 'Minimize',
  }
}

/** One trial of each definition after the other, until all are done. */
function inTurn(definitions: readonly TuningDefinition[], searches: readonly Search[]): Trials {
  const open = definitions.map((definition, index) => ({definition, search: searches[index]}))
  return () => {
    for (let next = open.shift(); next; next = open.shift()) {
      const point = next.search?.()
      if (point === undefined) continue
      open.push(next)
      return {definition: next.definition, point}
    }
    return undefined
  }
}

/** `<tuning job>-001-<8 hex>`, as the service names them; the same for the same job. */
function childName(jobName: string, number: number): string {
  const count = String(number).padStart(3, '0')
  return `${jobName}-${count}-${createHash('sha256').update(`${jobName}/${number}`).digest('hex').slice(0, 8)}`
}

/** The request of the training job that a definition and a point make. */
function trainingRequest({name, document}: TuningDefinition, point: Point): JsonObject {
  const {
    DefinitionName: _name,
    TuningObjective: _objective,
    HyperParameterRanges: _ranges,
    StaticHyperParameters: _static,
    HyperParameterTuningResourceConfig: resources,
    ...rest
  } = document
  const given: Record<string, Json> = {...textMapAt(document, 'StaticHyperParameters'), ...point}
  return {
    ...rest,
    ...(rest.ResourceConfig === undefined && resources !== undefined ? {ResourceConfig: resources} : {}),
    HyperParameters: given,
    ...(name === undefined ? {} : {[definitionNameMember]: name}),
  }
}

function noObjective(request: JobRequest, {started, failed, firstReason}: Tally): string {
  const metrics = tuningDefinitions(request.arguments).map(({objective}) => `"${objective?.metric}"`)
  const what = [...new Set(metrics)].join(', ')
  const why =
    failed === started
      ? `all of them failed, the first with ${firstReason}`
      : 'its MetricDefinitions match nothing in their logs'
  return `ClientError: none of the ${started} training jobs gave a value of the objective metric ${what}: ${why}`
}

function describePoint(point: Point): string {
  const parts = Object.entries(point).map(([name, value]) => `${name}=${value}`)
  return parts.length === 0 ? 'the static hyperparameters' : parts.join(' ')
}
