// processing → Processing (CreateProcessingJob's request, less its name).

import type {Json, JsonObject} from '../../definition/json.ts'
import type {PropertyFile} from '../../definition/types.ts'
import type {Range} from '../../diagnostics/diagnostic.ts'
import type {ProcessingSpec} from '../../spec/pipeline-spec.ts'
import type {InputSpec, OutputSpec} from '../../spec/shapes/shapes.ts'
import {formatPath, type PathPart, partName, type Reference} from '../../spec/value.ts'
import {suggestName} from '../../text/nearest-name.ts'
import {checkCount} from '../checks/check-limits.ts'
import type {Resolved, StepCompiler, StepScope} from '../context.ts'
import {fingerprintEnvironment, fingerprintPlaces} from '../fingerprints.ts'
import {compileSource, type PlacedCode, placeCode} from '../local-content.ts'
import {
  compileTags,
  jobEnvironment,
  jobImage,
  jobPolicies,
  jobResources,
  maxRuntimeSeconds,
  outputUri,
  roleArn,
  unlessEmpty,
} from '../parts/job-parts.ts'
import {compileNetwork, networkPlaces} from '../parts/network.ts'
import {processingInput} from '../parts/processing-input.ts'
import {elementPath, entryRange, itemPlaces, jobPlaces, ownOrDefault, type Place} from '../place.ts'
import {compileTexts, join} from '../values/compile-value.ts'
import {mergeApi} from '../values/merge-api.ts'

const inputRoot = '/opt/ml/processing/input'
const outputRoot = '/opt/ml/processing/output'

/** Limits of CreateProcessingJob: 10 inputs (code counts) and 10 outputs; found by the service only when the step runs. */
const maximumInputs = 10
const maximumOutputs = 10
const maximumArguments = 100

export const processingCompiler: StepCompiler<ProcessingSpec> = {
  type: 'Processing',
  propertyNames: ['outputs.NAME', 'reports.NAME.VALUE', 'reports.NAME.path'],

  compile(step, scope) {
    const placed = step.code && placeCode(step.code, scope)
    const inputs = (step.inputs ?? []).map(({name, value}) => compileInput(name, value, scope))
    if (placed) inputs.push(processingInput('code', placed.s3Uri, `${inputRoot}/code`))
    checkNames(step, scope)
    checkCount(inputs.length, maximumInputs, 'inputs (code is one of them)', step, scope)
    checkCount(step.outputs?.length ?? 0, maximumOutputs, 'outputs', step, scope)
    checkCount(step.args?.length ?? 0, maximumArguments, 'arguments', step, scope)

    const outputs = (step.outputs ?? []).map((output) => compileOutput(output, scope))
    const seconds = maxRuntimeSeconds(step, 'processing', scope)
    return {
      Arguments: {
        ProcessingResources: {ClusterConfig: jobResources(step, scope)},
        AppSpecification: {
          ImageUri: jobImage(step, scope),
          ...unlessEmpty('ContainerEntrypoint', entrypoint(step, placed, scope)),
          ...unlessEmpty('ContainerArguments', compileTexts(step.args, scope)),
        },
        RoleArn: roleArn(step.role, scope),
        ...unlessEmpty('ProcessingInputs', inputs),
        ...(outputs.length > 0 ? {ProcessingOutputConfig: {Outputs: outputs}} : {}),
        ...unlessEmpty('Environment', {...jobEnvironment(step, scope), ...fingerprintEnvironment(step, scope)}),
        ...unlessEmpty('NetworkConfig', compileNetwork(step.network, scope)),
        ...(seconds === undefined ? {} : {StoppingCondition: {MaxRuntimeInSeconds: seconds}}),
        ...compileTags(step.tags, scope),
      },
      ...jobPolicies(step, scope),
      ...propertyFiles(step, scope),
    }
  },

  property(step, path, reference, scope) {
    const [kind, name, ...rest] = path
    if (kind?.kind !== 'name') return 'unknown'
    if (kind.name === 'outputs') return outputProperty(step, name, rest, reference, scope)
    if (kind.name === 'reports') return reportProperty(step, name, rest, reference, scope)
    return 'unknown'
  },

  places(step, scope) {
    const key = (name: string) => step.keyRanges.get(name)
    const script = entryRange(step.code)
    const program = 'AppSpecification.ContainerEntrypoint'
    return [
      ...jobPlaces(step, 'ProcessingResources.ClusterConfig', scope),
      ...fingerprintPlaces(step, scope),
      ['ProcessingResources', ownOrDefault('instance', step, scope)],
      ['AppSpecification.ImageUri', ownOrDefault('image', step, scope)],
      [program, key('command') ?? script],
      ...itemPlaces(program, step.command),
      [`${program}[${step.command?.length || 1}]`, script],
      ['AppSpecification.ContainerArguments', key('args')],
      ...itemPlaces('AppSpecification.ContainerArguments', step.args),
      ['ProcessingInputs', key('inputs')],
      ...(step.inputs ?? []).flatMap(({name, nameRange, value}) => inputPlaces(name, nameRange, value)),
      [elementPath('ProcessingInputs', 'code'), step.code?.path.range],
      ['ProcessingOutputConfig', key('outputs')],
      ...(step.outputs ?? []).flatMap(outputPlaces),
      ...networkPlaces('NetworkConfig.', step.network),
    ]
  },
}

