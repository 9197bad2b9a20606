// Script mode: what the training toolkit inside AWS's framework images does with a user's script.
// Source: aws/sagemaker-training-toolkit, environment.py, params.py, mapping.py, entry_point.py and errors.py.

import {stat} from 'node:fs/promises'
import {availableParallelism} from 'node:os'
import {join} from 'node:path'
import type {Json, JsonObject} from '../../../definition/json.ts'
import {canonicalJson, isJsonObject} from '../../../definition/json.ts'
import {unpackArchive} from '../archives.ts'
import {parseUri} from '../inputs.ts'
import {clientFault} from '../job-fault.ts'
import type {Command, JobContext} from '../job-plan.ts'
import {hostPath, mlRoot} from '../ml-paths.ts'

export type ScriptFacts = {
  readonly hyperparameters: Readonly<Record<string, string>>
  readonly resourceConfig: JsonObject
  readonly inputDataConfig: JsonObject
}

/** Read by the toolkit itself and kept from the script. */
const reserved = new Set([
  'sagemaker_program',
  'sagemaker_submit_directory',
  'sagemaker_enable_cloudwatch_metrics',
  'sagemaker_container_log_level',
  'sagemaker_job_name',
  'sagemaker_region',
  'sagemaker_s3_output',
])

/** Also sagemaker_parameter_server_enabled, sagemaker_mpi_enabled and their like: how to distribute, which one machine does not. */
const reservedBeginnings = [
  'sagemaker_mpi_',
  'sagemaker_parameter_server_',
  'sagemaker_distributed_',
  'sagemaker_instance_',
  'sagemaker_torch_',
]

/** Unpacks the source, and gives the command that the toolkit would run. */
export async function scriptCommand(context: JobContext, facts: ScriptFacts): Promise<Command> {
  const program = decodedText(facts.hyperparameters, 'sagemaker_program') ?? ''
  const source = decodedText(facts.hyperparameters, 'sagemaker_submit_directory')
  const directory = source === undefined ? `${mlRoot}/code` : await fetchSource(context, source)
  const onDisk = hostPath(context.mlDirectory, directory, 'sagemaker_submit_directory')
  if (!(await isFile(join(onDisk, program)))) {
    throw clientFault(`the script "${program}" (sagemaker_program) is not in ${source ?? directory}`)
  }
  if (await isFile(join(onDisk, 'requirements.txt'))) {
    context.note('requirements.txt is not installed here: its packages must be present in the local Python')
  }

  const userParameters = selectUserParameters(facts.hyperparameters)
  const userArgs = toArguments(userParameters)
  const argv = program.endsWith('.py')
    ? ['python3', program, ...userArgs]
    : ['/bin/sh', '-c', `./${program} "$@"`, program, ...userArgs]
  return {
    argv,
    workingDirectory: directory,
    environment: scriptEnvironment({program, source, userParameters, userArgs, facts}),
  }
}

/** Of the log, so that the command after it fits into a FailureReason too. */
const errorMessageCharacters = 600

/** The failure as the toolkit writes it. */
export function explainScript(code: number, argv: readonly string[], lastLines: readonly string[]): string {
  return `ExecuteUserScriptError:\nExitCode ${code}\nErrorMessage "${lastLines.join('\n').slice(-errorMessageCharacters)}"\nCommand "${argv.join(' ')}"`
}

/** Values are JSON where they can be (the SDK encodes them so), else plain text. */
export function decodeHyperParameter(text: string): Json {
  try {
    return JSON.parse(text) as Json
  } catch {
    return text
  }
}

function decodedText(hyperparameters: Readonly<Record<string, string>>, name: string): string | undefined {
  const text = hyperparameters[name]
  const value = text === undefined ? undefined : decodeHyperParameter(text)
  return typeof value === 'string' && value !== '' ? value : undefined
}

/** An archive in S3, or a directory of the container such as a channel. */
export async function fetchSource(context: JobContext, source: string): Promise<string> {
  if (source.startsWith(`${mlRoot}/`)) return source
  const owner = 'sagemaker_submit_directory'
  const {bucket, key} = parseUri(source, owner)
  const archive = await context.deps.objects.head(bucket, key)
  if (!archive) throw clientFault(`${owner} "${source}" does not exist`)
  await unpackArchive(archive.path, join(context.mlDirectory, 'code'), `${owner} "${source}"`)
  return `${mlRoot}/code`
}

type UserParameter = {readonly name: string; readonly text: string; readonly value: Json}

function selectUserParameters(hyperparameters: Readonly<Record<string, string>>): UserParameter[] {
  return Object.keys(hyperparameters)
    .filter((name) => !reserved.has(name) && !reservedBeginnings.some((beginning) => name.startsWith(beginning)))
    .sort()
    .map((name) => ({
      name,
      text: hyperparameters[name] ?? '',
      value: decodeHyperParameter(hyperparameters[name] ?? ''),
    }))
}

/** `--name value`, `-n value` for a name of one letter; sorted. */
function toArguments(parameters: readonly UserParameter[]): string[] {
  return parameters.flatMap(({name, text, value}) => [
    name.length > 1 ? `--${name}` : `-${name}`,
    toArgument(value, text),
  ])
}

