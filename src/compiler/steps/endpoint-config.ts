// endpoint-config → EndpointConfig (CreateEndpointConfig's request).

import type {Json, JsonObject} from '../../definition/json.ts'
import type {Range} from '../../diagnostics/diagnostic.ts'
import type {StepOf} from '../../spec/pipeline-spec.ts'
import type {VariantSpec} from '../../spec/steps/endpoint-config.ts'
import type {StepCompiler, StepScope} from '../context.ts'
import {checkModelName, checkName, isName, nameMaximum, nameRule, ownName} from '../parts/endpoint-parts.ts'
import {cacheConfig, compileTags, retryPolicies, roleArn} from '../parts/job-parts.ts'
import type {Place} from '../place.ts'
import {compileNumber} from '../values/compile-typed.ts'
import {compileText} from '../values/compile-value.ts'
import {mergeApi} from '../values/merge-api.ts'
import {shortNames} from '../values/short-names.ts'

type EndpointConfigSpec = StepOf<'endpoint-config'>

/** What each variant is fed from: an entry of `variants:`, or the step's own keys for the only one. */
type NamedVariant = {readonly name: string; readonly nameRange: Range; readonly value: Omit<VariantSpec, 'range'>}

/** Source: CreateEndpointConfig, ProductionVariants. */
const maximumVariants = 10

/** An execution id has 12 characters; a hyphen stands before it. */
const executionIdLength = 13

/** What the SageMaker SDK calls the only variant of an endpoint. */
const onlyVariant = 'AllTraffic'

/** Source: ProductionVariantServerlessConfig. */
const serverlessMemory = {least: 1024, most: 6144, isWhole: true}
const serverlessConcurrency = {least: 1, most: 200, isWhole: true}

export const endpointConfigCompiler: StepCompiler<EndpointConfigSpec> = {
  type: 'EndpointConfig',
  ...shortNames({name: 'EndpointConfigName', arn: 'EndpointConfigArn'}),

  compile(step, scope) {
    checkName(step.config, 'an endpoint configuration', scope)
    checkShorthand(step, scope)
    const variants = variantsOf(step)
    if ((variants.length === 0 && !givesVariants(step)) || variants.length > maximumVariants) {
      const message = `step "${step.name}" has ${variants.length} variants; SageMaker allows 1 to ${maximumVariants}`
      scope.findings.error('out-of-range', step.keyRanges.get('variants') ?? step.nameRange, message)
    }
    checkServerless(variants, scope)
    const hasRole = step.role !== undefined || variants.some(({value}) => !value.model && !value.api)
    return {
      Arguments: {
        EndpointConfigName: step.config ? compileText(step.config, scope) : freshName(scope),
        ProductionVariants: variants.map((variant) => compileVariant(variant, scope)),
        ...(step.capture ? {DataCaptureConfig: captureConfig(step.capture, scope)} : {}),
        ...(hasRole ? {ExecutionRoleArn: roleArn(step.role, scope)} : {}),
        ...compileTags(step.tags, scope),
      },
      ...cacheConfig(step.cache),
      ...retryPolicies(step.retry),
    }
  },

  places: (step) => [
    ['EndpointConfigName', step.config?.range],
    ['ProductionVariants', step.keyRanges.get('variants')],
    ...variantsOf(step).flatMap(variantPlaces),
    ['DataCaptureConfig', step.capture?.range],
    ['DataCaptureConfig.DestinationS3Uri', step.capture?.to?.range],
    ['DataCaptureConfig.InitialSamplingPercentage', step.capture?.percent?.range],
    ['ExecutionRoleArn', step.role?.range],
    ['Tags', step.keyRanges.get('tags')],
    ['CacheConfig', step.cache?.range],
  ],
}

/** SageMaker refuses a name that exists already, and an endpoint takes up a configuration only under a new name. */
function freshName(scope: StepScope): Json {
  const name = ownName(scope, nameMaximum - executionIdLength)
  return {'Std:Join': {On: '-', Values: [name, {Get: 'Execution.PipelineExecutionId'}]}}
}

function variantsOf(step: EndpointConfigSpec): readonly NamedVariant[] {
  if (step.variants) return step.variants
  const {model, instance, serverless, nameRange} = step
  if (!(model || instance || serverless) && givesVariants(step)) return []
  return [{name: onlyVariant, nameRange, value: {model, instance, serverless, weight: undefined, api: undefined}}]
}

/** Whether the variants stand under `api:`, in SageMaker's own names. */
function givesVariants({api}: EndpointConfigSpec): boolean {
  return api?.entries.some(({key}) => key === 'ProductionVariants') ?? false
}

