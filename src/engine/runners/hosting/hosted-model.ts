// The model behind a transform job or an endpoint's variant: the container of its CreateModel request, and where its inference
// script is.
// Source: aws/sagemaker-inference-toolkit and the framework containers: SAGEMAKER_PROGRAM of SAGEMAKER_SUBMIT_DIRECTORY,
// else of the folder `code` in the model's archive; `inference.py` when no program is named.

import {existsSync} from 'node:fs'
import {join} from 'node:path'
import {isJsonObject, type JsonObject} from '../../../definition/json.ts'
import {objectAt, objectsAt, textAt} from '../../../definition/json-members.ts'
import {parseS3Uri} from '../../store/objects.ts'
import {unpackArchive} from '../archives.ts'
import {parseUri} from '../inputs.ts'
import {clientFault} from '../job-fault.ts'
import type {InputSource} from '../job-plan.ts'
import type {JobObjects} from '../job-types.ts'
import {hostPath, mlRoot} from '../ml-paths.ts'
import {textMapAt} from '../request-fields.ts'

export type HostedModel = {
  readonly environment: Readonly<Record<string, string>>
  /** A model.tar.gz, or a prefix of plain files. */
  readonly data: {readonly uri: string; readonly isArchive: boolean} | undefined
  readonly program: string
  /** An archive in S3; else the script is in the model's folder `code`. */
  readonly submitted: string | undefined
}

export type FoundModel =
  | {readonly kind: 'model'; readonly model: HostedModel}
  /** Why there is nothing to run here. */
  | {readonly kind: 'unrunnable'; readonly why: string}

type Objects = Pick<JobObjects, 'head'>

/** Reads the model's request and looks whether its script is there. */
export async function findModel(request: JsonObject, objects: Objects): Promise<FoundModel> {
  const containers = containersOf(request)
  const [container] = containers
  if (!container) throw clientFault('the model has no container')
  if (containers.length > 1) return unrunnable(`the model is a chain of ${containers.length} containers`)
  if (container.Mode === 'MultiModel') return unrunnable('the container loads one model of many by name (MultiModel)')

  const model = readContainer(container)
  return (await hasScript(model, objects)) ? {kind: 'model', model} : unrunnable(describeLack(model, container))
}

/** A model that is no archive, as objects that are copied before it is loaded. */
export function plainModel(request: JsonObject): InputSource[] {
  const [container] = containersOf(request)
  const data = container && readData(container)
  if (!data || data.isArchive) return []
  return [{owner: 'the model', uri: data.uri, kind: 'S3Prefix', localPath: `${mlRoot}/model`}]
}

/** The containers that a CreateModel request has, in whichever of its two members. */
export function containersOf(request: JsonObject): JsonObject[] {
  return isJsonObject(request.PrimaryContainer) ? [request.PrimaryContainer] : objectsAt(request, 'Containers')
}

function readContainer(container: JsonObject): HostedModel {
  const environment = textMapAt(container, 'Environment')
  const submitted = environment.SAGEMAKER_SUBMIT_DIRECTORY
  return {
    environment,
    data: readData(container),
    program: environment.SAGEMAKER_PROGRAM || 'inference.py',
    submitted: submitted !== undefined && parseS3Uri(submitted) ? submitted : undefined,
  }
}

function readData(container: JsonObject): HostedModel['data'] {
  const source = objectAt(objectAt(container, 'ModelDataSource'), 'S3DataSource')
  const uri = textAt(container, 'ModelDataUrl') ?? textAt(source, 'S3Uri')
  if (uri === undefined || uri === '') return undefined
  return {uri, isArchive: textAt(source, 'CompressionType') !== 'None'}
}

async function hasScript({submitted, data, program}: HostedModel, objects: Objects): Promise<boolean> {
  if (submitted !== undefined) return true
  // A model may lie behind https:// as well, where the engine does not go.
  if (!data || !parseS3Uri(data.uri)) return false
  const {bucket, key} = parseUri(data.uri, 'ModelDataUrl')
  if (!data.isArchive) return (await objects.head(bucket, `${key.replace(/\/$/, '')}/code/${program}`)) !== undefined
  const archive = await objects.head(bucket, key)
  if (!archive) throw clientFault(`ModelDataUrl "${data.uri}" does not exist`)
  return (await listArchive(archive.path)).includes(`code/${program}`)
}

async function listArchive(path: string): Promise<string[]> {
  const {list} = await import('tar')
  const names: string[] = []
  await list({file: path, onReadEntry: (entry) => names.push(entry.path.replace(/^\.\//, ''))})
  return names
}

function describeLack({program, data}: HostedModel, container: JsonObject): string {
  const image = textAt(container, 'Image') ?? 'its image'
  const where = data ? `code/${program} is not in ${data.uri}` : 'the model has no data'
  return `the model has no inference script that can run here (${where}), only the image ${image}`
}

function unrunnable(why: string): FoundModel {
  return {kind: 'unrunnable', why}
}

/** Where the model's script lies, in the words of the container. */
export function scriptDirectory({submitted}: HostedModel): string {
  return submitted === undefined ? `${mlRoot}/model/code` : `${mlRoot}/code`
}

/** Puts the model, and what was submitted beside it, where the driver looks. Plain files were copied already. */
export async function unpackModel(model: HostedModel, mlDirectory: string, objects: Objects): Promise<void> {
  if (model.data?.isArchive) await unpackObject(model.data.uri, join(mlDirectory, 'model'), 'ModelDataUrl', objects)
  if (model.submitted !== undefined) {
    await unpackObject(model.submitted, join(mlDirectory, 'code'), 'SAGEMAKER_SUBMIT_DIRECTORY', objects)
  }
}

async function unpackObject(uri: string, directory: string, owner: string, objects: Objects): Promise<void> {
  const {bucket, key} = parseUri(uri, owner)
  const archive = await objects.head(bucket, key)
  if (!archive) throw clientFault(`${owner} "${uri}" does not exist`)
  await unpackArchive(archive.path, directory, `${owner} "${uri}"`)
}

/** What is done in another way than in the container, if anything. */
export function remarkOnPackages(model: HostedModel, mlDirectory: string): string | undefined {
  const directory = hostPath(mlDirectory, scriptDirectory(model), 'the model')
  if (!existsSync(join(directory, 'requirements.txt'))) return undefined
  return 'requirements.txt is not installed here: its packages must be present in the local Python'
}
