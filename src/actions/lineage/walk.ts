// From steps of executions back to all that they came from. A step whose result was taken over is followed to the execution that
// really ran it, and from there on it is that execution whose parameters, definition and earlier steps count.

import type {ExecutionStep} from '../../cloud/ports.ts'
import {stepReferences} from '../../definition/dependencies.ts'
import {fingerprintedInputs, ownParameters} from '../../definition/fingerprints.ts'
import {isJsonObject, type Json} from '../../definition/json.ts'
import {flattenNumbers} from '../../definition/json-numbers.ts'
import {topologicalOrder} from '../../graph/graph.ts'
import {contentOf, liesAt} from '../../lineage/content.ts'
import {type Described, describedFacts, describedTimes, nothingDescribed} from '../../lineage/described.ts'
import {referredStep} from '../../lineage/input-source.ts'
import {ownPlace} from '../../lineage/own-place.ts'
import type {NamedValue, StepKey, StepRun, Taken} from '../../lineage/provenance.ts'
import {reportsRead} from '../../lineage/reports-read.ts'
import {executionId} from '../executions/execution-arn.ts'
import {inParallel} from '../in-parallel.ts'
import type {ExecutionRecord, Records} from './records.ts'

const parallelReads = 8
/** A result is taken over from where it ran, or from where it was taken over; so often at most. */
const longestChain = 50
const numbersPerReport = 50

export function keyText({executionArn, step}: StepKey): string {
  return `${executionArn}#${step}`
}

/** A step as an execution has it, and where it really ran. */
type Resolved = StepKey & {
  readonly takenOverBy: StepRun['takenOverBy']
  /** Absent when the execution that ran it cannot be read. */
  readonly record?: ExecutionRecord
  /** As the last execution that could be read tells of it. */
  readonly told: ExecutionStep
}

type MutableRun = Omit<StepRun, 'takenOverBy' | 'after' | 'inputs' | 'code'> & {
  takenOverBy: StepRun['takenOverBy'][number][]
  after: StepKey[]
  inputs: readonly Taken[]
  code: readonly Taken[]
}

/** Every step run behind the starts, themselves included, each after what it took. */
export async function walkBack(starts: readonly StepKey[], records: Records): Promise<StepRun[]> {
  const runs = new Map<string, MutableRun>()
  const seen = new Set<string>()
  let open = [...starts]
  while (open.length > 0) {
    const found: StepKey[] = []
    const fresh = open.filter((key) => !seen.has(keyText(key)))
    for (const key of fresh) seen.add(keyText(key))
    await inParallel([...new Map(fresh.map((key) => [keyText(key), key])).values()], parallelReads, async (key) => {
      const resolved = await resolveStep(key, records)
      if (!resolved) return
      const text = keyText(resolved)
      const known = runs.get(text)
      if (known) known.takenOverBy.push(...resolved.takenOverBy)
      else {
        const run = bareRun(resolved)
        runs.set(text, run)
        Object.assign(run, await describeRun(resolved, records))
        run.after = await stepsBefore(resolved, run, records)
        found.push(...run.after)
      }
    })
    open = found
  }
  return finish(runs, records)
}

/** Undefined for a step that has not started in that execution. */
export async function resolveStep(key: StepKey, records: Records): Promise<Resolved | undefined> {
  const takenOverBy: StepRun['takenOverBy'][number][] = []
  const passed = new Set<string>()
  let told: ExecutionStep | undefined
  let at = key.executionArn
  while (passed.size < longestChain) {
    const record = await records.execution(at)
    const step = record?.steps.get(key.step)
    if (!record || !step) {
      if (record && told)
        records.note(`${executionId(at)} has no step ${key.step}, whose result is said to come from it`)
      return told && {executionArn: at, step: key.step, takenOverBy, told}
    }
    told = step
    const source = step.cachedFrom ?? step.reusedFrom
    if (source === undefined || passed.has(source) || source === at) {
      return {executionArn: at, step: key.step, takenOverBy, record, told}
    }
    passed.add(at)
    takenOverBy.push({executionArn: at, how: step.cachedFrom === undefined ? 'reused' : 'cached'})
    at = source
  }
  records.note(`the result of ${key.step} was taken over more than ${longestChain} times: where it ran is left open`)
  return told && {executionArn: at, step: key.step, takenOverBy, told}
}

