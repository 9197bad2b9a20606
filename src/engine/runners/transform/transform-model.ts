// The model behind a transform job: the container of its CreateModel request, and where its inference script is.
// Source: aws/sagemaker-inference-toolkit and the framework containers: SAGEMAKER_PROGRAM of SAGEMAKER_SUBMIT_DIRECTORY,
// else of the folder `code` in the model's archive; `inference.py` when no program is named.

import {isJsonObject, type JsonObject} from '../../../definition/json.ts'
import {objectAt, objectsAt, textAt} from '../../../definition/json-members.ts'
import {parseS3Uri} from '../../store/objects.ts'
import {unpackArchive} from '../archives.ts'
import {parseUri} from '../inputs.ts'
import {clientFault} from '../job-fault.ts'
import type {InputSource} from '../job-plan.ts'
import type {JobDeps} from '../job-types.ts'
import {mlRoot} from '../ml-paths.ts'
import {textMapAt} from '../request-fields.ts'

export type TransformModel = {
  readonly environment: Readonly<Record<string, string>>
  /** A model.tar.gz, or a prefix of plain files. */
  readonly data: {readonly uri: string; readonly isArchive: boolean} | undefined
  readonly program: string
  /** An archive in S3; else the script is in the model's folder `code`. */
  readonly submitted: string | undefined
}

export type FoundModel =
  | {readonly kind: 'model'; readonly model: TransformModel}
  /** Why there is nothing to run here. */
  | {readonly kind: 'unrunnable'; readonly why: string}

/** Reads the model's request and looks whether its script is there. A model that does not exist is a fault. */
export async function findModel(args: JsonObject, deps: JobDeps): Promise<FoundModel> {
  const name = textAt(args, 'ModelName') ?? ''
  const request = deps.modelRequest(name)
  if (!request) throw clientFault(`Could not find model "${name}"`)

  const containers = containersOf(request)
  const [container] = containers
  if (!container) throw clientFault(`the model "${name}" has no container`)
  if (containers.length > 1) return unrunnable(`the model is a chain of ${containers.length} containers`)

  const model = readContainer(container)
  return (await hasScript(model, deps)) ? {kind: 'model', model} : unrunnable(describeLack(model, container))
}

/** A model that is no archive, as an input of the job. */
export function plainModel(args: JsonObject, deps: JobDeps): InputSource[] {
  const request = deps.modelRequest(textAt(args, 'ModelName') ?? '')
  const container = request && containersOf(request)[0]
  const data = container && readData(container)
  if (!data || data.isArchive) return []
  return [{owner: 'the model', uri: data.uri, kind: 'S3Prefix', localPath: `${mlRoot}/model`}]
}

/** The transform job's own Environment goes over the model's. */
export function modelEnvironment(model: TransformModel, args: JsonObject): Record<string, string> {
  return {...model.environment, ...textMapAt(args, 'Environment')}
}

function containersOf(request: JsonObject): JsonObject[] {
  return isJsonObject(request.PrimaryContainer) ? [request.PrimaryContainer] : objectsAt(request, 'Containers')
}

function readContainer(container: JsonObject): TransformModel {
  const environment = textMapAt(container, 'Environment')
  const submitted = environment.SAGEMAKER_SUBMIT_DIRECTORY
  return {
    environment,
    data: readData(container),
    program: environment.SAGEMAKER_PROGRAM || 'inference.py',
    submitted: submitted !== undefined && parseS3Uri(submitted) ? submitted : undefined,
  }
}

function readData(container: JsonObject): TransformModel['data'] {
  const source = objectAt(objectAt(container, 'ModelDataSource'), 'S3DataSource')
  const uri = textAt(container, 'ModelDataUrl') ?? textAt(source, 'S3Uri')
  if (uri === undefined || uri === '') return undefined
  return {uri, isArchive: textAt(source, 'CompressionType') !== 'None'}
}

async function hasScript({submitted, data, program}: TransformModel, deps: JobDeps): Promise<boolean> {
  if (submitted !== undefined) return true
  if (!data) return false
  const {bucket, key} = parseUri(data.uri, 'ModelDataUrl')
  if (!data.isArchive)
    return (await deps.objects.head(bucket, `${key.replace(/\/$/, '')}/code/${program}`)) !== undefined
  const archive = await deps.objects.head(bucket, key)
  if (!archive) throw clientFault(`ModelDataUrl "${data.uri}" does not exist`)
  return (await listArchive(archive.path)).includes(`code/${program}`)
}

async function listArchive(path: string): Promise<string[]> {
  const {list} = await import('tar')
  const names: string[] = []
  await list({file: path, onReadEntry: (entry) => names.push(entry.path.replace(/^\.\//, ''))})
  return names
}

function describeLack({program, data}: TransformModel, container: JsonObject): string {
  const image = textAt(container, 'Image') ?? 'its image'
  const where = data ? `code/${program} is not in ${data.uri}` : 'the model has no data'
  return `the model has no inference script that can run here (${where}), only the image ${image}`
}

function unrunnable(why: string): FoundModel {
  return {kind: 'unrunnable', why}
}

/** Where the model's script lies, in the words of the container. */
export function scriptDirectory({submitted}: TransformModel): string {
  return submitted === undefined ? `${mlRoot}/model/code` : `${mlRoot}/code`
}

/** Puts the model, and what was submitted beside it, where the driver looks. Plain files are inputs of the job already. */
export async function unpackModel(
  model: TransformModel,
  modelPath: string,
  codePath: string,
  deps: JobDeps,
): Promise<void> {
  if (model.data?.isArchive) await unpackObject(model.data.uri, modelPath, 'ModelDataUrl', deps)
  if (model.submitted !== undefined) {
    await unpackObject(model.submitted, codePath, 'SAGEMAKER_SUBMIT_DIRECTORY', deps)
  }
}

async function unpackObject(uri: string, directory: string, owner: string, deps: JobDeps): Promise<void> {
  const {bucket, key} = parseUri(uri, owner)
  const archive = await deps.objects.head(bucket, key)
  if (!archive) throw clientFault(`${owner} "${uri}" does not exist`)
  await unpackArchive(archive.path, directory, `${owner} "${uri}"`)
}
