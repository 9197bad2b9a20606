// automl → AutoML (CreateAutoMLJob's request, less its name).

import type {Json, JsonObject} from '../../definition/json.ts'
import {numberJson} from '../../definition/json.ts'
import type {Entry} from '../../spec/fields.ts'
import type {StepOf} from '../../spec/pipeline-spec.ts'
import type {AutomlInputSpec} from '../../spec/steps/automl.ts'
import {type Located, partName, type Value} from '../../spec/value.ts'
import {durationSeconds, type SpecDuration} from '../../text/duration.ts'
import {suggestName} from '../../text/nearest-name.ts'
import type {StepCompiler, StepScope} from '../context.ts'
import {compileSource} from '../local-content.ts'
import {compileTags, outputUri, roleArn, searchPolicies, unlessEmpty} from '../parts/job-parts.ts'
import {compileNetwork, networkPlaces} from '../parts/network.ts'
import {itemPlaces, ownOrDefault, type Place} from '../place.ts'
import {compileNumber} from '../values/compile-typed.ts'
import {compileText, compileTexts} from '../values/compile-value.ts'
import {reportNoValue} from '../values/nested-values.ts'

type AutomlSpec = StepOf<'automl'>

/** Source: CreateAutoMLJob, AutoMLChannel. */
const channelTypes = ['training', 'validation']
const maximumCandidates = 750

const bestCandidate = 'BestCandidate'
const container = `${bestCandidate}.InferenceContainers[0]`

/** Short names of what describing the job shows. Sources: DescribeAutoMLJob; SageMaker Python SDK, workflow/automl_step.py. */
const bestValues: Readonly<Record<string, string>> = {
  model: `${container}.ModelDataUrl`,
  image: `${container}.Image`,
  name: `${bestCandidate}.CandidateName`,
  metric: `${bestCandidate}.FinalAutoMLJobObjectiveMetric.Value`,
  insights: 'BestCandidateProperties.ModelInsightsJsonReportPath',
  explainability: 'BestCandidateProperties.ExplainabilityJsonReportPath',
}

export const automlCompiler: StepCompiler<AutomlSpec> = {
  type: 'AutoML',
  propertyNames: [...Object.keys(bestValues).map((name) => `best.${name}`), 'job'],

  compile(step, scope) {
    checkMode(step, scope)
    const inputs = step.inputs ?? []
    checkInputs(step, scope)
    return {
      Arguments: {
        InputDataConfig: inputs.map((input) => compileInput(input, inputs.length > 1, step.target, scope)),
        OutputDataConfig: {
          S3OutputPath: outputUri(step.output, 'output', scope),
        },
        ...(step.problem ? {ProblemType: step.problem.value} : {}),
        ...(step.objective ? {AutoMLJobObjective: {MetricName: compileText(step.objective, scope)}} : {}),
        AutoMLJobConfig: jobConfig(step, scope),
        RoleArn: roleArn(step.role, scope),
        ...compileTags(step.tags, scope),
      },
      ...searchPolicies(step, scope),
    }
  },

  property(step, [kind, name, extra], reference, scope) {
    if (kind?.kind !== 'name') return 'unknown'
    if (kind.name === 'job' && !name) return {json: {Get: `Steps.${step.name}.AutoMLJobName`}, type: 'String'}
    if (kind.name !== 'best') return 'unknown'
    const value = Object.hasOwn(bestValues, partName(name)) ? bestValues[partName(name)] : undefined
    if (value === undefined || extra) {
      const path = name ? [name, ...(extra ? [extra] : [])] : []
      return reportNoValue(`steps.${step.name}.best`, path, Object.keys(bestValues), reference, scope)
    }
    return {json: {Get: `Steps.${step.name}.${value}`}, type: partName(name) === 'metric' ? 'Float' : 'String'}
  },

  places(step, scope) {
    const key = (name: string) => step.keyRanges.get(name)
    const config = 'AutoMLJobConfig'
    return [
      ['InputDataConfig', key('inputs')],
      ...(step.inputs ?? []).flatMap((input, at) => inputPlaces(`InputDataConfig[${at}]`, input, step.target)),
      ['OutputDataConfig', step.output?.range],
      ['ProblemType', step.problem?.range],
      ['AutoMLJobObjective', step.objective?.range],
      [`${config}.Mode`, step.mode?.range],
      [`${config}.CompletionCriteria`, key('limits')],
      [`${config}.CompletionCriteria.MaxCandidates`, step.limits?.candidates?.range],
      [`${config}.CompletionCriteria.MaxAutoMLJobRuntimeInSeconds`, step.limits?.runtime?.range],
      [`${config}.CompletionCriteria.MaxRuntimePerTrainingJobInSeconds`, step.limits?.perJob?.range],
      [`${config}.CandidateGenerationConfig`, key('algorithms')],
      ...itemPlaces(`${config}.CandidateGenerationConfig.AlgorithmsConfig[0].AutoMLAlgorithms`, step.algorithms),
      [`${config}.DataSplitConfig`, step.validationFraction?.range],
      ...networkPlaces(`${config}.SecurityConfig.`, step.network),
      ['RoleArn', ownOrDefault('role', step, scope)],
      ['Tags', key('tags')],
      ['CacheConfig', ownOrDefault('cache', step, scope)],
      ['RetryPolicies', ownOrDefault('retry', step, scope)],
    ]
  },
}