function bareRun({executionArn, step, record, told, takenOverBy}: Resolved): MutableRun {
  const {status, startedAtMs, endedAtMs, simulated} = told
  const jobArn = told.job?.arn ?? told.modelPackageArn ?? told.modelArn
  const isTold = record !== undefined
  return {
    executionArn,
    step,
    type: record?.definedSteps.get(step)?.Type ?? told.job?.kind ?? (told.modelPackageArn ? 'RegisterModel' : ''),
    status,
    ...(jobArn === undefined ? {} : {jobArn}),
    ...(isTold && startedAtMs !== undefined ? {startedAtMs} : {}),
    ...(isTold && endedAtMs !== undefined ? {endedAtMs} : {}),
    ...(simulated === undefined ? {} : {simulated}),
    takenOverBy: [...takenOverBy],
    after: [],
    parameters: record ? parametersOf(step, record) : [],
    ...nothingDescribed,
  }
}

/** Fingerprints are no parameters of people's: they are shown as the content of an input. */
function parametersOf(stepName: string, {definition, definedSteps, parameters}: ExecutionRecord): NamedValue[] {
  const step = definedSteps.get(stepName)
  if (!step || !definition) return []
  const referred = new Set(stepReferences(step).flatMap((one) => (one.kind === 'parameter' ? [one.name] : [])))
  const own = new Set(ownParameters(definition).map(({Name}) => Name))
  return parameters.filter(({name}) => referred.has(name) && own.has(name))
}

async function describeRun(resolved: Resolved, records: Records): Promise<Partial<MutableRun>> {
  const {told, record, step} = resolved
  const arn = told.job?.arn ?? told.modelPackageArn ?? told.modelArn
  const description = arn?.startsWith('arn:') ? await records.properties(arn) : undefined
  if (!description) return {...nothingDescribed, ...outputsOf(told), inputs: fingerprintsOf(step, record)}
  const described = describedFacts(description)
  const reported = record ? await reportedMetrics(step, record, described, records) : []
  const times = record ? {} : describedTimes(description)
  return {...described, ...times, metrics: [...described.metrics, ...reported]}
}

/** What a Lambda or Callback step gave, where that is a place in S3. */
function outputsOf({outputs = []}: ExecutionStep): Pick<Described, 'outputs'> {
  const places = outputs.filter(({value}) => value.startsWith('s3://'))
  return {outputs: places.map(({name, value}) => ({name, uri: value}))}
}

/** A job that is gone took what its definition says outright, with the fingerprints that the execution was given. */
function fingerprintsOf(stepName: string, record: ExecutionRecord | undefined): Taken[] {
  if (!record?.definition) return []
  const values = new Map(record.parameters.map(({name, value}) => [name, value]))
  return fingerprintedInputs(record.definition).flatMap(({step, input, parameter, variable, uri}) => {
    if (step !== stepName || typeof uri !== 'string') return []
    const content = contentOf(input, uri, {[variable]: values.get(parameter) ?? ''})
    return [{name: input, uri, ...(content ? {content} : {})}]
  })
}

/** The numbers in the reports of a processing step. */
async function reportedMetrics(
  stepName: string,
  {definedSteps}: ExecutionRecord,
  {outputs}: Described,
  records: Records,
): Promise<StepRun['metrics']> {
  const files = definedSteps.get(stepName)?.PropertyFiles ?? []
  const numbers: {name: string; value: number}[] = []
  for (const {OutputName, FilePath} of files) {
    const output = outputs.find(({name}) => name === OutputName)
    const document = output && (await records.document(fileBelow(output.uri, FilePath)))
    const found = flattenNumbers(document).slice(0, numbersPerReport)
    numbers.push(...found.map(({path: name, value}) => ({name, value})))
  }
  return numbers
}

/** By references, DependsOn and a condition's branch; and by places in S3 that tell the execution that wrote them. */
async function stepsBefore(resolved: Resolved, run: MutableRun, records: Records): Promise<StepKey[]> {
  const {executionArn, record, step} = resolved
  const within = (record?.upstream.get(step) ?? []).map((name) => ({executionArn, step: name}))
  const inputs: Taken[] = []
  const elsewhere: StepKey[] = []
  for (const input of run.inputs) {
    const defined = record?.definedSteps.get(step)
    const referred = defined && referredStep(defined, input.name)
    const maker =
      referred === undefined ? await makerByPlace(input.uri, executionArn, records) : {executionArn, step: referred}
    if (maker && referred === undefined) elsewhere.push(maker)
    inputs.push(maker ? {...input, madeBy: maker} : input)
  }
  run.inputs = inputs
  return [...within, ...elsewhere]
}

/** `near` is any ARN of the same account and region. */
export async function makerByPlace(uri: string, near: string, records: Records): Promise<StepKey | undefined> {
  const {pipeline, id, step} = ownPlace(uri) ?? {}
  if (pipeline === undefined || id === undefined || step === undefined) return undefined
  const account = near.split(':').slice(0, 5).join(':')
  const arn = `${account}:pipeline/${pipeline.toLowerCase()}/execution/${id}`
  const record = await records.execution(arn)
  return record?.steps.has(step) ? {executionArn: arn, step} : undefined
}

