// What is known of a step's key before the run: a value is known, fresh (new in every execution) or open (only the run can
// tell). One fresh part makes a step rerun for certain; an open part leaves it unknown.

import {evaluate, type Resolution, type Resolver} from '../definition/evaluate.ts'
import type {Json, JsonObject} from '../definition/json.ts'
import {jsonLeaves} from '../definition/json-difference.ts'
import {formatPropertyPath, type PropertyPath} from '../definition/property-path.ts'
import {formatReference, type Reference} from '../definition/references.ts'
import type {PipelineDefinition, StepDefinition} from '../definition/types.ts'
import {
  constantVariable,
  type Facts,
  findStep,
  keyArguments,
  type PastRun,
  pastProperty,
  propertyFilePlace,
  readDocument,
  requestAt,
} from './past-execution.ts'
import {keyOf} from './step-signature.ts'
import type {Reason, StepPrediction} from './verdict.ts'

export type PredictInput = {
  readonly definition: PipelineDefinition
  readonly pipeline: {readonly arn: string; readonly pipelineName: string}
  /** Values in force, typed. */
  readonly parameters: ReadonlyMap<string, Json>
  /** Successes that really ran, by step name. */
  readonly runs: ReadonlyMap<string, readonly PastRun[]>
  readonly facts: Facts
  /** JSON documents in S3 of which it is known what they will hold, by URI. */
  readonly documents?: ReadonlyMap<string, Json>
  /** Why older executions are missing from `runs`, when they could matter. */
  readonly historyGap?: string
  readonly nowMs: number
}

/** With what is foretold of the steps before. */
export type PredictContext = PredictInput & {readonly done: ReadonlyMap<string, StepPrediction>}

type Key = {readonly values: JsonObject; readonly fresh: Reason[]; readonly open: Reason[]}

/** The key of a step as the run would see it, as far as it can be known before. */
export function resolveKey(step: StepDefinition, context: PredictContext): Key {
  const values: Record<string, Json> = {}
  const fresh: Reason[] = []
  const open: Reason[] = []
  for (const [name, value] of keyArguments(step)) {
    const evaluated = evaluate(
      value,
      predictingResolver(context, () => undefined),
    )
    if (evaluated.kind === 'known') values[name] = evaluated.value
    else {
      const reasons = jsonLeaves(value, [{kind: 'member', name}]).flatMap((leaf) => leafReasons(leaf, context))
      fresh.push(...reasons.filter(({code}) => code === 'fresh-value'))
      open.push(...reasons.filter(({code}) => code !== 'fresh-value'))
    }
  }
  return {values: keyOf(step.Type, values), fresh, open}
}

/** Why a single value of the key is not known; empty when it is. */
function leafReasons({path, value}: {path: string; value: Json}, context: PredictContext): Reason[] {
  const causes: Reason[] = []
  const evaluated = evaluate(
    value,
    predictingResolver(context, (code, what, source) => {
      causes.push({code, path, value: what, ...(source === undefined ? {} : {step: source})})
    }),
  )
  if (evaluated.kind === 'known') return []
  // A value that misses what should be there: the run will fail at it.
  return causes.length > 0 ? causes : [{code: 'decided-by-run', path, value: evaluated.reasons.join('; ')}]
}

/** One single value of a step's key. */
export type KeyPart =
  | {readonly path: string; readonly state: 'known'; readonly value: Json}
  | {readonly path: string; readonly state: 'fresh' | 'open'; readonly because: readonly Reason[]}

/** The key of one step, value by value, in the order of its Arguments. */
export function explainKey(input: PredictInput, predictions: readonly StepPrediction[], stepName: string): KeyPart[] {
  const step = findStep(input.definition, stepName)
  const done = new Map(predictions.map((one) => [one.name, one]))
  return step ? keyParts(step, {...input, done}) : []
}

export function keyParts(step: StepDefinition, context: PredictContext): KeyPart[] {
  return keyArguments(step).flatMap(([name, raw]) =>
    jsonLeaves(raw, [{kind: 'member', name}]).map((leaf): KeyPart => {
      const because = leafReasons(leaf, context)
      const evaluated = evaluate(
        leaf.value,
        predictingResolver(context, () => undefined),
      )
      if (evaluated.kind === 'known') return {path: leaf.path, state: 'known', value: evaluated.value}
      return {path: leaf.path, state: because.some(({code}) => code === 'fresh-value') ? 'fresh' : 'open', because}
    }),
  )
}

type Tell = (code: 'fresh-value' | 'decided-by-run', what: string, step?: string) => void