function inputPlaces(
  base: string,
  {nameRange, value: input}: Entry<AutomlInputSpec>,
  target: Value | undefined,
): Place[] {
  return [
    [base, nameRange],
    [`${base}.DataSource.S3DataSource.S3Uri`, input.from?.range],
    [`${base}.TargetAttributeName`, target?.range],
    [`${base}.ContentType`, input.contentType?.range],
    [`${base}.CompressionType`, input.compression?.range],
    [`${base}.SampleWeightAttributeName`, input.weight?.range],
  ]
}

/** A single input is for training without being told. */
function compileInput(
  {name, value: input}: Entry<AutomlInputSpec>,
  isOneOfTwo: boolean,
  target: Value | undefined,
  scope: StepScope,
): JsonObject {
  return {
    DataSource: {S3DataSource: {S3DataType: 'S3Prefix', S3Uri: compileSource(input, scope)}},
    TargetAttributeName: target ? compileText(target, scope) : '',
    ...(input.contentType ? {ContentType: compileText(input.contentType, scope)} : {}),
    ...(input.compression ? {CompressionType: input.compression.value} : {}),
    ...(isOneOfTwo ? {ChannelType: name} : {}),
    ...(input.weight ? {SampleWeightAttributeName: compileText(input.weight, scope)} : {}),
  }
}

function jobConfig(step: AutomlSpec, scope: StepScope): JsonObject {
  const {algorithms, validationFraction: fraction, network} = step
  const names = compileTexts(algorithms, scope)
  return {
    Mode: 'ENSEMBLING',
    ...unlessEmpty('CompletionCriteria', completionCriteria(step, scope)),
    ...(names.length > 0 ? {CandidateGenerationConfig: {AlgorithmsConfig: [{AutoMLAlgorithms: names}]}} : {}),
    ...(fraction ? {DataSplitConfig: {ValidationFraction: numberJson(fraction.value, fraction.text)}} : {}),
    ...unlessEmpty('SecurityConfig', compileNetwork(network, scope)),
  }
}

function completionCriteria({limits}: AutomlSpec, scope: StepScope): JsonObject {
  const most = {least: 1, most: maximumCandidates, isWhole: true}
  const candidates = limits?.candidates && compileNumber(limits.candidates, 'the number of candidates', most, scope)
  return {
    ...(candidates === undefined ? {} : {MaxCandidates: candidates}),
    ...seconds('MaxRuntimePerTrainingJobInSeconds', limits?.perJob, scope),
    ...seconds('MaxAutoMLJobRuntimeInSeconds', limits?.runtime, scope),
  }
}

function seconds(member: string, limit: Located<SpecDuration> | undefined, scope: StepScope): Record<string, Json> {
  if (!limit) return {}
  const whole = durationSeconds(limit.value)
  if (whole !== undefined) return {[member]: whole}
  scope.findings.error('invalid-duration', limit.range, 'a month has no fixed length', {help: 'write days or hours'})
  return {}
}

/** Source: Developer Guide, "AutoML step". */
function checkMode({mode}: AutomlSpec, scope: StepScope): void {
  if (!mode || mode.value === 'ENSEMBLING') return
  const message = `a pipeline cannot run Autopilot in the mode ${mode.value}`
  scope.findings.error('not-in-enum', mode.range, message, {help: 'mode: ENSEMBLING, or leave it out'})
}

function checkInputs({inputs, nameRange, name: stepName}: AutomlSpec, scope: StepScope): void {
  for (const {name, nameRange: range} of inputs ?? []) {
    if (channelTypes.includes(name)) continue
    const help = suggestName(name, channelTypes) ?? 'an input is called training or validation'
    scope.findings.error('unknown-key', range, `Autopilot has no input "${name}"`, {help})
  }
  if (inputs && !inputs.some(({name}) => name === 'training')) {
    scope.findings.error('missing-key', nameRange, `step "${stepName}" has no input "training"`)
  }
}
