// Why a step would be reused or rerun: its whole key, part by part, beside that of the nearest earlier success.

import {type Facts, type PastRun, pastKey} from '../cache/past-execution.ts'
import {explainKey, type KeyPart} from '../cache/predict-key.ts'
import type {StepPrediction} from '../cache/verdict.ts'
import {sameJson} from '../definition/exact-json.ts'
import type {Json, JsonObject} from '../definition/json.ts'
import {jsonLeaves} from '../definition/json-difference.ts'
import {MlpipeError} from '../diagnostics/mlpipe-error.ts'
import {suggestName} from '../text/nearest-name.ts'
import {executionId} from './executions/execution-arn.ts'
import {resolveExecution} from './executions/resolve-execution.ts'
import type {WhyResult} from './forecast/forecast.ts'
import {findLines, type LineFinder, stepForecast} from './forecast/forecast-run.ts'
import {openNextRun, predictPastRun} from './forecast/next-run.ts'
import type {RunPrediction} from './forecast/predict-run.ts'
import {whyChain} from './forecast/why-chain.ts'
import type {Project, ProjectInput} from './open-project.ts'
import type {ParametersInput} from './parameters/given-parameters.ts'
import type {World} from './world.ts'

export type WhyInput = ProjectInput &
  ParametersInput & {
    readonly step: string
    /** Explain that execution instead of the next run. */
    readonly execution?: string | undefined
  }

export async function why(input: WhyInput, world: World): Promise<WhyResult> {
  const next = await openNextRun(input, world)
  const {project, cloud, nowMs} = next
  if (input.execution === undefined) {
    return describe(input.step, await next.predict(), {project, nowMs, lines: findLines(project)})
  }
  const arn = await resolveExecution(input.execution, project.pipelineName, cloud, input)
  const past = await predictPastRun(arn, project, cloud)
  // The spec's lines say nothing of another definition.
  const lines = sameJson(past.definitionText, project.definitionText) ? findLines(project) : noLines
  return {...describe(input.step, past, {project, nowMs, lines}), execution: executionId(arn)}
}

type View = {readonly project: Project; readonly nowMs: number; readonly lines: LineFinder}

const noLines: LineFinder = {step: () => undefined, parameter: () => undefined}

function describe(stepName: string, prediction: RunPrediction, {project, nowMs, lines}: View): WhyResult {
  const step = prediction.steps.find(({name}) => name === stepName)
  if (!step) throw unknownStep(stepName, prediction.steps)
  const parts = step.verdict.kind === 'always' ? [] : explainKey(prediction.input, prediction.steps, stepName)
  const nearest = nearestRun(step, prediction, parts)
  const compared = compareParts(parts, nearest?.key)
  return {
    formatVersion: 1,
    file: project.specPath,
    pipeline: project.pipelineName,
    target: project.target.name,
    step: stepForecast(step, lines, nowMs),
    key: groupByAttribute(compared.map((part) => withLine(part, stepName, lines))),
    ...(nearest ? {nearest: nearestReport(nearest.run, compared)} : {}),
    ...whyChain(step, prediction.steps),
  }
}

function nearestReport(run: PastRun, parts: readonly Part[]): NonNullable<WhyResult['nearest']> {
  return {
    execution: executionId(run.executionArn),
    endedAt: new Date(run.finishedAtMs).toISOString(),
    differing: parts.filter(({state}) => state !== 'same').length,
    parts: parts.length,
  }
}

type Part = WhyResult['key'][number]['parts'][number]

/** The key as it would be, beside what it was; parts that are gone come last. */
function compareParts(parts: readonly KeyPart[], before: JsonObject | undefined): Part[] {
  const old = new Map(before ? keyLeaves(before).map(({path, value}) => [path, value]) : [])
  const now = parts.map((part): Part => {
    const was = old.get(part.path)
    const side = was === undefined ? {} : {before: was}
    if (part.state !== 'known') {
      const [cause] = part.because
      const value = cause && 'value' in cause ? {value: cause.value} : {}
      return {path: part.path, ...side, state: part.state, ...value}
    }
    const isSame = was !== undefined && JSON.stringify(was) === JSON.stringify(part.value)
    return {path: part.path, ...side, after: part.value, state: isSame ? 'same' : 'differs'}
  })
  const paths = new Set(parts.map(({path}) => path))
  const gone = [...old].filter(([path]) => !paths.has(path))
  return [...now, ...gone.map(([path, value]): Part => ({path, before: value, state: 'differs'}))]
}

function keyLeaves(key: JsonObject): {readonly path: string; readonly value: Json}[] {
  return Object.entries(key).flatMap(([name, value]) => jsonLeaves(value, [{kind: 'member', name}]))
}

type NearestRun = {readonly run: PastRun; readonly key: JsonObject}

/** How many of the latest successes are compared. */
const comparedRuns = 10

/** The run that is reused, else the earlier success that shares most parts; the newest of equally near ones. */
function nearestRun(
  {name, verdict}: StepPrediction,
  {input}: RunPrediction,
  parts: readonly KeyPart[],
): NearestRun | undefined {
  const runs = verdict.kind === 'hit' ? [verdict.from] : (input.runs.get(name) ?? []).slice(0, comparedRuns)
  let best: (NearestRun & {differing: number}) | undefined
  for (const run of runs) {
    const key = keyOfRun(run, input.facts)
    const differing = key ? compareParts(parts, key).filter(({state}) => state !== 'same').length : 0
    if (key && (!best || differing < best.differing)) best = {run, key, differing}
  }
  return best
}

function keyOfRun(run: PastRun, facts: Facts): JsonObject | undefined {
  const execution = facts.execution(run.executionArn)
  return execution && pastKey(execution, run.stepName, facts)
}

function withLine(part: Part, stepName: string, lines: LineFinder): Part {
  const line = lines.step(stepName, part.path)
  return line === undefined ? part : {...part, line}
}

function groupByAttribute(parts: readonly Part[]): WhyResult['key'] {
  const groups = new Map<string, Part[]>()
  for (const part of parts) {
    const attribute = /^[^.[]+/.exec(part.path)?.[0] ?? part.path
    groups.set(attribute, [...(groups.get(attribute) ?? []), part])
  }
  return [...groups].map(([attribute, members]) => ({attribute, parts: members}))
}

function unknownStep(name: string, steps: readonly StepPrediction[]): MlpipeError {
  const help = suggestName(
    name,
    steps.map((step) => step.name),
  )
  return new MlpipeError({code: 'unknown-step', message: `"${name}" is not a step of the pipeline: ${help}`})
}
