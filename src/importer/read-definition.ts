// Text to the steps of a definition, numbers with their own text. Refused is only what cannot be a definition at all: an
// import shows what is there, also what SageMaker would not take.

import {parseExactJson} from '../definition/exact-json.ts'
import {isJsonObject, type Json, type JsonObject} from '../definition/json.ts'

/** A step, and the steps of its branches when it is a condition. */
export type StepNode = {
  readonly name: string
  readonly type: string
  readonly step: JsonObject
  /** Undefined for a step without branches of its own. */
  readonly branches?: {readonly then: readonly StepNode[]; readonly else: readonly StepNode[]}
}

/** What describing a pipeline says beside the definition. */
export type PipelineWords = {
  readonly name?: string | undefined
  readonly description?: string | undefined
  readonly parallelism?: number | undefined
}

export type SourceDefinition = {
  readonly document: JsonObject
  readonly pipeline: PipelineWords
  readonly steps: readonly StepNode[]
  /** Every step in the order of the document: a condition, its If steps, its Else steps. */
  readonly flat: readonly StepNode[]
}

export type ReadDefinition =
  | {readonly ok: true; readonly definition: SourceDefinition}
  | {readonly ok: false; readonly problem: string}

/** As deep as anything here can go down; no real definition is nested a tenth as deep. */
const maximumDepth = 200

export function readDefinition(text: string): ReadDefinition {
  if (text.trim() === '') return refuse('it is empty')
  const document = parse(text)
  if (typeof document === 'string') return refuse(document)
  const {json} = document
  // What DescribePipeline and DescribePipelineDefinitionForExecution answer holds the definition as text.
  if (!isJsonObject(json) || typeof json.PipelineDefinition !== 'string') return checked(json)
  const inner = readDefinition(json.PipelineDefinition)
  return inner.ok ? {ok: true, definition: {...inner.definition, pipeline: wordsOf(json)}} : inner
}

function wordsOf({
  PipelineName: name,
  PipelineDescription: description,
  ParallelismConfiguration,
}: JsonObject): PipelineWords {
  const parallelism = isJsonObject(ParallelismConfiguration)
    ? ParallelismConfiguration.MaxParallelExecutionSteps
    : undefined
  return {
    ...(typeof name === 'string' ? {name} : {}),
    ...(typeof description === 'string' ? {description} : {}),
    ...(typeof parallelism === 'number' ? {parallelism} : {}),
  }
}

function parse(text: string): string | {readonly json: Json} {
  const plain = text.replace(/^\uFEFF/, '')
  const depth = depthOf(plain)
  if (depth > maximumDepth) return `it is nested deeper than ${maximumDepth} levels`
  try {
    return {json: parseExactJson(plain)}
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
    return `it is not JSON: ${error.message}`
  }
}

/** How deep brackets nest outside of strings. Told before parsing, which goes as deep itself. */
function depthOf(text: string): number {
  let depth = 0
  let deepest = 0
  for (const [token] of text.matchAll(/"(?:[^"\\]|\\.)*"|[[\]{}]/gs)) {
    if (token === '[' || token === '{') deepest = Math.max(deepest, ++depth)
    else if (token === ']' || token === '}') depth -= 1
  }
  return deepest
}

function checked(document: Json): ReadDefinition {
  if (!isJsonObject(document)) return refuse('it is not a JSON object')
  const {Steps} = document
  if (!Array.isArray(Steps)) return refuse('it has no list "Steps"')
  const steps = nodesOf(Steps)
  if (!steps) return refuse('each of its steps must be an object with a Name and a Type')
  if (steps.length === 0) return refuse('it has no steps, and a spec has at least one')
  const flat = flatten(steps)
  const names = new Set<string>()
  for (const {name} of flat) {
    if (names.has(name)) return refuse(`two of its steps are named "${name}"`)
    names.add(name)
  }
  return {ok: true, definition: {document, pipeline: {}, steps, flat}}
}

/** Undefined when one of them is no step. */
function nodesOf(steps: readonly Json[]): StepNode[] | undefined {
  const nodes = steps.map(nodeOf)
  return nodes.every((node) => node !== undefined) ? nodes : undefined
}

function nodeOf(step: Json): StepNode | undefined {
  if (!isJsonObject(step)) return undefined
  const {Name: name, Type: type} = step
  if (typeof name !== 'string' || typeof type !== 'string' || type === '') return undefined
  const branches = type === 'Condition' && isJsonObject(step.Arguments) ? branchesOf(step.Arguments) : undefined
  return {name, type, step, ...(branches ? {branches} : {})}
}

/** Branches that are no lists of steps stay what they are, inside the condition. */
function branchesOf({IfSteps = [], ElseSteps = []}: JsonObject): StepNode['branches'] {
  const then = Array.isArray(IfSteps) ? nodesOf(IfSteps) : undefined
  const otherwise = Array.isArray(ElseSteps) ? nodesOf(ElseSteps) : undefined
  return then && otherwise ? {then, else: otherwise} : undefined
}

function flatten(nodes: readonly StepNode[]): StepNode[] {
  return nodes.flatMap((node) => [node, ...flatten(node.branches?.then ?? []), ...flatten(node.branches?.else ?? [])])
}

function refuse(problem: string): ReadDefinition {
  return {ok: false, problem}
}
