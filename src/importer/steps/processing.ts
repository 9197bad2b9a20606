// Processing → processing.

import {canonicalJson, isJsonObject, type Json, type JsonObject} from '../../definition/json.ts'
import {objectAt, objectsAt, textAt} from '../../definition/json-members.ts'
import type {Lift, LiftContext, SpecMap, SpecValue} from '../lift.ts'
import {
  liftEach,
  liftInstance,
  liftNetwork,
  liftTags,
  liftText,
  liftTextMap,
  liftTexts,
  liftTimeout,
  liftWord,
  shortForm,
  withResidue,
} from './job-parts.ts'

const inputRoot = '/opt/ml/processing/input'
const outputRoot = '/opt/ml/processing/output'

export const liftProcessing: Lift = (step, context) => {
  const {Arguments} = step
  if (!isJsonObject(Arguments)) return {}
  const application = objectAt(Arguments, 'AppSpecification')
  const inputs = objectsAt(Arguments, 'ProcessingInputs')
  const code = codeOf(inputs, application.ContainerEntrypoint)
  const command = code ? code.command : application.ContainerEntrypoint
  return {
    ...liftText('image', application.ImageUri, context),
    ...liftInstance(objectAt(objectAt(Arguments, 'ProcessingResources'), 'ClusterConfig'), context),
    ...liftText('role', Arguments.RoleArn, context),
    ...(code ? {code: code.code} : {}),
    ...liftTexts('command', command, context),
    ...liftTexts('args', application.ContainerArguments, context),
    ...liftTextMap('env', Arguments.Environment, context),
    ...liftTimeout(objectAt(Arguments, 'StoppingCondition').MaxRuntimeInSeconds),
    ...liftEach('inputs', code ? inputs.slice(0, -1) : inputs, 'InputName', (input, name) =>
      liftInput(input, name, context),
    ),
    ...liftEach(
      'outputs',
      objectsAt(objectAt(Arguments, 'ProcessingOutputConfig'), 'Outputs'),
      'OutputName',
      (output, name) => liftOutput(output, name, context),
    ),
    ...liftReports(step),
    ...liftNetwork(objectAt(Arguments, 'NetworkConfig'), context),
    ...liftTags(Arguments.Tags, context),
  }
}

type CodeInS3 = {readonly code: SpecValue; readonly command: readonly Json[]}

/** A script in S3: the last input is its folder, and the program starts it there. */
function codeOf(inputs: readonly JsonObject[], entrypoint: Json | undefined): CodeInS3 | undefined {
  const last = inputs.at(-1)
  const words = Array.isArray(entrypoint) ? entrypoint : []
  const script = words.at(-1)
  const folder = `${inputRoot}/code/`
  const uri = textAt(objectAt(last, 'S3Input'), 'S3Uri')
  if (!uri?.startsWith('s3://') || uri.includes('${')) return undefined
  if (!last || canonicalJson(last) !== canonicalJson(usualInput('code', uri))) return undefined
  if (typeof script !== 'string' || !script.startsWith(folder) || script.includes('${')) return undefined
  const entry = script.slice(folder.length)
  const isFile = uri.slice(uri.lastIndexOf('/') + 1) === entry
  const isUsual = words.length === 2 && words[0] === (entry.endsWith('.sh') ? '/bin/bash' : 'python3')
  return {code: isFile ? uri : {dir: uri, entry}, command: isUsual ? [] : words.slice(0, -1)}
}

function liftInput(input: JsonObject, name: string, context: LiftContext): SpecValue | undefined {
  const {S3Uri: from, LocalPath: to, ...transfer} = objectAt(input, 'S3Input')
  if (from === undefined) return undefined
  const {S3InputMode: mode, S3DataDistributionType: distribution, S3CompressionType: compression} = transfer
  const short: SpecMap = {
    from: context.text(from),
    ...(to === `${inputRoot}/${name}` ? {} : liftWord('to', to)),
    ...(mode === 'File' ? {} : liftWord('mode', mode)),
    ...(distribution === 'FullyReplicated' ? {} : liftWord('distribution', distribution)),
    ...(compression === 'None' ? {} : liftWord('compression', compression)),
  }
  const compiled = usualInput(name, from, {
    ...liftWord('LocalPath', short.to),
    ...liftWord('S3InputMode', short.mode),
    ...liftWord('S3DataDistributionType', short.distribution),
    ...liftWord('S3CompressionType', short.compression),
  })
  return shortForm(withResidue(short, compiled, input, context), 'from')
}

/** What the compiler makes of an input of which no more is said. */
function usualInput(name: string, from: Json, said: SpecMap = {}): JsonObject {
  const usual = {
    S3Uri: from,
    LocalPath: `${inputRoot}/${name}`,
    S3DataType: 'S3Prefix',
    S3InputMode: 'File',
    S3DataDistributionType: 'FullyReplicated',
    S3CompressionType: 'None',
  }
  return {InputName: name, AppManaged: false, S3Input: {...usual, ...said}}
}

function liftOutput(output: JsonObject, name: string, context: LiftContext): SpecValue {
  const {S3Uri: to, LocalPath: from, S3UploadMode: mode} = objectAt(output, 'S3Output')
  const short: SpecMap = {
    ...(from === `${outputRoot}/${name}` ? {} : liftWord('from', from)),
    ...(to === undefined ? {} : {to: context.text(to)}),
    ...(mode === 'EndOfJob' ? {} : liftWord('mode', mode)),
  }
  const compiled = {
    OutputName: name,
    AppManaged: false,
    S3Output: {
      ...(to === undefined ? {} : {S3Uri: to}),
      LocalPath: short.from ?? `${outputRoot}/${name}`,
      S3UploadMode: short.mode ?? 'EndOfJob',
    },
  }
  return shortForm(withResidue(short, compiled, output, context), 'to')
}

/** `reports:` of the property files. */
function liftReports({PropertyFiles: files}: JsonObject): SpecMap {
  const reports = objectsAt({files: files ?? null}, 'files').flatMap(
    ({PropertyFileName: name, OutputName: output, FilePath: path}) =>
      typeof name === 'string' && typeof output === 'string' && typeof path === 'string'
        ? [[name, `${output}/${path}`] as const]
        : [],
  )
  return reports.length > 0 ? {reports: Object.fromEntries(reports)} : {}
}
