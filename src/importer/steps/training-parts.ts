// What the lifts of a training step and of the training jobs of a tuning step have in common.

import {isJsonObject, type Json, type JsonObject} from '../../definition/json.ts'
import {objectAt, objectsAt, textAt} from '../../definition/json-members.ts'
import type {LiftContext, SpecMap, SpecValue} from '../lift.ts'
import {
  liftEach,
  liftNested,
  liftNetwork,
  liftText,
  liftTextMap,
  liftTimeout,
  liftWord,
  shortDuration,
  shortForm,
  withResidue,
} from './job-parts.ts'

/** A training job runs for a day where a step says nothing. */
const usualRunSeconds = 86_400

/** The script of the job: in the hyperparameters that the training toolkit reads, or in a channel of its own. */
export type Program = {
  readonly code: SpecMap
  readonly isScriptMode: boolean
  readonly channels: readonly JsonObject[]
}

/** `request` is that of CreateTrainingJob, or a training definition of a tuning job. */
export function programOf(request: JsonObject, hyperparameters: JsonObject): Program {
  const channels = objectsAt(request, 'InputDataConfig')
  const script = scriptModeCode(hyperparameters)
  if (script) return {code: {code: script}, isScriptMode: true, channels}
  const mounted = channelCode(channels.at(-1), objectAt(request, 'AlgorithmSpecification').ContainerEntrypoint)
  if (mounted) return {code: {code: mounted}, isScriptMode: false, channels: channels.slice(0, -1)}
  return {code: {}, isScriptMode: false, channels}
}

const program = 'sagemaker_program'
const directory = 'sagemaker_submit_directory'
const usualLevel = 'sagemaker_container_log_level'

function scriptModeCode(hyperparameters: JsonObject): SpecMap | undefined {
  const entry = decoded(hyperparameters[program])
  const dir = decoded(hyperparameters[directory])
  if (typeof entry !== 'string' || typeof dir !== 'string' || (entry + dir).includes('${')) return undefined
  return dir.startsWith('s3://') && dir.endsWith('.tar.gz') ? {dir, entry} : undefined
}

function channelCode(channel: JsonObject | undefined, entrypoint: Json | undefined): SpecValue | undefined {
  const [command, script, extra] = Array.isArray(entrypoint) ? entrypoint : []
  const uri = textAt(objectAt(objectAt(channel, 'DataSource'), 'S3DataSource'), 'S3Uri')
  const folder = '/opt/ml/input/data/code/'
  if (channel?.ChannelName !== 'code' || !uri?.startsWith('s3://') || typeof script !== 'string') return undefined
  if (extra !== undefined || !script.startsWith(folder) || (uri + script).includes('${')) return undefined
  const entry = script.slice(folder.length)
  if (command !== (entry.endsWith('.sh') ? '/bin/bash' : 'python3')) return undefined
  return uri.slice(uri.lastIndexOf('/') + 1) === entry ? uri : {dir: uri, entry}
}

/** `hyperparameters:`; in script mode texts stand in JSON's quotes, which the compiler puts around them. */
export function liftHyperparameters(hyperparameters: JsonObject, isScriptMode: boolean, context: LiftContext): SpecMap {
  const own = Object.entries(hyperparameters).filter(
    ([name, value]) =>
      !isScriptMode ||
      (name !== program && name !== directory && !(name === usualLevel && value === '20') && isSayable(value)),
  )
  return liftNested(
    'hyperparameters',
    Object.fromEntries(own.map(([name, value]) => [name, liftHyperparameter(value, isScriptMode, context)])),
  )
}

/** In script mode the spec has words for a single value only: null, lists and objects in JSON are left to `api:`. */
function isSayable(value: Json): boolean {
  if (typeof value !== 'string') return true
  const known = decoded(value)
  return known !== undefined && known !== null && typeof known !== 'object'
}

export function liftHyperparameter(value: Json, isScriptMode: boolean, context: LiftContext): SpecValue {
  const text = isScriptMode ? decoded(value) : undefined
  return typeof text === 'string' ? text.replaceAll('${', '$${') : context.text(value)
}

function decoded(value: Json | undefined): unknown {
  if (typeof value !== 'string') return undefined
  try {
    return JSON.parse(value) as unknown
  } catch {
    return undefined
  }
}

/** `image:`, `role:`, `inputs:`, `metrics:`, `env:`, and how the job may run. */
export function liftTrainingJob(request: JsonObject, channels: readonly JsonObject[], context: LiftContext): SpecMap {
  const algorithm = objectAt(request, 'AlgorithmSpecification')
  const inputs = (list: readonly JsonObject[]) =>
    liftEach('inputs', list, 'ChannelName', (channel, name) => liftChannel(channel, name, context))
  return {
    ...liftText('role', request.RoleArn, context),
    ...liftTextMap('env', request.Environment, context),
    ...inputs(channels),
    ...liftEach('metrics', objectsAt(algorithm, 'MetricDefinitions'), 'Name', liftMetric),
    ...liftConduct(request, context),
    ...liftNetwork(request, context),
  }
}

export function liftMetric({Regex: regex}: JsonObject): SpecValue | undefined {
  return liftWord('regex', regex).regex
}

function liftChannel(channel: JsonObject, name: string, context: LiftContext): SpecValue | undefined {
  const {S3Uri: from, S3DataDistributionType: distribution} = objectAt(objectAt(channel, 'DataSource'), 'S3DataSource')
  if (from === undefined) return undefined
  const {ContentType: type, InputMode: mode, CompressionType: compression} = channel
  const short: SpecMap = {
    from: context.text(from),
    ...liftText('contentType', type, context),
    ...liftWord('mode', mode),
    ...(distribution === 'FullyReplicated' ? {} : liftWord('distribution', distribution)),
    ...liftWord('compression', compression),
  }
  const source = {
    S3DataType: 'S3Prefix',
    S3Uri: from,
    S3DataDistributionType: short.distribution ?? 'FullyReplicated',
  }
  const compiled = {
    ChannelName: name,
    DataSource: {S3DataSource: source},
    ...(type === undefined ? {} : {ContentType: type}),
    ...liftWord('InputMode', mode),
    ...liftWord('CompressionType', compression),
  }
  return shortForm(withResidue(short, compiled, channel, context), 'from')
}

/** `timeout:`, `spot:` and `checkpoints:`. */
function liftConduct(request: JsonObject, context: LiftContext): SpecMap {
  const {MaxRuntimeInSeconds: seconds, MaxWaitTimeInSeconds: wait} = objectAt(request, 'StoppingCondition')
  const checkpoints = objectAt(request, 'CheckpointConfig')
  return {
    ...(seconds === usualRunSeconds ? {} : liftTimeout(seconds)),
    ...(request.EnableManagedSpotTraining === true ? {spot: liftSpot(seconds, wait)} : {}),
    ...(checkpoints.S3Uri === undefined
      ? {}
      : {checkpoints: {...liftText('to', checkpoints.S3Uri, context), ...liftWord('from', checkpoints.LocalPath)}}),
  }
}

function liftSpot(seconds: Json | undefined, wait: Json | undefined): SpecValue {
  const isOwn = typeof wait === 'number' && wait !== seconds && Number.isSafeInteger(wait) && wait > 0
  return isOwn ? {maxWait: shortDuration(wait)} : true
}

export function isEmptyList(json: Json | undefined): boolean {
  return Array.isArray(json) && json.length === 0
}

export function requestOf({Arguments}: JsonObject): JsonObject {
  return isJsonObject(Arguments) ? Arguments : {}
}
