// A training job: the request of CreateTrainingJob as a plan.
// Source: Developer Guide, "How Amazon SageMaker AI provides training information" and "… processes training output".

import {join} from 'node:path'
import type {Json, JsonObject} from '../../../definition/json.ts'
import {objectAt, objectsAt, textAt} from '../../../definition/json-members.ts'
import {channelNamePattern} from '../../../definition/names.ts'
import {packDirectory} from '../archives.ts'
import {describeExit} from '../exit-text.ts'
import {parseUri} from '../inputs.ts'
import {clientFault} from '../job-fault.ts'
import type {Collected, Command, Ending, Exit, InputSource, JobContext, JobPlan} from '../job-plan.ts'
import type {JobRequest} from '../job-types.ts'
import {metricPatterns} from '../metrics.ts'
import {hostPath, mlRoot} from '../ml-paths.ts'
import {joinKey, listFiles, uploadDirectory} from '../outputs.ts'
import {readStart} from '../read-start.ts'
import {numberAt, requiredText, textMapAt, textsAt} from '../request-fields.ts'
import {decodeHyperParameter, explainScript, scriptCommand} from './script-mode.ts'

/** First 1,024 characters of /opt/ml/output/failure; four bytes each at most. */
const failureCharacters = 1024

export function planTraining(request: JobRequest): JobPlan {
  const args = request.arguments
  const specification = objectAt(args, 'AlgorithmSpecification')
  const resources = objectAt(args, 'ResourceConfig')
  const channels = objectsAt(args, 'InputDataConfig')
  const hyperparameters = textMapAt(args, 'HyperParameters')
  const maxRuntimeSeconds = numberAt(objectAt(args, 'StoppingCondition'), 'MaxRuntimeInSeconds')
  const checkpoints = readCheckpoints(args)
  const resourceConfig = describeResources(textAt(resources, 'InstanceType') ?? 'local')
  const inputDataConfig = Object.fromEntries(
    channels.map((channel) => [channelName(channel), describeChannel(channel)]),
  )
  const facts = {hyperparameters, resourceConfig, inputDataConfig}

  return {
    directories: ['input/config', 'input/data', 'model', 'output/data', 'code'].map((path) => `${mlRoot}/${path}`),
    inputs: [...channels.map((channel) => readChannel(channel, specification)), ...checkpoints],
    configFiles: [
      {path: `${mlRoot}/input/config/hyperparameters.json`, content: hyperparameters},
      {path: `${mlRoot}/input/config/inputdataconfig.json`, content: inputDataConfig},
      {path: `${mlRoot}/input/config/resourceconfig.json`, content: resourceConfig},
    ],
    metricPatterns: metricPatterns(specification),
    ...(maxRuntimeSeconds === undefined ? {} : {maxRuntimeSeconds}),
    instanceCount: numberAt(resources, 'InstanceCount') ?? 1,
    async command(context) {
      const command = await chooseCommand(context, specification, facts)
      return {...command, environment: {...command.environment, ...textMapAt(args, 'Environment')}}
    },
    failure: readFailureFile,
    explain: explainTraining,
    collect: (context, ending) => collect(args, checkpoints, context, ending),
  }
}

type Facts = {
  readonly hyperparameters: Readonly<Record<string, string>>
  readonly resourceConfig: JsonObject
  readonly inputDataConfig: JsonObject
}

async function chooseCommand(context: JobContext, specification: JsonObject, facts: Facts): Promise<Command> {
  const entrypoint = textsAt(specification, 'ContainerEntrypoint')
  if (entrypoint.length > 0) {
    const argv = [...entrypoint, ...textsAt(specification, 'ContainerArguments')]
    return {argv, workingDirectory: `${mlRoot}/code`, environment: {}}
  }
  if (facts.hyperparameters.sagemaker_program !== undefined) return scriptCommand(context, facts)

  const image = textAt(specification, 'TrainingImage') ?? textAt(specification, 'AlgorithmName') ?? 'no image'
  throw clientFault(
    `the image ${image} has no program that the embedded engine can run: give it a script (sagemaker_program) or a ContainerEntrypoint`,
  )
}

function explainTraining(context: JobContext, exit: Exit, command: Command, lastLines: readonly string[]): string {
  const {sagemaker_program: program} = textMapAt(context.request.arguments, 'HyperParameters')
  const isScript = program !== undefined && command.argv.includes(String(decodeHyperParameter(program)))
  if (isScript && exit.signal === null)
    return `AlgorithmError: ${explainScript(exit.code ?? 1, command.argv, lastLines)}`
  return `AlgorithmError: See job logs for more information. ${describeExit(exit, lastLines)}`
}

