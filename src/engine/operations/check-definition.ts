// What CreatePipeline and UpdatePipeline check of a definition before they take it.
// Wording after "Unable to parse pipeline definition." is AWS's where it is known, else in its style.

import {stepGraph, stepReferences} from '../../definition/dependencies.ts'
import {flattenSteps} from '../../definition/flat-steps.ts'
import {isJsonObject, type Json, type JsonObject} from '../../definition/json.ts'
import {parseDefinition} from '../../definition/parse-definition.ts'
import {formatReference, getText, parseGet, type Reference} from '../../definition/references.ts'
import type {PipelineDefinition, StepDefinition} from '../../definition/types.ts'
import {findCycle} from '../../graph/graph.ts'

const runnableTypes: readonly string[] = ['Processing', 'Training', 'Model', 'RegisterModel', 'Condition', 'Fail']

const executionVariables: readonly string[] = [
  'StartDateTime',
  'CurrentDateTime',
  'PipelineName',
  'PipelineArn',
  'PipelineExecutionId',
  'PipelineExecutionArn',
  'TrainingJobName',
  'ProcessingJobName',
]

/** Why the definition is refused; undefined when it is good. */
export function findDefinitionFault(text: string): string | undefined {
  const parsed = parseDefinition(text)
  if (!parsed.ok) return parsed.message
  const {definition} = parsed
  return (
    findUnrunnable(definition) ??
    prefixed(findBrokenReference(definition)) ??
    prefixed(findForbiddenDependency(definition)) ??
    findUncastParameter(definition) ??
    prefixed(findStepCycle(definition))
  )
}

function prefixed(message: string | undefined): string | undefined {
  return message === undefined ? undefined : `Unable to parse pipeline definition. ${message}`
}

function findUnrunnable(definition: PipelineDefinition): string | undefined {
  const step = flattenSteps(definition).find((flat) => !runnableTypes.includes(flat.step.Type))?.step
  if (!step) return undefined
  return (
    `Step '${step.Name}' has type ${step.Type}, which the embedded engine cannot run: ` +
    `it runs ${runnableTypes.join(', ')}. Deploy this pipeline to an AWS target instead.`
  )
}

function findBrokenReference(definition: PipelineDefinition): string | undefined {
  const parameters = new Set(definition.Parameters.map(({Name}) => Name))
  const steps = new Map(flattenSteps(definition).map(({step}) => [step.Name, step]))
  for (const step of steps.values()) {
    for (const name of step.DependsOn ?? []) {
      if (!steps.has(name)) return `Step '${step.Name}' depends on '${name}', which is not a step of the pipeline.`
    }
    const broken = stepReferences(step).find((reference) => !isDefined(reference, parameters, steps))
    if (broken) return `Step '${step.Name}' has the reference [${formatReference(broken)}], which is not defined.`
  }
  return undefined
}

function isDefined(
  reference: Reference,
  parameters: ReadonlySet<string>,
  steps: ReadonlyMap<string, StepDefinition>,
): boolean {
  switch (reference.kind) {
    case 'parameter':
      return parameters.has(reference.name)
    case 'property':
      return steps.has(reference.stepName)
    case 'propertyFile':
      return hasPropertyFile(steps.get(reference.stepName), reference.name)
    case 'execution':
      return executionVariables.includes(reference.variable)
    case 'experiment':
    case 's3Json':
      return true
  }
}

function hasPropertyFile(step: StepDefinition | undefined, name: string): boolean {
  return step?.PropertyFiles?.some((file) => file.PropertyFileName === name) ?? false
}

/** Nothing may depend on a Fail step, and DependsOn may not name a Condition ("Pipeline steps", Fail and Condition step). */
function findForbiddenDependency(definition: PipelineDefinition): string | undefined {
  const flat = flattenSteps(definition)
  const types = new Map(flat.map(({step}) => [step.Name, step.Type]))
  const graph = stepGraph(definition)
  for (const {step} of flat) {
    const failing = graph.upstream.get(step.Name)?.find((name) => types.get(name) === 'Fail')
    if (failing !== undefined) return `${step.Type} step '${step.Name}' can not depends on Fail step '${failing}'.`
    const condition = step.DependsOn?.find((name) => types.get(name) === 'Condition')
    if (condition !== undefined) {
      return `Step '${step.Name}' can not have the Condition step '${condition}' in DependsOn: put it into a branch instead.`
    }
  }
  return undefined
}

function findStepCycle(definition: PipelineDefinition): string | undefined {
  const cycle = findCycle(stepGraph(definition))
  if (!cycle) return undefined
  return `The steps depend on each other in a cycle: ${[...cycle, cycle[0]].join(' -> ')}.`
}

/** Where the request wants texts, and a parameter of another type needs a Std:Join to become one. */
const textMembers: readonly (readonly string[])[] = [
  ['AppSpecification', 'ContainerEntrypoint'],
  ['AppSpecification', 'ContainerArguments'],
  ['AlgorithmSpecification', 'ContainerEntrypoint'],
  ['AlgorithmSpecification', 'ContainerArguments'],
  ['Environment'],
  ['HyperParameters'],
]

/** The service's own sentence, aws/sagemaker-python-sdk issues 2631 and 2978. */
function findUncastParameter(definition: PipelineDefinition): string | undefined {
  const types = new Map(definition.Parameters.map(({Name, Type = 'String'}) => [Name, Type]))
  for (const {step} of flattenSteps(definition)) {
    for (const text of textMembers.flatMap((path) => valuesAt(step.Arguments, path))) {
      const reference = parseGet(getText(text) ?? '')
      if (reference?.kind !== 'parameter' || types.get(reference.name) === 'String') continue
      return `Cannot assign property reference [${formatReference(reference)}] to argument of type [String].`
    }
  }
  return undefined
}

/** The elements of the list, or the values of the map, at a path of members. */
function valuesAt(object: JsonObject, path: readonly string[]): readonly Json[] {
  const value = path.reduce<Json>((at, name) => (isJsonObject(at) ? (at[name] ?? null) : null), object)
  if (Array.isArray(value)) return value
  return isJsonObject(value) && getText(value) === undefined ? Object.values(value) : []
}
