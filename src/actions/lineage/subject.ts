// What the user asks about: a model, an execution, an endpoint, an object in S3 or a local file, by whatever names it.

import {stat} from 'node:fs/promises'
import {dirname, isAbsolute, relative, resolve, sep} from 'node:path'
import type {Cloud} from '../../cloud/ports.ts'
import {MlpipeError} from '../../diagnostics/mlpipe-error.ts'
import {readBundle} from '../../project/bundle.ts'
import {suggestName} from '../../text/nearest-name.ts'
import {parseS3Uri} from '../../text/s3-uri.ts'
import {pipelineOfExecution} from '../executions/execution-arn.ts'
import {resolveExecution} from '../executions/resolve-execution.ts'
import {resolveModel} from '../models/resolve-model.ts'
import {nextCommand, type Place, quoted} from '../next-commands.ts'
import {withinReach} from '../out-of-reach.ts'
import {servedBy} from '../served-by.ts'
import type {World} from '../world.ts'

export type LocalFile = {
  readonly kind: 'file'
  /** Relative to the spec's folder, as a spec names it. */
  readonly path: string
  readonly isFolder: boolean
  readonly sha256: string
  /** As an archive of code has it. */
  readonly listSha256: string
}

export type Subject =
  | {readonly kind: 'model'; readonly arn: string; readonly name: string}
  | {readonly kind: 'execution'; readonly arn: string}
  | {
      readonly kind: 'endpoint'
      readonly name: string
      readonly arn: string
      readonly packages: readonly string[]
      readonly files: readonly string[]
    }
  | {readonly kind: 'object'; readonly uri: string}
  | LocalFile

type Asked = {
  readonly pipelineName: string
  /** The folder of the spec. */
  readonly directory: string
  readonly place: Place
}

const searchedExecutions = 1000

