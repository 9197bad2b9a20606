// A processing job: the request of CreateProcessingJob as a plan.
// Source: Developer Guide, "Build your own processing container".

import {join} from 'node:path'
import type {JsonObject} from '../../definition/json.ts'
import {objectAt, objectsAt, textAt} from '../../definition/json-members.ts'
import {describeExit} from './exit-text.ts'
import {clientFault} from './job-fault.ts'
import type {Collected, Ending, InputSource, JobContext, JobPlan} from './job-plan.ts'
import type {JobRequest} from './job-types.ts'
import {hostPath, mlRoot} from './ml-paths.ts'
import {uploadDirectory} from './outputs.ts'
import {readStart} from './read-start.ts'
import {numberAt, requiredText, textMapAt, textsAt} from './request-fields.ts'

export type Output = {
  readonly owner: string
  readonly localPath: string
  readonly uri: string
  readonly isContinuous: boolean
}

/** First 1 KB of /opt/ml/output/message; DescribeProcessingJob, ExitMessage. */
const exitMessageBytes = 1024

export function planProcessing(request: JobRequest): JobPlan {
  const args = request.arguments
  const outputs = objectsAt(objectAt(args, 'ProcessingOutputConfig'), 'Outputs').flatMap(readOutput)
  const maxRuntimeSeconds = numberAt(objectAt(args, 'StoppingCondition'), 'MaxRuntimeInSeconds')
  const instanceCount = numberAt(objectAt(objectAt(args, 'ProcessingResources'), 'ClusterConfig'), 'InstanceCount') ?? 1
  const app = objectAt(args, 'AppSpecification')
  const entrypoint = textsAt(app, 'ContainerEntrypoint')

  return {
    directories: [
      `${mlRoot}/config`,
      `${mlRoot}/output`,
      `${mlRoot}/processing`,
      ...outputs.map(({localPath}) => localPath),
    ],
    inputs: objectsAt(args, 'ProcessingInputs').flatMap(readInput),
    configFiles: [
      {
        path: `${mlRoot}/config/processingjobconfig.json`,
        content: {ProcessingJobArn: request.jobArn, ProcessingJobName: request.jobName, ...args},
      },
      {path: `${mlRoot}/config/resourceconfig.json`, content: {current_host: 'algo-1', hosts: ['algo-1']}},
    ],
    metricPatterns: [],
    ...(maxRuntimeSeconds === undefined ? {} : {maxRuntimeSeconds}),
    instanceCount,
    async command() {
      if (entrypoint.length === 0) throw withoutEntrypoint(app)
      return {
        argv: [...entrypoint, ...textsAt(app, 'ContainerArguments')],
        workingDirectory: `${mlRoot}/tmp`,
        environment: textMapAt(args, 'Environment'),
      }
    },
    explain: (_context, exit, _command, lastLines) =>
      `AlgorithmError: See job logs for more information. ${describeExit(exit, lastLines)}`,
    collect: (context, ending) => collect(outputs, context, ending),
  }
}

async function collect(outputs: readonly Output[], context: JobContext, ending: Ending): Promise<Collected> {
  for (const output of outputs) {
    if (ending.kind !== 'completed' && !output.isContinuous) continue
    const directory = hostPath(context.mlDirectory, output.localPath, output.owner)
    const count = await uploadDirectory(context, directory, output.uri, output.owner)
    if (count === 0) context.note(`${output.owner}: the job wrote no file to ${output.localPath}`)
  }
  const message = await readStart(join(context.mlDirectory, 'output', 'message'), exitMessageBytes)
  return message === undefined ? {} : {exitMessage: message}
}

function withoutEntrypoint(app: JsonObject): Error {
  const image = textAt(app, 'ImageUri') ?? 'no image'
  return clientFault(
    `the job has no ContainerEntrypoint: the embedded engine runs programs, not container images (${image}), and cannot know what this one would start`,
  )
}

export function readInput(input: JsonObject): InputSource[] {
  const owner = `input "${textAt(input, 'InputName') ?? ''}"`
  if (input.S3Input === undefined)
    throw clientFault(`${owner} has no S3Input; the embedded engine reads no other source`)

  const source = objectAt(input, 'S3Input')
  const mode = textAt(source, 'S3InputMode') ?? 'File'
  if (mode !== 'File') throw clientFault(`${owner} has S3InputMode ${mode}; the embedded engine supports File`)
  // Without LocalPath (AppManaged) the application fetches its data itself.
  if (input.AppManaged === true && textAt(source, 'LocalPath') === undefined) return []
  return [
    {
      owner,
      uri: requiredText(source, 'S3Uri', owner),
      kind: textAt(source, 'S3DataType') === 'ManifestFile' ? 'ManifestFile' : 'S3Prefix',
      localPath: requiredText(source, 'LocalPath', owner),
    },
  ]
}

export function readOutput(output: JsonObject): Output[] {
  const owner = `output "${textAt(output, 'OutputName') ?? ''}"`
  if (output.AppManaged === true) return []
  if (output.S3Output === undefined)
    throw clientFault(`${owner} has no S3Output; the embedded engine writes to no other place`)

  const target = objectAt(output, 'S3Output')
  return [
    {
      owner,
      localPath: requiredText(target, 'LocalPath', owner),
      uri: requiredText(target, 'S3Uri', owner),
      isContinuous: textAt(target, 'S3UploadMode') === 'Continuous',
    },
  ]
}
