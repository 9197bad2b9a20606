// What earlier executions tell about the cache, read from the target piece by piece: only what a prediction asks for.

import {type Facts, type PastExecution, type PastRun, type PastStep, pastRuns} from '../../cache/past-execution.ts'
import type {Cloud, ExecutionStep, NameValue} from '../../cloud/ports.ts'
import {parseFiniteJson} from '../../definition/finite-json.ts'
import type {Json, JsonObject} from '../../definition/json.ts'
import {parseParameterValue} from '../../definition/parameter-value.ts'
import {parseDefinition} from '../../definition/parse-definition.ts'
import type {PipelineDefinition} from '../../definition/types.ts'
import {MlpipeError} from '../../diagnostics/mlpipe-error.ts'
import type {HistoryFiles, KeptExecution} from '../../project/history-files.ts'
import {inParallel} from '../in-parallel.ts'

export type RunHistory = {
  readonly facts: Facts
  /** Successes that really ran, by step name, newest first. */
  runs(endedBeforeMs?: number): ReadonlyMap<string, readonly PastRun[]>
  /** Fetches what `facts` was asked for and did not know; false when there was nothing to fetch. */
  satisfy(): Promise<boolean>
  /** Reads older executions; false when there are none, or none that may be read. */
  readOlder(): Promise<boolean>
  /** How many executions were read, with how many calls; `gap` says why older ones were not. */
  readonly extent: {readonly executions: number; readonly calls: number; readonly gap?: string}
}

/** Of a pipeline that is not there. */
export const noHistory: RunHistory = {
  facts: {execution: () => undefined, properties: () => undefined, document: () => undefined},
  runs: () => new Map(),
  satisfy: async () => false,
  readOlder: async () => false,
  extent: {executions: 0, calls: 0},
}

/** No more executions than this are looked at, and no more than this many at once. */
const mostExecutions = 200
const firstBatch = 4
const parallelReads = 4

export type RunHistoryFiles = HistoryFiles<PastStep>

/** `files`: where executions that have ended well are kept from one time to the next. */
export function openRunHistory(cloud: Cloud, pipelineName: string, files: RunHistoryFiles): RunHistory {
  return new HistoryReader(cloud, pipelineName, files)
}

class HistoryReader implements RunHistory {
  private readonly cloud: Cloud
  private readonly pipelineName: string
  private readonly files: RunHistoryFiles
  private readonly succeeded = new Set<string>()
  private arns: readonly string[] | undefined
  private readCount = 0
  private calls = 0
  private gap: string | undefined
  private readonly definitions = new Map<string, PipelineDefinition | undefined>()
  private readonly stepsOf = new Map<string, ReadonlyMap<string, PastStep>>()
  private readonly executions = new Map<string, PastExecution | 'gone'>()
  private readonly described = new Map<string, JsonObject | 'gone'>()
  private readonly documents = new Map<string, {readonly json: Json} | 'gone'>()
  private readonly wanted = {executions: new Set<string>(), properties: new Set<string>(), documents: new Set<string>()}
  private readonly startedAtMs = new Map<string, number>()
  private readonly resolved = new Map<string, readonly PastRun[]>()

  constructor(cloud: Cloud, pipelineName: string, files: RunHistoryFiles) {
    this.cloud = cloud
    this.pipelineName = pipelineName
    this.files = files
  }

  readonly facts: Facts = {
    execution: (arn) => {
      const known = this.executions.get(arn)
      if (known === undefined) this.wanted.executions.add(arn)
      return known === 'gone' ? undefined : known
    },
    properties: (arn) => {
      const known = this.described.get(arn)
      if (known === undefined) this.wanted.properties.add(arn)
      return known
    },
    document: (uri) => {
      const known = this.documents.get(uri)
      if (known === undefined) this.wanted.documents.add(uri)
      return known
    },
  }

  get extent() {
    return {executions: this.readCount, calls: this.calls, ...(this.gap === undefined ? {} : {gap: this.gap})}
  }

