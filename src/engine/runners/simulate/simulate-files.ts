// The objects that a rehearsed job leaves: reports as the hints give them, placeholders for everything else.

import {mkdir, writeFile} from 'node:fs/promises'
import {dirname, join} from 'node:path'
import type {Json, JsonObject} from '../../../definition/json.ts'
import {objectAt, objectsAt, textAt} from '../../../definition/json-members.ts'
import {packDirectory} from '../archives.ts'
import {parseUri, relativeKey} from '../inputs.ts'
import type {JobContext} from '../job-plan.ts'
import type {JobOutcome} from '../job-types.ts'
import {joinKey} from '../outputs.ts'

const placeholderName = 'SIMULATED.txt'

export function simulateFiles(context: JobContext): Promise<Partial<JobOutcome>> {
  switch (context.request.kind) {
    case 'Processing':
      return processingFiles(context)
    case 'Training':
      return trainingFiles(context)
    case 'Transform':
      return transformFiles(context)
    default:
      return Promise.resolve({})
  }
}

/** Of each output, its property files; of an output without one, a placeholder, so that later steps find an object there. */
async function processingFiles(context: JobContext): Promise<Partial<JobOutcome>> {
  const {request} = context
  const reports = objectsAt(request.envelope, 'PropertyFiles')
  for (const output of objectsAt(objectAt(request.arguments, 'ProcessingOutputConfig'), 'Outputs')) {
    const uri = textAt(objectAt(output, 'S3Output'), 'S3Uri')
    if (uri === undefined || output.AppManaged === true) continue
    const own = reports.filter(({OutputName}) => OutputName === output.OutputName)
    for (const report of own)
      await putJson(context, under(uri, textAt(report, 'FilePath') ?? ''), reportOf(context, report))
    if (own.length === 0) await putPlaceholder(context, under(uri, placeholderName))
  }
  return {}
}

function reportOf({request, note}: JobContext, {PropertyFileName}: JsonObject): Json {
  const name = String(PropertyFileName)
  const value = request.hints.reports?.[name]
  if (value === undefined) note(`the report "${name}" holds {}; local: {reports: {${name}: …}} gives it values`)
  return value ?? {}
}

async function trainingFiles(context: JobContext): Promise<Partial<JobOutcome>> {
  const {request} = context
  const config = objectAt(request.arguments, 'OutputDataConfig')
  const uri = textAt(config, 'S3OutputPath')
  if (uri === undefined) return {}
  const folder = under(uri, `${request.jobName}/output`)
  if (textAt(config, 'CompressionType') === 'NONE') {
    await putPlaceholder(context, under(folder, `model/${placeholderName}`))
    return {modelArtifactsUri: `${folder}/model/`}
  }
  return {modelArtifactsUri: await putModel(context, under(folder, 'model.tar.gz'))}
}

/** `<object>.out` for each object of the input, as a transform job names them. */
async function transformFiles(context: JobContext): Promise<Partial<JobOutcome>> {
  const {request, deps} = context
  const uri = textAt(objectAt(request.arguments, 'TransformOutput'), 'S3OutputPath')
  if (uri === undefined) return {}
  const source = objectAt(objectAt(objectAt(request.arguments, 'TransformInput'), 'DataSource'), 'S3DataSource')
  const {bucket, key: prefix} = parseUri(textAt(source, 'S3Uri') ?? '', 'TransformInput')
  const entries = await deps.objects.list(bucket, prefix)
  const names = entries.filter(({key}) => !key.endsWith('/')).map(({key}) => relativeKey(key, prefix))
  for (const name of names.length > 0 ? names : ['simulated']) await putPlaceholder(context, under(uri, `${name}.out`))
  return {}
}

/** A model.tar.gz that holds nothing but a note; gives its URI. */
export async function putModel(context: JobContext, uri: string): Promise<string> {
  const directory = join(context.jobDirectory, 'model')
  await mkdir(directory, {recursive: true})
  await writeFile(join(directory, placeholderName), placeholder(context))
  const archive = join(context.jobDirectory, 'model.tar.gz')
  await packDirectory(directory, archive)
  await put(context, uri, archive)
  return uri
}

export async function putJson(context: JobContext, uri: string, value: Json): Promise<void> {
  await putText(context, uri, `${JSON.stringify(value, null, 2)}\n`)
}

export function under(uri: string, path: string): string {
  const {bucket, key} = parseUri(uri, 'an output')
  return `s3://${bucket}/${joinKey(key, path)}`
}

function putPlaceholder(context: JobContext, uri: string): Promise<void> {
  return putText(context, uri, placeholder(context))
}

function placeholder({request}: JobContext): string {
  return `Step "${request.stepName}" was simulated (job ${request.jobName}): nothing ran, and this stands for what it would have made.\n`
}

async function putText(context: JobContext, uri: string, text: string): Promise<void> {
  const file = join(context.jobDirectory, 'object')
  await mkdir(dirname(file), {recursive: true})
  await writeFile(file, text)
  await put(context, uri, file)
}

async function put({deps}: JobContext, uri: string, file: string): Promise<void> {
  const {bucket, key} = parseUri(uri, 'an output')
  await deps.objects.putFile(bucket, key, file)
}