function checkShorthand(step: EndpointConfigSpec, scope: StepScope): void {
  if (!step.variants) return
  for (const key of ['model', 'instance', 'serverless'] as const) {
    const range = step[key]?.range
    if (range) scope.findings.error('exclusive-keys', range, `"${key}" and "variants" exclude each other`)
  }
}

/** Developer Guide, "Deploy models with Amazon SageMaker Serverless Inference", feature exclusions: several production variants. */
function checkServerless(variants: readonly NamedVariant[], scope: StepScope): void {
  if (variants.length < 2) return
  for (const {name, value} of variants) {
    if (!value.serverless) continue
    const message = `the serverless variant "${name}" stands beside others, and SageMaker lets it stand alone only`
    scope.findings.error('exclusive-keys', value.serverless.range, message)
  }
}

function compileVariant({name, nameRange, value}: NamedVariant, scope: StepScope): JsonObject {
  const {model, instance, serverless, weight} = value
  if (!isName(name)) {
    scope.findings.error('invalid-name', nameRange, `"${name}" cannot name a variant`, {help: nameRule})
  }
  if (instance && serverless) {
    scope.findings.error('exclusive-keys', serverless.range, '"instance" and "serverless" exclude each other')
  }
  checkModelName(model, scope)
  const isTold = instance !== undefined || value.api === undefined
  const own = {
    VariantName: name,
    ...(model ? {ModelName: compileText(model, scope)} : {}),
    ...(isTold && !serverless ? machines(name, nameRange, instance, scope) : {}),
    ...(serverless ? serverlessConfig(serverless, scope) : {}),
    ...(weight ? {InitialVariantWeight: compileNumber(weight, 'a weight', {least: 0, isWhole: false}, scope)} : {}),
  }
  return value.api ? mergeApi(own, value.api, scope) : own
}

/** An endpoint costs as long as it exists, so that no machine is chosen for the user. */
function machines(name: string, nameRange: Range, instance: VariantSpec['instance'], scope: StepScope): JsonObject {
  if (!instance?.type) {
    scope.findings.error('missing-key', instance?.range ?? nameRange, `the variant "${name}" has no instance type`, {
      help: 'instance: ml.m5.large, or serverless: {memory: 2048, concurrency: 5}',
    })
    return {}
  }
  const count = {least: 1, isWhole: true}
  const volume = {least: 1, isWhole: true}
  return {
    InstanceType: compileText(instance.type, scope),
    InitialInstanceCount: instance.count ? compileNumber(instance.count, 'the instance count', count, scope) : 1,
    ...(instance.volume ? {VolumeSizeInGB: compileNumber(instance.volume, 'the volume size', volume, scope)} : {}),
  }
}

function serverlessConfig({memory, concurrency}: NonNullable<VariantSpec['serverless']>, scope: StepScope): JsonObject {
  if (memory?.kind === 'literal' && typeof memory.value === 'number' && memory.value % 1024 !== 0) {
    scope.findings.error('out-of-range', memory.range, `${memory.text} MB is not a multiple of 1024`)
  }
  return {
    ServerlessConfig: {
      ...(memory ? {MemorySizeInMB: compileNumber(memory, 'the memory', serverlessMemory, scope)} : {}),
      ...(concurrency
        ? {MaxConcurrency: compileNumber(concurrency, 'the concurrency', serverlessConcurrency, scope)}
        : {}),
    },
  }
}

function captureConfig({to, percent}: NonNullable<EndpointConfigSpec['capture']>, scope: StepScope): JsonObject {
  return {
    EnableCapture: true,
    InitialSamplingPercentage: percent?.value ?? 100,
    DestinationS3Uri: to ? compileText(to, scope) : '',
    CaptureOptions: [{CaptureMode: 'Input'}, {CaptureMode: 'Output'}],
  }
}

function variantPlaces({nameRange, value}: NamedVariant, index: number): Place[] {
  const base = `ProductionVariants[${index}]`
  const {model, instance, serverless, weight} = value
  return [
    [base, nameRange],
    [`${base}.ModelName`, model?.range],
    [`${base}.InstanceType`, instance?.type?.range],
    [`${base}.InitialInstanceCount`, instance?.count?.range],
    [`${base}.VolumeSizeInGB`, instance?.volume?.range],
    [`${base}.ServerlessConfig`, serverless?.range],
    [`${base}.ServerlessConfig.MemorySizeInMB`, serverless?.memory?.range],
    [`${base}.ServerlessConfig.MaxConcurrency`, serverless?.concurrency?.range],
    [`${base}.InitialVariantWeight`, weight?.range],
  ]
}