/** What references will mean in the run; what is not known is told, and answered with `unknown`. */
export function predictingResolver(context: PredictContext, tell: Tell): Resolver {
  const fresh = (what: string, step?: string): Resolution => {
    tell('fresh-value', what, step)
    return {kind: 'unknown', reason: `${what} is new in every execution`}
  }
  const open = (what: string, step?: string): Resolution => {
    tell('decided-by-run', what, step)
    return {kind: 'unknown', reason: `only the run can tell ${what}`}
  }
  return (reference) => {
    switch (reference.kind) {
      case 'parameter': {
        const value = context.parameters.get(reference.name)
        return value === undefined ? open(`parameter ${reference.name}`) : {kind: 'known', value}
      }
      case 'execution':
        return constantVariable(reference.variable, context.pipeline) ?? fresh(formatReference(reference))
      case 'property':
        return futureProperty(reference, context, {fresh, open}, tell)
      case 'propertyFile':
        return futureDocument(reference, context, {fresh, open}, tell)
      case 's3Json': {
        const document = context.documents?.get(reference.uri)
        return document === undefined ? open(formatReference(reference)) : {kind: 'known', value: document}
      }
      default:
        return open(formatReference(reference))
    }
  }
}

type Answers = {
  fresh(what: string, step?: string): Resolution
  open(what: string, step?: string): Resolution
}

/** A property of a step: of the reused run when it is a hit, else of its request as far as that says it. */
function futureProperty(
  {stepName, path}: Extract<Reference, {kind: 'property'}>,
  context: PredictContext,
  {fresh, open}: Answers,
  tell: Tell,
): Resolution {
  const prediction = context.done.get(stepName)
  const step = findStep(context.definition, stepName)
  const what = `Steps.${stepName}.${formatPropertyPath(path)}`
  if (!prediction || !step) return open(what, stepName)
  if (prediction.type === 'Condition') {
    return prediction.outcome === undefined ? open(what, stepName) : {kind: 'known', value: prediction.outcome}
  }
  switch (prediction.verdict.kind) {
    case 'hit':
      return reusedProperty(prediction.verdict.from, path, context) ?? open(what, stepName)
    case 'rerun':
    case 'always':
      return (
        requestedProperty(step, path, context, tell) ??
        (isFreshProperty(step.Type, path) ? fresh(what, stepName) : open(what, stepName))
      )
    default:
      return open(what, stepName)
  }
}

function reusedProperty(run: PastRun, path: PropertyPath, {facts}: PredictContext): Resolution | undefined {
  const execution = facts.execution(run.executionArn)
  const resolution = execution && pastProperty(execution, run.stepName, path, facts)
  return resolution?.kind === 'known' ? resolution : undefined
}

/** What the request itself says of a property; undefined when the request does not hold it. */
function requestedProperty(
  step: StepDefinition,
  path: PropertyPath,
  context: PredictContext,
  tell: Tell,
): Resolution | undefined {
  const raw = step.Type === 'RegisterModel' ? undefined : requestAt(step, path)
  if (raw === undefined) return undefined
  // What is fresh in its request is fresh because the step runs: whoever reads it is told of the step.
  const tellOwn: Tell = (code, what, source) =>
    code === 'fresh-value'
      ? tell(code, `Steps.${step.Name}.${formatPropertyPath(path)}`, step.Name)
      : tell(code, what, source)
  const evaluated = evaluate(raw, predictingResolver(context, tellOwn))
  return evaluated.kind === 'known' ? evaluated : {kind: 'unknown', reason: evaluated.reasons.join('; ')}
}

/** Properties that every new run of a step makes anew: names, ARNs, times, and places that hold a job's name. */
export function isFreshProperty(type: string, path: PropertyPath): boolean {
  const [first] = path
  const name = first?.kind === 'member' ? first.name : ''
  if (type === 'Training' && name === 'ModelArtifacts') return true
  return /(?:Name|Arn|Time|Version)$/.test(name)
}

function futureDocument(
  {stepName, name}: Extract<Reference, {kind: 'propertyFile'}>,
  context: PredictContext,
  {open}: Answers,
  tell: Tell,
): Resolution {
  const prediction = context.done.get(stepName)
  const what = `Steps.${stepName}.PropertyFiles.${name}`
  if (prediction?.verdict.kind !== 'hit') return open(what, stepName)
  const {from} = prediction.verdict
  // The run reads the file that its own definition names, at the place where the reused run has put it.
  const place = propertyFilePlace(findStep(context.definition, stepName), name)
  const uri = place && reusedProperty(from, place.output, context)
  if (!place || uri?.kind !== 'known') return open(what, stepName)
  const read = readDocument(`${String(uri.value).replace(/\/+$/, '')}/${place.file}`, context.facts)
  if (read.kind === 'unknown') tell('decided-by-run', what, stepName)
  return read
}