/** The program's own account of its failure. */
async function readFailureFile(context: JobContext): Promise<string | undefined> {
  const text = await readStart(join(context.mlDirectory, 'output', 'failure'), failureCharacters * 4)
  return text?.trim() ? `AlgorithmError: ${text.trim().slice(0, failureCharacters)}` : undefined
}

/** A job that is stopped keeps what it has in its model directory; one that failed does not. */
async function collect(
  args: JsonObject,
  checkpoints: readonly InputSource[],
  context: JobContext,
  ending: Ending,
): Promise<Collected> {
  for (const {uri, localPath, owner} of checkpoints) {
    await uploadDirectory(context, hostPath(context.mlDirectory, localPath, owner), uri, owner)
  }
  const config = objectAt(args, 'OutputDataConfig')
  const {bucket, key} = parseUri(requiredText(config, 'S3OutputPath', 'OutputDataConfig'), 'OutputDataConfig')
  const prefix = joinKey(key, context.request.jobName, 'output')
  const isPlain = textAt(config, 'CompressionType') === 'NONE'
  const store = async (name: 'model' | 'output', directory: string) => {
    if (isPlain) {
      await uploadDirectory(context, directory, `s3://${bucket}/${prefix}/${name}/`, 'OutputDataConfig')
      return `s3://${bucket}/${prefix}/${name}/`
    }
    const archive = join(context.jobDirectory, `${name}.tar.gz`)
    await packDirectory(directory, archive)
    await context.deps.objects.putFile(bucket, `${prefix}/${name}.tar.gz`, archive)
    return `s3://${bucket}/${prefix}/${name}.tar.gz`
  }

  const data = join(context.mlDirectory, 'output', 'data')
  if ((await listFiles(data)).length > 0) await store('output', data)
  if (ending.kind === 'failed') return {}
  const model = join(context.mlDirectory, 'model')
  if ((await listFiles(model)).length === 0) context.note(`the job wrote no file to ${mlRoot}/model`)
  return {modelArtifactsUri: await store('model', model)}
}

function channelName(channel: JsonObject): string {
  const name = requiredText(channel, 'ChannelName', 'an entry of InputDataConfig')
  if (!channelNamePattern.test(name) || /^\.+$/.test(name)) throw clientFault(`"${name}" is no name for a channel`)
  return name
}

function readChannel(channel: JsonObject, specification: JsonObject): InputSource {
  const name = channelName(channel)
  const owner = `channel "${name}"`
  const source = objectAt(channel, 'DataSource').S3DataSource
  if (source === undefined) throw clientFault(`${owner} has no S3DataSource; the embedded engine reads no other source`)

  const s3 = objectAt(objectAt(channel, 'DataSource'), 'S3DataSource')
  const mode = textAt(channel, 'InputMode') ?? textAt(specification, 'TrainingInputMode') ?? 'File'
  if (mode !== 'File' && mode !== 'FastFile') {
    throw clientFault(`${owner} has the input mode ${mode}; the embedded engine supports File and FastFile`)
  }
  const kind = textAt(s3, 'S3DataType') ?? 'S3Prefix'
  if (kind !== 'S3Prefix' && kind !== 'ManifestFile') {
    throw clientFault(`${owner} has S3DataType ${kind}; the embedded engine supports S3Prefix and ManifestFile`)
  }
  return {owner, uri: requiredText(s3, 'S3Uri', owner), kind, localPath: `${mlRoot}/input/data/${name}`}
}

function readCheckpoints(args: JsonObject): InputSource[] {
  const config = objectAt(args, 'CheckpointConfig')
  const uri = textAt(config, 'S3Uri')
  if (uri === undefined) return []
  const localPath = textAt(config, 'LocalPath') ?? `${mlRoot}/checkpoints`
  return [{owner: 'CheckpointConfig', uri, kind: 'S3Prefix', localPath, isOptional: true}]
}

function describeChannel(channel: JsonObject): JsonObject {
  const contentType = textAt(channel, 'ContentType')
  return {
    TrainingInputMode: 'File',
    S3DistributionType: 'FullyReplicated',
    RecordWrapperType: textAt(channel, 'RecordWrapperType') ?? 'None',
    ...(contentType === undefined ? {} : {ContentType: contentType}),
  }
}

function describeResources(instanceType: string): Record<string, Json> {
  const group = 'homogeneousCluster'
  return {
    current_host: 'algo-1',
    current_instance_type: instanceType,
    current_group_name: group,
    hosts: ['algo-1'],
    instance_groups: [{instance_group_name: group, instance_type: instanceType, hosts: ['algo-1']}],
    network_interface_name: 'eth0',
  }
}