function inputPlaces(name: string, nameRange: Range, input: InputSpec): Place[] {
  const base = elementPath('ProcessingInputs', name)
  return [
    [base, nameRange],
    [`${base}.S3Input.S3Uri`, input.from?.range],
    [`${base}.S3Input.LocalPath`, input.to?.range],
    [`${base}.S3Input.S3InputMode`, input.mode?.range],
    [`${base}.S3Input.S3DataDistributionType`, input.distribution?.range],
    [`${base}.S3Input.S3CompressionType`, input.compression?.range],
  ]
}

function outputPlaces({name, nameRange, to, from, mode}: OutputSpec): Place[] {
  const base = elementPath('ProcessingOutputConfig.Outputs', name)
  return [
    [base, nameRange],
    [`${base}.S3Output.S3Uri`, to?.range],
    [`${base}.S3Output.LocalPath`, from?.range],
    [`${base}.S3Output.S3UploadMode`, mode?.range],
  ]
}

function compileInput(name: string, input: InputSpec, scope: StepScope): JsonObject {
  checkInput(input, scope)
  const own = processingInput(name, compileSource(input, scope), input.to?.value ?? `${inputRoot}/${name}`, {
    ...(input.mode ? {S3InputMode: input.mode.value} : {}),
    ...(input.distribution ? {S3DataDistributionType: input.distribution.value} : {}),
    ...(input.compression ? {S3CompressionType: input.compression.value} : {}),
  })
  return input.api ? mergeApi(own, input.api, scope) : own
}

/** Found by the service only when the pipeline is made. Source: ProcessingS3Input. */
function checkInput({mode, contentType}: InputSpec, scope: StepScope): void {
  if (mode?.value === 'FastFile') {
    scope.findings.error('not-in-enum', mode.range, 'an input of a processing step cannot be FastFile', {
      help: 'File, or Pipe for a stream',
    })
  }
  if (contentType) {
    const message = 'an input of a processing step has no "contentType": the program sees files'
    scope.findings.error('unknown-key', contentType.range, message)
  }
}

function compileOutput({name, to, from, mode, api}: OutputSpec, scope: StepScope): JsonObject {
  const own = {
    OutputName: name,
    AppManaged: false,
    S3Output: {
      S3Uri: outputUri(to, name, scope),
      LocalPath: from?.value ?? `${outputRoot}/${name}`,
      S3UploadMode: mode?.value ?? 'EndOfJob',
    },
  }
  return api ? mergeApi(own, api, scope) : own
}

