// transform → Transform (CreateTransformJob's request, less its name).

import type {JsonObject} from '../../definition/json.ts'
import type {StepOf} from '../../spec/pipeline-spec.ts'
import type {TransformInputSpec} from '../../spec/steps/transform.ts'
import {lengthSeconds} from '../../text/duration.ts'
import {checkCount} from '../checks/check-limits.ts'
import type {StepCompiler, StepScope} from '../context.ts'
import {compileSource} from '../local-content.ts'
import {checkModelName} from '../parts/endpoint-parts.ts'
import {compileTags, jobEnvironment, jobInstances, jobPolicies, outputUri, unlessEmpty} from '../parts/job-parts.ts'
import {jobPlaces, type Place} from '../place.ts'
import {compileNumber} from '../values/compile-typed.ts'
import {compileText} from '../values/compile-value.ts'
import {shortNames} from '../values/short-names.ts'

type TransformSpec = StepOf<'transform'>

/** Limits of CreateTransformJob. */
const maximumVariables = 16
const longestInvocationSeconds = 3600
const maximumRetries = 3
const maximumPayloadMb = 100
const longestFilter = 63

export const transformCompiler: StepCompiler<TransformSpec> = {
  type: 'Transform',
  ...shortNames({output: 'TransformOutput.S3OutputPath', job: 'TransformJobName'}),

  compile(step, scope) {
    checkTogether(step, scope)
    checkModelName(step.model, scope)
    const environment = jobEnvironment(step, scope)
    checkCount(Object.keys(environment).length, maximumVariables, 'environment variables', step, scope)
    return {
      Arguments: {
        ModelName: step.model ? compileText(step.model, scope) : '',
        TransformInput: step.input ? transformInput(step.input, scope) : {},
        TransformOutput: transformOutput(step, scope),
        TransformResources: jobInstances(step, scope),
        ...(step.strategy ? {BatchStrategy: step.strategy.value} : {}),
        ...requestLimits(step, scope),
        ...unlessEmpty('Environment', environment),
        ...unlessEmpty('DataProcessing', dataProcessing(step, scope)),
        ...unlessEmpty('ModelClientConfig', modelClient(step, scope)),
        ...compileTags(step.tags, scope),
      },
      ...jobPolicies(step, scope),
    }
  },

  places(step, scope) {
    const key = (name: string) => step.keyRanges.get(name)
    return [
      ...jobPlaces(step, 'TransformResources', scope),
      ['ModelName', step.model?.range],
      ['TransformInput', key('input')],
      ...inputPlaces(step.input),
      ['TransformOutput', key('output')],
      ['TransformOutput.S3OutputPath', step.output?.to?.range],
      ['TransformOutput.Accept', step.output?.accept?.range],
      ['TransformOutput.AssembleWith', step.output?.assemble?.range],
      ['BatchStrategy', step.strategy?.range],
      ['MaxConcurrentTransforms', step.maxConcurrent?.range],
      ['MaxPayloadInMB', step.maxPayload?.range],
      ['DataProcessing.InputFilter', step.filter?.input?.range],
      ['DataProcessing.OutputFilter', step.filter?.output?.range],
      ['DataProcessing.JoinSource', step.join?.range],
      ['ModelClientConfig', key('invocations')],
      ['ModelClientConfig.InvocationsTimeoutInSeconds', step.invocations?.timeout?.range],
      ['ModelClientConfig.InvocationsMaxRetries', step.invocations?.retries?.range],
    ]
  },
}

function inputPlaces(input: TransformInputSpec | undefined): Place[] {
  return [
    ['TransformInput.DataSource.S3DataSource.S3Uri', input?.from?.range],
    ['TransformInput.DataSource.S3DataSource.S3DataType', input?.type?.range],
    ['TransformInput.ContentType', input?.contentType?.range],
    ['TransformInput.SplitType', input?.split?.range],
    ['TransformInput.CompressionType', input?.compression?.range],
  ]
}