  runs(endedBeforeMs = Number.POSITIVE_INFINITY): ReadonlyMap<string, readonly PastRun[]> {
    const byStep = new Map<string, PastRun[]>()
    const isCut = this.gap !== undefined
    const read = [...this.executions.values()].flatMap((one) =>
      one === 'gone' || (isCut && !this.arns?.includes(one.arn)) ? [] : this.runsOf(one),
    )
    for (const run of read.filter(({finishedAtMs}) => finishedAtMs <= endedBeforeMs)) {
      const list = byStep.get(run.stepName)
      if (list) list.push(run)
      else byStep.set(run.stepName, [run])
    }
    for (const list of byStep.values()) list.sort((a, b) => b.finishedAtMs - a.finishedAtMs)
    return byStep
  }

  /** Kept once every key of the execution is put together; before that, facts may still be missing. */
  private runsOf(execution: PastExecution): readonly PastRun[] {
    const kept = this.resolved.get(execution.arn)
    if (kept) return kept
    const runs = pastRuns(execution, this.facts)
    if (runs.every(({signature}) => signature !== undefined)) this.resolved.set(execution.arn, runs)
    return runs
  }

  async satisfy(): Promise<boolean> {
    const executions = take(this.wanted.executions)
    const properties = take(this.wanted.properties)
    const documents = take(this.wanted.documents)
    await inParallel(executions, parallelReads, (arn) => this.attempt(arn, () => this.readExecution(arn)))
    await inParallel(properties, parallelReads, async (arn) => {
      this.described.set(arn, 'gone')
      await this.attempt(arn, async () => {
        this.described.set(arn, (await this.count(this.cloud.jobs.properties(arn))) ?? 'gone')
      })
    })
    await inParallel(documents, parallelReads, async (uri) => {
      this.documents.set(uri, 'gone')
      await this.attempt(uri, async () => {
        this.documents.set(uri, parseDocument(await this.count(this.cloud.objects.getText(uri))))
      })
    })
    return executions.length + properties.length + documents.length > 0
  }

  async readOlder(): Promise<boolean> {
    this.arns ??= await this.listExecutions()
    const batch = this.arns.slice(this.readCount, Math.max(firstBatch, 2 * this.readCount))
    this.readCount += batch.length
    await inParallel(batch, parallelReads, (arn) => this.attempt(arn, () => this.readWhatRan(arn)))
    return batch.length > 0
  }

  /**
   * What is not there any more can be the source of nothing. What the service does not give just now is a gap: from there on
   * back nothing is taken for known, and nothing older is asked for.
   */
  private async attempt(what: string, read: () => Promise<void>): Promise<void> {
    try {
      await read()
    } catch (error) {
      if (!(error instanceof MlpipeError) || error.who !== 'service') throw error
      if (what.includes(':pipeline/')) this.executions.set(what, 'gone')
      if (error.code === 'not-found') return
      this.gap = `the history was cut short: ${error.message}`
      this.arns = (this.arns ?? []).slice(0, Math.max(0, this.arns?.indexOf(what) ?? 0))
    }
  }

  private async listExecutions(): Promise<string[]> {
    const summaries = await this.count(this.cloud.executions.list(this.pipelineName, mostExecutions + 1))
    for (const {arn, startedAtMs, status} of summaries) {
      this.startedAtMs.set(arn, startedAtMs)
      if (status === 'Succeeded') this.succeeded.add(arn)
    }
    if (summaries.length > mostExecutions) this.gap = `only the last ${mostExecutions} executions were read`
    return summaries.slice(0, mostExecutions).map(({arn}) => arn)
  }

  /** An execution in which no job ran can be the source of nothing; its definition is not fetched. */
  private async readWhatRan(arn: string): Promise<void> {
    const kept = await this.files.read(arn)
    if (kept) {
      this.remember(arn, kept)
      return
    }
    const steps = await this.readSteps(arn)
    const hasRun = [...steps.values()].some((step) => step.cachedFrom === undefined && step.resourceArn !== undefined)
    if (hasRun) await this.readExecution(arn)
    else await this.keep(arn, {startedAtMs: this.startedAtMs.get(arn) ?? 0, steps: [...steps.values()]})
  }