/** The program: `command`, followed by the script when there is code; python3 or bash by the script's ending. */
function entrypoint(step: ProcessingSpec, placed: PlacedCode | undefined, scope: StepScope): Json[] {
  const command = compileTexts(step.command, scope)
  if (!placed) return command
  const script = `${inputRoot}/code/${placed.entry}`
  if (command.length > 0) return [...command, script]
  return [placed.entry.endsWith('.sh') ? '/bin/bash' : 'python3', script]
}

function checkNames(step: ProcessingSpec, scope: StepScope): void {
  const code = step.inputs?.find(({name}) => name === 'code')
  if (code && step.code) {
    scope.findings.error('name-collision', code.nameRange, 'the input "code" is taken by the code of the step', {
      help: 'give the input another name',
    })
  }
}

function propertyFiles(step: ProcessingSpec, scope: StepScope): {PropertyFiles?: PropertyFile[]} {
  const files = (step.reports ?? []).flatMap(({name, value}): PropertyFile[] => {
    const slash = value.value.indexOf('/')
    const output = value.value.slice(0, slash)
    const file = value.value.slice(slash + 1)
    if (slash < 1 || file === '') {
      scope.findings.error('wrong-type', value.range, `"${value.value}" does not name a file in an output`, {
        help: 'write <output>/<file>, such as report/metrics.json',
      })
      return []
    }
    if (!step.outputs?.some((known) => known.name === output)) {
      const help = suggestName(
        output,
        (step.outputs ?? []).map((known) => known.name),
      )
      const message = `the report "${name}" lies in "${output}", which is not an output of step "${step.name}"`
      scope.findings.error('unknown-output-reference', value.range, message, {help})
      return []
    }
    return [{PropertyFileName: name, OutputName: output, FilePath: file}]
  })
  return files.length > 0 ? {PropertyFiles: files} : {}
}

function outputProperty(
  step: ProcessingSpec,
  name: PathPart | undefined,
  rest: readonly PathPart[],
  reference: Reference,
  scope: StepScope,
): Resolved | undefined {
  const output = partName(name)
  const names = (step.outputs ?? []).map((known) => known.name)
  if (rest.length > 0 || !names.includes(output)) {
    const help = rest.length > 0 ? undefined : suggestName(output, names)
    const message =
      rest.length > 0
        ? `"${reference.text}" goes too deep: an output is one S3 URI`
        : `step "${step.name}" has no output "${output}"`
    scope.findings.error('unknown-output-reference', name?.range ?? reference.range, message, {help})
    return undefined
  }
  return {json: outputReference(step.name, output), type: 'String'}
}

function reportProperty(
  step: ProcessingSpec,
  name: PathPart | undefined,
  rest: readonly PathPart[],
  reference: Reference,
  scope: StepScope,
): Resolved | undefined {
  const report = step.reports?.find((known) => known.name === partName(name))
  if (!report) {
    const help = suggestName(
      partName(name),
      (step.reports ?? []).map((known) => known.name),
    )
    const message = `step "${step.name}" has no report "${partName(name)}"`
    scope.findings.error('unknown-report-reference', name?.range ?? reference.range, message, {help})
    return undefined
  }
  const [first, second] = rest
  if (!first) {
    scope.findings.error('unknown-report-reference', reference.range, `"${reference.text}" names a whole report`, {
      help: `name a value in it (${reference.text}.accuracy), or its place (${reference.text}.path)`,
    })
    return undefined
  }
  if (first.kind === 'name' && first.name === 'path' && !second) {
    const [output = '', ...file] = report.value.value.split('/')
    return {json: join([outputReference(step.name, output), `/${file.join('/')}`]), type: 'String'}
  }
  const file = {Get: `Steps.${step.name}.PropertyFiles.${report.name}`}
  return {json: {'Std:JsonGet': {PropertyFile: file, Path: formatPath(rest)}}, type: 'Unknown'}
}

function outputReference(stepName: string, output: string): JsonObject {
  return {Get: `Steps.${stepName}.ProcessingOutputConfig.Outputs['${output}'].S3Output.S3Uri`}
}