export async function resolveSubject(
  wanted: string | undefined,
  asked: Asked,
  cloud: Cloud,
  world: Pick<World, 'cwd'>,
): Promise<Subject> {
  if (wanted === undefined) return modelSubject(undefined, asked, cloud)
  if (wanted.trim() === '') throw nothingNamed('the subject is empty', asked)
  if (wanted.startsWith('s3://')) return objectSubject(wanted, asked)
  if (wanted === 'latest' || pipelineOfExecution(wanted) !== undefined) return executionSubject(wanted, asked, cloud)
  if (wanted.startsWith('arn:')) return byArn(wanted, asked, cloud)
  // A path that can be nothing else.
  if (/^\.{0,2}\//.test(wanted) || isAbsolute(wanted)) return requireFile(wanted, asked, world)

  const [only, ...others] = await candidates(wanted, asked, cloud, world)
  if (only && others.length === 0) return only.open()
  throw only ? ambiguous(wanted, [only, ...others], asked) : await unknown(wanted, asked, cloud)
}

const takes = 'a model, an execution, an endpoint, an s3:// URI or a local file'

function nothingNamed(message: string, {place}: Asked): MlpipeError {
  return new MlpipeError({
    code: 'unknown-subject',
    message: `${message}: lineage takes ${takes}`,
    nextSteps: ['models list', 'executions list'].map((command) => nextCommand(command, place)),
  })
}

function objectSubject(uri: string, asked: Asked): Subject {
  if (parseS3Uri(uri)) return {kind: 'object', uri}
  throw nothingNamed(`"${uri}" names no bucket, such as s3://bucket/key`, asked)
}

async function byArn(arn: string, asked: Asked, cloud: Cloud): Promise<Subject> {
  const [, kind, name = ''] = /^[^/]+:([^:/]+)\/(.+)$/.exec(arn) ?? []
  if (kind === 'endpoint') return requireEndpoint(name, asked, cloud)
  if (kind === 'model-package') return modelSubject(arn, asked, cloud)
  if (kind === 'model-package-group') return modelSubject(name, asked, cloud)
  throw nothingNamed(`"${arn}" is the ARN of no model, execution or endpoint`, asked)
}

/** `instead` means this one alone. */
type Candidate = {readonly what: string; readonly instead: string; open(): Promise<Subject>}

async function candidates(wanted: string, asked: Asked, cloud: Cloud, world: Pick<World, 'cwd'>): Promise<Candidate[]> {
  const {pipelineName} = asked
  const [group = ''] = wanted.split('/')
  const mayBeModel = /^[^/]+(\/\d+)?$/.test(wanted)
  const mayBeExecution = /^[a-z0-9]{1,12}$/.test(wanted)
  const [isFile, groups, executions, endpoint] = await Promise.all([
    isThere(resolve(world.cwd, wanted)),
    mayBeModel ? cloud.registry.groups() : [],
    mayBeExecution && (await cloud.pipelines.describe(pipelineName))
      ? cloud.executions.list(pipelineName, searchedExecutions)
      : [],
    wanted.includes('/') ? undefined : withinReach(() => servedBy(wanted, cloud)),
  ])
  const packages = groups.some(({name}) => name === group) ? await cloud.registry.packages(group) : undefined
  const model = wanted.includes('/') ? packages?.find(({version}) => wanted === `${group}/${version}`) : packages?.[0]
  // Where the endpoint of a group serves its latest version, both have been made of the same.
  const isSame = endpoint?.files.length === 0 && endpoint.packages.join() === model?.arn
  const ids = executions.map(({arn}) => arn).filter((arn) => arn.slice(arn.lastIndexOf('/') + 1).startsWith(wanted))
  return [
    ...(isFile ? [{what: 'a file', instead: `./${wanted}`, open: () => requireFile(wanted, asked, world)}] : []),
    ...(packages
      ? [
          {
            what: wanted.includes('/') ? 'a model' : 'a model group',
            instead: wanted.includes('/') ? (model?.arn ?? wanted) : `${group}/${model?.version ?? 1}`,
            open: () => modelSubject(wanted, asked, cloud),
          },
        ]
      : []),
    ...(ids.length > 0
      ? [
          {
            what: 'the beginning of an execution',
            instead: ids[0] ?? '',
            open: () => executionSubject(wanted, asked, cloud),
          },
        ]
      : []),
    ...(endpoint && !isSame
      ? [{what: 'an endpoint', instead: endpoint.arn, open: () => requireEndpoint(wanted, asked, cloud)}]
      : []),
  ]
}

function ambiguous(wanted: string, found: readonly Candidate[], {place}: Asked): MlpipeError {
  return new MlpipeError({
    code: 'ambiguous-subject',
    message: `"${wanted}" is ${found.map(({what}) => what).join(' and ')}`,
    nextSteps: found.map(({instead}) => nextCommand(`lineage ${quoted(instead)}`, place)),
  })
}

async function unknown(wanted: string, {place}: Asked, cloud: Cloud): Promise<MlpipeError> {
  const groups = (await cloud.registry.groups()).map(({name}) => name)
  const suggestion = suggestName(wanted.split('/')[0] ?? wanted, groups)
  const nearest = suggestion?.startsWith('did you mean') ? `: ${suggestion}` : ''
  return new MlpipeError({
    code: 'unknown-subject',
    message: `"${wanted}" is no file, model, execution or endpoint here${nearest}`,
    nextSteps: [nextCommand('models list', place), nextCommand('executions list', place)],
  })
}

async function modelSubject(wanted: string | undefined, {pipelineName, place}: Asked, cloud: Cloud): Promise<Subject> {
  const {arn, group, version} = await resolveModel(wanted, pipelineName, cloud, place)
  return {kind: 'model', arn, name: `${group}/${version}`}
}

async function executionSubject(wanted: string, {pipelineName, place}: Asked, cloud: Cloud): Promise<Subject> {
  const arn = await resolveExecution(wanted, pipelineName, cloud, place)
  try {
    await cloud.executions.describe(arn)
  } catch (error) {
    if (!(error instanceof MlpipeError) || error.code !== 'not-found') throw error
    throw new MlpipeError({
      code: 'unknown-execution',
      message: `"${wanted}" is not an execution here`,
      nextSteps: [nextCommand('executions list', place)],
    })
  }
  return {kind: 'execution', arn}
}

async function requireEndpoint(name: string, {place}: Asked, cloud: Cloud): Promise<Subject> {
  const served = await servedBy(name, cloud)
  if (served) return {kind: 'endpoint', name, ...served}
  throw new MlpipeError({
    code: 'unknown-endpoint',
    message: `"${name}" is not an endpoint here`,
    nextSteps: [nextCommand('models list', place)],
  })
}

/** Hashed as a deploy hashes it, so that what was uploaded of it is known. */
async function requireFile(wanted: string, {directory}: Asked, {cwd}: Pick<World, 'cwd'>): Promise<LocalFile> {
  const absolute = resolve(cwd, wanted)
  const bundle = await readBundle(dirname(absolute), absolute)
  if ('problem' in bundle) {
    throw new MlpipeError({code: 'unknown-subject', message: `"${wanted}" cannot be looked at: ${bundle.detail}`})
  }
  const path = relative(directory, absolute).split(sep).join('/') || '.'
  const {sha256, listSha256} = bundle
  return {kind: 'file', path, isFolder: bundle.kind === 'folder', sha256, listSha256}
}

async function isThere(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  )
}