  private async keep(arn: string, execution: KeptExecution<PastStep>): Promise<void> {
    if (this.succeeded.has(arn)) await this.files.write(arn, execution)
  }

  private remember(
    arn: string,
    {startedAtMs, steps, definition: text, parameters = []}: KeptExecution<PastStep>,
  ): void {
    const byName = new Map(steps.map((step) => [step.name, step]))
    this.stepsOf.set(arn, byName)
    if (text === undefined) return
    const definition = this.parse(text)
    const {pipelineName} = this
    const values = definition && typedParameters(definition, parameters)
    const execution = definition &&
      values && {arn, pipelineName, startedAtMs, definition, parameters: values, steps: byName}
    this.executions.set(arn, execution ?? 'gone')
  }

  private async readSteps(arn: string): Promise<ReadonlyMap<string, PastStep>> {
    const known = this.stepsOf.get(arn)
    if (known) return known
    const steps = await this.count(this.cloud.executions.steps(arn))
    const byName = new Map(steps.map((step) => [step.name, pastStep(step)]))
    this.stepsOf.set(arn, byName)
    return byName
  }

  private async readExecution(arn: string): Promise<void> {
    if (this.executions.has(arn)) return
    const [steps, definition, parameters] = await Promise.all([
      this.readSteps(arn),
      this.count(this.cloud.executions.definition(arn)),
      this.count(this.cloud.executions.parameters(arn)),
    ])
    const startedAtMs = this.startedAtMs.get(arn) ?? (await this.count(this.cloud.executions.describe(arn))).startedAtMs
    const execution = {startedAtMs, steps: [...steps.values()], definition, parameters}
    this.remember(arn, execution)
    await this.keep(arn, execution)
  }

  /** Executions of one version share one parsed definition. */
  private parse(text: string): PipelineDefinition | undefined {
    if (this.definitions.has(text)) return this.definitions.get(text)
    const parsed = parseDefinition(text)
    const definition = parsed.ok ? parsed.definition : undefined
    this.definitions.set(text, definition)
    return definition
  }

  private count<Answer>(answer: Promise<Answer>): Promise<Answer> {
    this.calls += 1
    return answer
  }
}

/** Values given, over the defaults of the definition, typed. */
export function typedParameters(
  definition: PipelineDefinition,
  given: readonly NameValue[],
): ReadonlyMap<string, Json> {
  const values = new Map(given.map(({name, value}) => [name, value]))
  return new Map(
    definition.Parameters.flatMap(({Name, Type, DefaultValue}): [string, Json][] => {
      const text = values.get(Name)
      const value = text === undefined ? DefaultValue : (parseParameterValue(Type, text) ?? text)
      return value === undefined ? [] : [[Name, value]]
    }),
  )
}

function pastStep(step: ExecutionStep): PastStep {
  const resourceArn = step.job?.arn ?? step.modelArn ?? step.modelPackageArn
  // A result that a selective execution copied is no run of its own either, and nothing the cache looks at.
  const from = step.cachedFrom ?? step.reusedFrom
  return {
    name: step.name,
    status: step.status,
    ...(step.startedAtMs === undefined ? {} : {startedAtMs: step.startedAtMs}),
    ...(step.endedAtMs === undefined ? {} : {endedAtMs: step.endedAtMs}),
    ...(from === undefined ? {} : {cachedFrom: from}),
    ...(resourceArn === undefined ? {} : {resourceArn}),
    ...(step.simulated === undefined ? {} : {isSimulated: true}),
  }
}

function parseDocument(text: string | undefined): {readonly json: Json} | 'gone' {
  if (text === undefined) return 'gone'
  try {
    return {json: parseFiniteJson(text)}
  } catch {
    return 'gone'
  }
}

function take(wanted: Set<string>): string[] {
  const all = [...wanted]
  wanted.clear()
  return all
}
