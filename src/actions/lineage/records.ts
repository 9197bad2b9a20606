// What a trace reads from the target: executions with their definitions and parameters, descriptions of jobs, documents. Each is
// asked for once, of executions only so many, and what is there no more, or may not be read, becomes a sentence.

import type {Cloud, Execution, ExecutionStep, NameValue} from '../../cloud/ports.ts'
import {stepGraph} from '../../definition/dependencies.ts'
import {flattenSteps} from '../../definition/flat-steps.ts'
import type {Json, JsonObject} from '../../definition/json.ts'
import type {PipelineDefinition, StepDefinition} from '../../definition/types.ts'
import {MlpipeError} from '../../diagnostics/mlpipe-error.ts'
import {readDefinition} from '../executions/definition-outline.ts'
import {executionId, pipelineOfExecution} from '../executions/execution-arn.ts'

export type ExecutionRecord = {
  readonly execution: Execution
  readonly steps: ReadonlyMap<string, ExecutionStep>
  readonly definitionText: string
  /** Absent when this program cannot read it. */
  readonly definition?: PipelineDefinition
  readonly definedSteps: ReadonlyMap<string, StepDefinition>
  /** What each step needs first. */
  readonly upstream: ReadonlyMap<string, readonly string[]>
  /** Values in force: given, or the defaults of its definition. */
  readonly parameters: readonly NameValue[]
}

export type Records = {
  /** Undefined when it is there no more, may not be read, or is one too many. */
  execution(arn: string): Promise<ExecutionRecord | undefined>
  /** The whole answer of the Describe call. */
  properties(arn: string): Promise<JsonObject | undefined>
  /** A JSON document in S3. */
  document(uri: string): Promise<Json | undefined>
  /** The answer, or undefined with a sentence that begins with `what`. */
  attempt<Answer>(what: string, ask: () => Promise<Answer>): Promise<Answer | undefined>
  /** Whether an execution that was asked for is there no more. */
  isGone(executionArn: string): boolean
  note(gap: string): void
  readonly gaps: readonly string[]
}

export type RecordLimits = {readonly executions: number}

/** So many executions does a trace read, itself included. */
export const mostExecutions = 100

export function openRecords(cloud: Cloud, limits: RecordLimits = {executions: mostExecutions}): Records {
  const executions = new Map<string, Promise<ExecutionRecord | undefined>>()
  const described = new Map<string, Promise<JsonObject | undefined>>()
  const documents = new Map<string, Promise<Json | undefined>>()
  const definitions = new Map<string, Promise<string>>()
  const gaps = new Set<string>()

  async function attempt<Answer>(what: string, ask: () => Promise<Answer>): Promise<Answer | undefined> {
    try {
      return await ask()
    } catch (error) {
      if (!(error instanceof MlpipeError) || error.who !== 'service') throw error
      gaps.add(error.code === 'not-found' ? goneText(what) : `${what} cannot be read: ${error.message}`)
      return undefined
    }
  }

  /** All executions of a version of a pipeline run the same definition. */
  function definitionOf({arn, pipelineName, versionId}: Execution): Promise<string> {
    const key = versionId === undefined ? arn : `${arn.split('/execution/')[0]} ${pipelineName} ${versionId}`
    return once(definitions, key, () => cloud.executions.definition(arn))
  }

  async function readExecution(arn: string): Promise<ExecutionRecord> {
    const [execution, steps, given] = await Promise.all([
      cloud.executions.describe(arn),
      cloud.executions.steps(arn),
      cloud.executions.parameters(arn),
    ])
    return recordOf(execution, steps, given, await definitionOf(execution))
  }

  return {
    execution: (arn) => {
      if (!executions.has(arn) && executions.size >= limits.executions) {
        gaps.add(`only ${limits.executions} executions were read: what lies behind ${nameOf(arn)} is left out`)
        return Promise.resolve(undefined)
      }
      return once(executions, arn, () => attempt(executionText(arn), () => readExecution(arn)))
    },
    isGone: (arn) => gaps.has(goneText(executionText(arn))),
    properties: (arn) =>
      once(described, arn, async () => {
        const what = `the description of ${arn.split(':').at(-1) ?? arn}`
        const found = await attempt(what, () => cloud.jobs.properties(arn))
        if (!found && isDescribable(arn)) gaps.add(goneText(what))
        return found
      }),
    document: (uri) => once(documents, uri, () => readDocument(uri, cloud, attempt)),
    attempt,
    note: (gap) => {
      gaps.add(gap)
    },
    get gaps() {
      return [...gaps]
    },
  }
}

function once<Value>(known: Map<string, Promise<Value>>, key: string, ask: () => Promise<Value>): Promise<Value> {
  const value = known.get(key) ?? ask()
  known.set(key, value)
  return value
}

/** What a step makes and AWS describes by its ARN; of a function or a callback there is nothing to look at. */
function isDescribable(arn: string): boolean {
  return /^arn:[^:]+:sagemaker:.*:(\w|-)+-job\//.test(arn)
}

function goneText(what: string): string {
  return `${what} is there no more`
}

function executionText(arn: string): string {
  return `the execution ${nameOf(arn)}`
}

function nameOf(arn: string): string {
  const pipeline = pipelineOfExecution(arn)
  return pipeline === undefined ? arn : `${executionId(arn)} of ${pipeline}`
}

async function readDocument(uri: string, cloud: Cloud, attempt: Records['attempt']): Promise<Json | undefined> {
  const text = await attempt(uri, () => cloud.objects.getText(uri))
  try {
    return text === undefined ? undefined : (JSON.parse(text) as Json)
  } catch {
    // A report that is no JSON fails the step that reads it; here there is only nothing to show.
    return undefined
  }
}

function recordOf(
  execution: Execution,
  steps: readonly ExecutionStep[],
  given: readonly NameValue[],
  definitionText: string,
): ExecutionRecord {
  const definition = readDefinition(definitionText)
  return {
    execution,
    steps: new Map(steps.map((step) => [step.name, step])),
    definitionText,
    ...(definition ? {definition} : {}),
    definedSteps: new Map(definition ? flattenSteps(definition).map(({step}) => [step.Name, step]) : []),
    upstream: definition ? stepGraph(definition).upstream : new Map(),
    parameters: inForce(definition, given),
  }
}

/** In the order of the definition; on AWS the list may hold only those that were given. */
function inForce(definition: PipelineDefinition | undefined, given: readonly NameValue[]): NameValue[] {
  const values = new Map<string, string>()
  for (const {Name, DefaultValue} of definition?.Parameters ?? []) {
    if (DefaultValue !== undefined) values.set(Name, String(DefaultValue))
  }
  for (const {name, value} of given) values.set(name, value)
  return [...values].map(([name, value]) => ({name, value}))
}
