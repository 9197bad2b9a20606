// A transform job: the request of CreateTransformJob as a plan. The work is the driver's, which runs beside the model's script.
// Sources: SageMaker API, CreateTransformJob; Developer Guide, "Batch transform" and "Associate prediction results with input".

import {join} from 'node:path'
import type {JsonObject} from '../../../definition/json.ts'
import {objectAt, textAt} from '../../../definition/json-members.ts'
import {describeExit} from '../exit-text.ts'
import {
  findModel,
  type HostedModel,
  plainModel,
  remarkOnPackages,
  scriptDirectory,
  unpackModel,
} from '../hosting/hosted-model.ts'
import {clientFault} from '../job-fault.ts'
import type {Command, InputSource, JobContext, JobPlan} from '../job-plan.ts'
import type {JobDeps, JobRequest} from '../job-types.ts'
import {mlRoot} from '../ml-paths.ts'
import {listFiles, uploadDirectory} from '../outputs.ts'
import {readStart} from '../read-start.ts'
import {numberAt, requiredText, textMapAt} from '../request-fields.ts'
import {transformDriver} from './transform-driver.ts'

const inputPath = `${mlRoot}/transform/input`
const outputPath = `${mlRoot}/transform/output`
const configPath = `${mlRoot}/transform/config.json`

/** MaxPayloadInMB. */
const defaultPayloadMb = 6

export function planTransform(request: JobRequest, deps: JobDeps): JobPlan {
  const args = request.arguments
  const output = objectAt(args, 'TransformOutput')
  const outputUri = requiredText(output, 'S3OutputPath', 'TransformOutput')
  return {
    directories: [`${mlRoot}/model`, `${mlRoot}/code`, `${mlRoot}/output`, outputPath],
    inputs: [readInput(args), ...plainModel(modelRequest(args, deps))],
    configFiles: [{path: configPath, content: driverConfig(args)}],
    metricPatterns: [],
    instanceCount: numberAt(objectAt(args, 'TransformResources'), 'InstanceCount') ?? 1,
    async command(context) {
      const found = await findModel(modelRequest(args, deps), deps.objects)
      if (found.kind === 'unrunnable') throw clientFault(found.why)
      const {mlDirectory} = context
      await unpackModel(found.model, mlDirectory, deps.objects)
      const remark = remarkOnPackages(found.model, mlDirectory)
      if (remark !== undefined) context.note(remark)
      return commandFor(found.model, scriptDirectory(found.model), args)
    },
    failure: readFailure,
    explain: (_context, exit, _command, lastLines) =>
      `AlgorithmError: See job logs for more information. ${describeExit(exit, lastLines)}`,
    async collect(context, ending) {
      if (ending.kind !== 'completed') return {}
      await uploadDirectory(context, join(context.mlDirectory, 'transform', 'output'), outputUri, 'TransformOutput')
      const files = await listFiles(join(context.mlDirectory, 'transform', 'output'))
      context.note(`${files.length === 1 ? '1 object' : `${files.length} objects`} written below ${outputUri}`)
      return {}
    },
  }
}

/** The request of CreateModel behind the job. A model that does not exist is a fault. */
export function modelRequest(args: JsonObject, deps: JobDeps): JsonObject {
  const name = textAt(args, 'ModelName') ?? ''
  const request = deps.modelRequest(name)
  if (!request) throw clientFault(`Could not find model "${name}"`)
  return request
}

function readInput(args: JsonObject): InputSource {
  const source = objectAt(objectAt(objectAt(args, 'TransformInput'), 'DataSource'), 'S3DataSource')
  const owner = 'TransformInput'
  const kind = textAt(source, 'S3DataType') ?? 'S3Prefix'
  if (kind !== 'S3Prefix' && kind !== 'ManifestFile') {
    throw clientFault(`${owner} has S3DataType ${kind}; the embedded engine supports S3Prefix and ManifestFile`)
  }
  return {owner, uri: requiredText(source, 'S3Uri', owner), kind, localPath: inputPath}
}

/** Everything the driver has to know of the request, with the service's defaults. */
function driverConfig(args: JsonObject): JsonObject {
  const input = objectAt(args, 'TransformInput')
  const output = objectAt(args, 'TransformOutput')
  const processing = objectAt(args, 'DataProcessing')
  const split = oneOf(textAt(input, 'SplitType') ?? 'None', ['None', 'Line'], 'SplitType of TransformInput')
  return {
    content_type: textAt(input, 'ContentType') ?? 'application/json',
    accept: textAt(output, 'Accept') ?? '',
    split,
    compression: oneOf(
      textAt(input, 'CompressionType') ?? 'None',
      ['None', 'Gzip'],
      'CompressionType of TransformInput',
    ),
    strategy: textAt(args, 'BatchStrategy') ?? 'MultiRecord',
    // 0 stands for no limit: the data is streamed to the model.
    max_payload: (numberAt(args, 'MaxPayloadInMB') ?? defaultPayloadMb) * 1024 * 1024,
    assemble: oneOf(textAt(output, 'AssembleWith') ?? 'None', ['None', 'Line'], 'AssembleWith of TransformOutput'),
    input_filter: textAt(processing, 'InputFilter') ?? '$',
    output_filter: textAt(processing, 'OutputFilter') ?? '$',
    join: textAt(processing, 'JoinSource') ?? 'None',
  }
}

function oneOf(value: string, allowed: readonly string[], what: string): string {
  if (allowed.includes(value)) return value
  throw clientFault(`${what} is ${value}; the embedded engine supports ${allowed.join(' and ')}`)
}

function commandFor(model: HostedModel, directory: string, args: JsonObject): Command {
  return {
    argv: ['python3', '-c', transformDriver, model.program],
    workingDirectory: directory,
    environment: {
      SAGEMAKER_BATCH: 'true',
      SAGEMAKER_BATCH_STRATEGY: textAt(args, 'BatchStrategy') ?? 'MultiRecord',
      SAGEMAKER_MAX_PAYLOAD_IN_MB: String(numberAt(args, 'MaxPayloadInMB') ?? defaultPayloadMb),
      SAGEMAKER_MAX_CONCURRENT_TRANSFORMS: String(numberAt(args, 'MaxConcurrentTransforms') ?? 1),
      SM_MODEL_DIR: `${mlRoot}/model`,
      ...model.environment,
      ...textMapAt(args, 'Environment'),
    },
  }
}

async function readFailure({mlDirectory}: JobContext): Promise<string | undefined> {
  const text = await readStart(join(mlDirectory, 'output', 'failure'), 4096)
  return text?.trim() ? text.trim() : undefined
}
