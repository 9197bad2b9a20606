// What the quality and the Clarify check share: a processing job's request, and the keys of the comparison beside it.

import type {Json, JsonObject} from '../../definition/json.ts'
import type {Range} from '../../diagnostics/diagnostic.ts'
import type {StepOf} from '../../spec/pipeline-spec.ts'
import {type PathPart, partName, type Reference, type Value} from '../../spec/value.ts'
import {suggestName} from '../../text/nearest-name.ts'
import type {Resolved, StepBody, StepScope} from '../context.ts'
import {compileImage} from '../images/images.ts'
import {compileLocation} from '../local-content.ts'
import {elementPath, jobPlaces, ownOrDefault, type Place, type PlaceScope} from '../place.ts'
import {compileFlag} from '../values/compile-typed.ts'
import {compileText} from '../values/compile-value.ts'
import {checkName} from './endpoint-parts.ts'
import {
  cacheConfig,
  compileTags,
  jobEnvironment,
  jobResources,
  maxRuntimeSeconds,
  outputUri,
  roleArn,
  unlessEmpty,
} from './job-parts.ts'
import {processingInput} from './processing-input.ts'

export type CheckSpec = StepOf<'quality-check'> | StepOf<'clarify-check'>

/** What is peculiar to one check. */
type CheckParts = {
  readonly image: string
  readonly inputs: readonly JsonObject[]
  readonly outputName: string
  /** Laid over the user's own variables. */
  readonly environment: JsonObject
  /** Beside the Arguments, after the keys that all checks have. */
  readonly members: JsonObject
}

/** Where the results lie in the container. */
export const outputFolder = '/opt/ml/processing/output'

export function checkBody(step: CheckSpec, parts: CheckParts, scope: StepScope): StepBody {
  checkName(step.group, 'a model package group', scope)
  const seconds = maxRuntimeSeconds(step, 'processing', scope)
  return {
    Arguments: {
      ProcessingResources: {ClusterConfig: jobResources(step, scope)},
      AppSpecification: {ImageUri: compileImage(step.image ?? literal(parts.image, step.nameRange), scope)},
      RoleArn: roleArn(step.role, scope),
      ProcessingInputs: parts.inputs,
      ProcessingOutputConfig: {Outputs: [checkOutput(step.output, parts.outputName, scope)]},
      ...unlessEmpty('Environment', {...jobEnvironment(step, scope), ...parts.environment}),
      ...(seconds === undefined ? {} : {StoppingCondition: {MaxRuntimeInSeconds: seconds}}),
      ...compileTags(step.tags, scope),
    },
    ...cacheConfig(step.cache ?? scope.defaults.cache),
    members: {
      CheckType: (step.check?.value ?? '').toUpperCase().replace('-', '_'),
      ModelPackageGroupName: step.group ? compileText(step.group, scope) : null,
      SkipCheck: flagOr(false, step.skip, 'skip', scope),
      FailOnViolation: flagOr(true, step.failOnViolation, 'failOnViolation', scope),
      RegisterNewBaseline: flagOr(false, step.registerNewBaseline, 'registerNewBaseline', scope),
      ...parts.members,
    },
  }
}

export function checkInput(name: string, folder: string, value: Value | undefined, scope: StepScope): JsonObject {
  return processingInput(name, value ? compileLocation(value, 'data', scope) : '', folder)
}

/** A baseline of the user's own; null means that of the model package group. */
export function suppliedBaseline(value: Value | undefined, scope: StepScope): Json {
  return value ? compileLocation(value, 'data', scope) : null
}

/** `baseline` is the one that was compared with. */
const baselines: Readonly<Record<string, string>> = {
  calculatedBaseline: 'CalculatedBaseline',
  baseline: 'BaselineUsedForDriftCheck',
}

/** `calculatedBaseline.constraints`. */
export function checkProperty(
  step: CheckSpec,
  [which, what, extra]: readonly PathPart[],
  documents: readonly string[],
  {reference, scope}: {readonly reference: Reference; readonly scope: StepScope},
): Resolved | 'unknown' | undefined {
  const baseline = Object.hasOwn(baselines, partName(which)) ? baselines[partName(which)] : undefined
  if (baseline === undefined) return 'unknown'
  const document = partName(what)
  if (documents.includes(document) && !extra) {
    const member = `${baseline}${document.charAt(0).toUpperCase()}${document.slice(1)}`
    return {json: {Get: `Steps.${step.name}.${member}`}, type: 'String'}
  }
  const help = suggestName(document, documents)
  const message = `"${reference.text}" is not a document of a ${step.kind} step`
  scope.findings.error('unsupported-reference', what?.range ?? reference.range, message, {help})
  return undefined
}

/** `inputs`: by the name in the request. */
export function checkPlaces(
  step: CheckSpec,
  inputs: Readonly<Record<string, Value | undefined>>,
  scope: PlaceScope,
): Place[] {
  return [
    ...jobPlaces(step, 'ProcessingResources.ClusterConfig', scope),
    ['ProcessingResources', ownOrDefault('instance', step, scope)],
    ['AppSpecification.ImageUri', step.image?.range],
    ...Object.entries(inputs).map(([name, value]): Place => [elementPath('ProcessingInputs', name), value?.range]),
    ['ProcessingOutputConfig', step.output?.range],
    ['CheckType', step.check?.range],
    ['ModelPackageGroupName', step.group?.range],
    ['SkipCheck', step.skip?.range],
    ['FailOnViolation', step.failOnViolation?.range],
    ['RegisterNewBaseline', step.registerNewBaseline?.range],
    ['SuppliedBaselineConstraints', step.baseline?.constraints?.range],
  ]
}

/** A key that only one kind of check has. */
export function refuseKey(key: string, owner: string, step: CheckSpec, scope: StepScope): void {
  const range = step.keyRanges.get(key)
  if (!range) return
  const message = `"${key}" belongs to a ${owner} check, and step "${step.name}" is a ${step.check?.value ?? ''} check`
  scope.findings.error('exclusive-keys', range, message, {help: 'leave it out'})
}

export function requireKey(key: string, why: string, step: CheckSpec, scope: StepScope): void {
  if (step.keyRanges.has(key)) return
  scope.findings.error('missing-key', step.nameRange, `step "${step.name}" has no "${key}"`, {help: why})
}

function checkOutput(own: Value | undefined, name: string, scope: StepScope): JsonObject {
  const S3Output = {S3Uri: outputUri(own, 'results', scope), LocalPath: outputFolder, S3UploadMode: 'EndOfJob'}
  return {OutputName: name, AppManaged: false, S3Output}
}

function flagOr(usual: boolean, value: Value | undefined, key: string, scope: StepScope): Json {
  return value ? compileFlag(value, `"${key}"`, scope) : usual
}

function literal(text: string, range: Range): Value {
  return {kind: 'literal', value: text, text, range}
}