/** As Python's str() has it; numbers as they were written. A map becomes `a=1,b=2`. */
function toArgument(value: Json, text: string): string {
  if (typeof value === 'string') return value
  if (typeof value === 'number') return text.trim()
  if (isJsonObject(value)) {
    return Object.keys(value)
      .sort()
      .map((key) => `${key}=${pythonText(value[key] ?? null)}`)
      .join(',')
  }
  return pythonText(value)
}

function pythonText(value: Json): string {
  return typeof value === 'string' ? value : pythonRepr(value)
}

function pythonRepr(value: Json): string {
  if (value === null) return 'None'
  if (value === true) return 'True'
  if (value === false) return 'False'
  if (typeof value === 'string')
    return value.includes("'") && !value.includes('"') ? `"${value}"` : `'${value.replaceAll("'", "\\'")}'`
  if (Array.isArray(value)) return `[${value.map(pythonRepr).join(', ')}]`
  if (isJsonObject(value))
    return `{${Object.entries(value)
      .map(([key, member]) => `${pythonRepr(key)}: ${pythonRepr(member)}`)
      .join(', ')}}`
  return JSON.stringify(value)
}

type EnvironmentFacts = {
  readonly program: string
  readonly source: string | undefined
  readonly userParameters: readonly UserParameter[]
  readonly userArgs: readonly string[]
  readonly facts: ScriptFacts
}

function scriptEnvironment({
  program,
  source,
  userParameters,
  userArgs,
  facts,
}: EnvironmentFacts): Record<string, string> {
  const channels = Object.keys(facts.inputDataConfig).sort()
  const channelDirectories = Object.fromEntries(channels.map((name) => [name, `${mlRoot}/input/data/${name}`]))
  const hyperparameters = Object.fromEntries(userParameters.map(({name, value}) => [name, value]))
  const moduleName = program.replace(/\.py$/, '')
  const moduleDirectory = source ?? `${mlRoot}/code`
  const cpus = availableParallelism()
  const logLevel = Number(facts.hyperparameters.sagemaker_container_log_level ?? 20)

  const trainingEnvironment: JsonObject = {
    channel_input_dirs: channelDirectories,
    current_host: 'algo-1',
    hosts: ['algo-1'],
    hyperparameters,
    input_config_dir: `${mlRoot}/input/config`,
    input_data_config: facts.inputDataConfig,
    input_dir: `${mlRoot}/input`,
    is_master: true,
    log_level: logLevel,
    model_dir: `${mlRoot}/model`,
    module_dir: moduleDirectory,
    module_name: moduleName,
    network_interface_name: 'eth0',
    num_cpus: cpus,
    num_gpus: 0,
    output_data_dir: `${mlRoot}/output/data`,
    output_dir: `${mlRoot}/output`,
    output_intermediate_dir: `${mlRoot}/output/intermediate`,
    resource_config: facts.resourceConfig,
    user_entry_point: program,
  }
  return {
    SM_CHANNELS: canonicalJson(channels),
    SM_CURRENT_HOST: 'algo-1',
    SM_FRAMEWORK_PARAMS: '{}',
    SM_HOSTS: '["algo-1"]',
    SM_HPS: canonicalJson(hyperparameters),
    SM_INPUT_CONFIG_DIR: `${mlRoot}/input/config`,
    SM_INPUT_DATA_CONFIG: canonicalJson(facts.inputDataConfig),
    SM_INPUT_DIR: `${mlRoot}/input`,
    SM_LOG_LEVEL: String(logLevel),
    SM_MODEL_DIR: `${mlRoot}/model`,
    SM_MODULE_DIR: moduleDirectory,
    SM_MODULE_NAME: moduleName,
    SM_NETWORK_INTERFACE_NAME: 'eth0',
    SM_NUM_CPUS: String(cpus),
    SM_NUM_GPUS: '0',
    SM_OUTPUT_DATA_DIR: `${mlRoot}/output/data`,
    SM_OUTPUT_DIR: `${mlRoot}/output`,
    SM_OUTPUT_INTERMEDIATE_DIR: `${mlRoot}/output/intermediate`,
    SM_RESOURCE_CONFIG: canonicalJson(facts.resourceConfig),
    SM_TRAINING_ENV: canonicalJson(trainingEnvironment),
    SM_USER_ARGS: canonicalJson(userArgs),
    SM_USER_ENTRY_POINT: program,
    ...Object.fromEntries(channels.map((name) => [`SM_CHANNEL_${name.toUpperCase()}`, channelDirectories[name] ?? ''])),
    ...Object.fromEntries(
      userParameters.map(({name, value}) => [`SM_HP_${name.toUpperCase()}`, environmentText(value)]),
    ),
  }
}

function environmentText(value: Json): string {
  if (value === null) return ''
  return typeof value === 'string' ? value : canonicalJson(value)
}

async function isFile(path: string): Promise<boolean> {
  const facts = await stat(path).catch(() => undefined)
  return facts?.isFile() ?? false
}