/** Keys become those of the executions that really ran the steps; makers are completed by the places that outputs were written to. */
async function finish(runs: ReadonlyMap<string, MutableRun>, records: Records): Promise<StepRun[]> {
  const resolve = async (key: StepKey): Promise<StepKey | undefined> => {
    const found = await resolveStep(key, records)
    return found && runs.has(keyText(found)) ? {executionArn: found.executionArn, step: found.step} : undefined
  }
  for (const run of runs.values()) {
    const after = await Promise.all(run.after.map(resolve))
    run.after = distinctKeys(
      after.filter((key) => key !== undefined),
      run,
    )
    run.inputs = await Promise.all(
      run.inputs.map(async ({madeBy, ...input}) => {
        const maker = madeBy && (await resolve(madeBy))
        return maker ? {...input, madeBy: maker} : input
      }),
    )
    run.takenOverBy = distinctTakers(run.takenOverBy)
  }
  for (const run of runs.values()) {
    const read = await reportsTaken(run, runs, resolve, records)
    run.inputs = [...run.inputs.map((input) => withMaker(input, run, runs)), ...read]
  }
  return inOrder(runs)
}

/** What a condition reads of another step's report, at the place where that was written. */
async function reportsTaken(
  {executionArn, step}: StepKey,
  runs: ReadonlyMap<string, MutableRun>,
  resolve: (key: StepKey) => Promise<StepKey | undefined>,
  records: Records,
): Promise<Taken[]> {
  const defined = (await records.execution(executionArn))?.definedSteps
  const own = defined?.get(step)
  const taken: Taken[] = []
  for (const {step: maker, report} of own ? reportsRead(own) : []) {
    const madeBy = await resolve({executionArn, step: maker})
    const file = defined?.get(maker)?.PropertyFiles?.find(({PropertyFileName}) => PropertyFileName === report)
    const written = madeBy && runs.get(keyText(madeBy))?.outputs.find(({name}) => name === file?.OutputName)
    if (madeBy && file && written) taken.push({name: report, uri: fileBelow(written.uri, file.FilePath), madeBy})
  }
  return taken
}

function fileBelow(folder: string, path: string): string {
  return `${folder.replace(/\/+$/, '')}/${path}`
}

function withMaker(input: Taken, run: MutableRun, runs: ReadonlyMap<string, MutableRun>): Taken {
  if (input.madeBy || input.content?.kind === 'content-hash') return input
  const makers = [...runs.values()].filter(
    (other) =>
      other !== run &&
      other.outputs.some(({uri}) => liesAt(input.uri, uri)) &&
      (other.endedAtMs ?? 0) <= (run.startedAtMs ?? Number.POSITIVE_INFINITY),
  )
  const before = new Set(run.after.map(keyText))
  const near = makers.filter((maker) => before.has(keyText(maker)))
  const [latest] = (near.length > 0 ? near : makers).sort((a, b) => (b.endedAtMs ?? 0) - (a.endedAtMs ?? 0))
  return latest ? {...input, madeBy: {executionArn: latest.executionArn, step: latest.step}} : input
}

function inOrder(runs: ReadonlyMap<string, MutableRun>): StepRun[] {
  const started = [...runs].sort(([, a], [, b]) => (a.startedAtMs ?? 0) - (b.startedAtMs ?? 0))
  const upstream = new Map(started.map(([key, run]) => [key, needsOf(run).filter((one) => runs.has(one))]))
  const nodes = started.map(([key]) => key)
  const ordered = topologicalOrder({nodes, upstream})
  // What the services say may go round in a circle; nothing is lost over it.
  const rest = nodes.filter((key) => !ordered.includes(key))
  return [...ordered, ...rest].flatMap((key) => runs.get(key) ?? [])
}

function needsOf({after, inputs}: MutableRun): string[] {
  return [...after, ...inputs.flatMap(({madeBy}) => madeBy ?? [])].map(keyText)
}

function distinctKeys(keys: readonly StepKey[], own: StepKey): StepKey[] {
  const others = keys.filter((key) => keyText(key) !== keyText(own))
  return [...new Map(others.map((key) => [keyText(key), key])).values()]
}

function distinctTakers(takers: StepRun['takenOverBy']): StepRun['takenOverBy'][number][] {
  return [...new Map(takers.map((taker) => [taker.executionArn, taker])).values()]
}

export function numbersIn(document: Json | undefined): StepRun['metrics'] {
  if (document === undefined || !isJsonObject(document)) return []
  return flattenNumbers(document).map(({path: name, value}) => ({name, value}))
}