function transformInput(input: TransformInputSpec, scope: StepScope): JsonObject {
  return {
    DataSource: {S3DataSource: {S3DataType: input.type?.value ?? 'S3Prefix', S3Uri: compileSource(input, scope)}},
    ...(input.contentType ? {ContentType: compileText(input.contentType, scope)} : {}),
    ...(input.compression ? {CompressionType: input.compression.value} : {}),
    ...(input.split ? {SplitType: input.split.value} : {}),
  }
}

function transformOutput({output}: TransformSpec, scope: StepScope): JsonObject {
  return {
    S3OutputPath: outputUri(output?.to, 'output', scope),
    ...(output?.accept ? {Accept: compileText(output.accept, scope)} : {}),
    ...(output?.assemble ? {AssembleWith: output.assemble.value} : {}),
  }
}

function requestLimits({maxConcurrent, maxPayload}: TransformSpec, scope: StepScope): JsonObject {
  const whole = {least: 0, isWhole: true}
  const payload = {...whole, most: maximumPayloadMb}
  return {
    ...(maxConcurrent
      ? {MaxConcurrentTransforms: compileNumber(maxConcurrent, 'the number of concurrent requests', whole, scope)}
      : {}),
    ...(maxPayload ? {MaxPayloadInMB: compileNumber(maxPayload, 'the size of a request', payload, scope)} : {}),
  }
}

function dataProcessing({filter, join}: TransformSpec, scope: StepScope): JsonObject {
  for (const one of [filter?.input, filter?.output]) {
    if (!one || one.value.length <= longestFilter) continue
    const message = `${one.value.length} characters; SageMaker allows ${longestFilter} in a filter`
    scope.findings.error('out-of-range', one.range, message)
  }
  return {
    ...(filter?.input ? {InputFilter: filter.input.value} : {}),
    ...(filter?.output ? {OutputFilter: filter.output.value} : {}),
    ...(join ? {JoinSource: join.value} : {}),
  }
}

function modelClient({invocations}: TransformSpec, scope: StepScope): JsonObject {
  const {timeout, retries} = invocations ?? {}
  const seconds = timeout && lengthSeconds(timeout.value)
  if (timeout && seconds !== undefined && seconds > longestInvocationSeconds) {
    scope.findings.error('out-of-range', timeout.range, 'a model can take an hour at most for one answer')
  }
  const limits = {least: 0, most: maximumRetries, isWhole: true}
  return {
    ...(seconds === undefined ? {} : {InvocationsTimeoutInSeconds: seconds}),
    ...(retries ? {InvocationsMaxRetries: compileNumber(retries, 'the number of retries', limits, scope)} : {}),
  }
}

/** Keys that SageMaker takes only together. Source: CreateTransformJob, BatchStrategy and MaxPayloadInMB. */
function checkTogether({strategy, input, maxConcurrent, maxPayload, instance}: TransformSpec, scope: StepScope): void {
  const split = input?.split?.value ?? 'None'
  if (strategy && split === 'None') {
    scope.findings.error('missing-key', strategy.range, `"${strategy.value}" needs to know where a record ends`, {
      help: 'input: {from: …, split: Line}, or RecordIO or TFRecord',
    })
  }
  const requests = numberOf(maxConcurrent)
  const size = numberOf(maxPayload)
  if (maxPayload && requests * size > maximumPayloadMb) {
    const message = `${requests} requests of ${size} MB at the same time; SageMaker allows ${maximumPayloadMb} MB together`
    scope.findings.error('out-of-range', maxPayload.range, message)
  }
  if (instance?.volume) {
    scope.findings.error('unknown-key', instance.volume.range, 'the instances of a transform job have no "volume"')
  }
}

function numberOf(value: TransformSpec['maxPayload']): number {
  return value?.kind === 'literal' && typeof value.value === 'number' ? value.value : 0
}
