// What CreatePipeline and UpdatePipeline check of a definition before they take it.
// Wording after "Unable to parse pipeline definition." is AWS's where it is known, else in its style.

import {stepGraph, stepReferences} from '../../definition/dependencies.ts'
import {flattenSteps} from '../../definition/flat-steps.ts'
import {parseDefinition} from '../../definition/parse-definition.ts'
import {formatReference, type Reference} from '../../definition/references.ts'
import {checkRequest, type RequestFinding, type WantedType} from '../../definition/request-shapes/check-request.ts'
import type {ReferenceScope} from '../../definition/request-shapes/value-type.ts'
import type {PipelineDefinition, StepDefinition} from '../../definition/types.ts'
import {findCycle} from '../../graph/graph.ts'
import {jobKinds} from '../runners/job-types.ts'

/** Every type that SageMaker's SDKs have. */
const stepTypes: readonly string[] = [
  ...jobKinds,
  'Model',
  'RegisterModel',
  'Condition',
  'Fail',
  'EndpointConfig',
  'Endpoint',
  'InferenceComponent',
  'Lineage',
]

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
    prefixed(findUnknownType(definition)) ??
    prefixed(findBrokenReference(definition)) ??
    prefixed(findForbiddenDependency(definition)) ??
    findRequestFault(definition) ??
    prefixed(findStepCycle(definition))
  )
}

function prefixed(message: string | undefined): string | undefined {
  return message === undefined ? undefined : `Unable to parse pipeline definition. ${message}`
}

function findUnknownType(definition: PipelineDefinition): string | undefined {
  const step = flattenSteps(definition).find((flat) => !stepTypes.includes(flat.step.Type))?.step
  if (!step) return undefined
  return `Step '${step.Name}' has type ${step.Type}, which is no step type.`
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

/** The first Argument that the service cannot read: an unknown member, a value out of no enum, a reference of another type. */
function findRequestFault(definition: PipelineDefinition): string | undefined {
  const flat = flattenSteps(definition)
  const scope: ReferenceScope = {
    parameters: new Map(definition.Parameters.map(({Name, Type = 'String'}) => [Name, Type])),
    steps: new Map(flat.map(({step}) => [step.Name, step])),
  }
  for (const {step} of flat) {
    for (const finding of checkRequest(step.Type, step.Arguments, scope)) {
      const fault = requestFault(finding)
      if (fault !== undefined) return fault
    }
  }
  return undefined
}

/** AWS has newer machines than this list from time to time. */
const openEnums = /(?:InstanceType|AmiVersion)$/

/**
 * The service's own sentences: aws/sagemaker-python-sdk pull request 3472, issues 2554, 2631 and 2978. In which order it
 * lists an enum is not known. Missing members, lengths and ranges are noticed when the step runs.
 */
function requestFault(finding: RequestFinding): string | undefined {
  switch (finding.kind) {
    case 'unknown-member':
      return `Unable to parse pipeline definition. Unknown Argument member '${finding.member}'.`
    case 'not-in-enum': {
      const {enumName, value, choices} = finding
      if (openEnums.test(enumName)) return undefined
      return `Model Validation failed: Value '${value}' for '${enumName}' failed to satisfy enum value set: [${choices.join(', ')}]`
    }
    case 'wrong-reference': {
      const type = argumentTypes[finding.wanted]
      if (finding.target === undefined || type === undefined) return undefined
      return `Cannot assign property reference [${finding.target}] to argument of type [${type}].`
    }
    default:
      return undefined
  }
}

const argumentTypes: Readonly<Partial<Record<WantedType, string>>> = {
  String: 'String',
  Number: 'Integer',
  Boolean: 'Boolean',
}
