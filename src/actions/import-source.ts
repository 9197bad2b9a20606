// Where an import reads a definition from: a file, standard input, or a pipeline on a target.

import {createReadStream} from 'node:fs'
import {readFile, stat} from 'node:fs/promises'
import {basename, resolve} from 'node:path'
import {text} from 'node:stream/consumers'
import {pipelineNamePattern} from '../definition/names.ts'
import {DiagnosticCollector} from '../diagnostics/diagnostic.ts'
import {MlpipeError} from '../diagnostics/mlpipe-error.ts'
import {defaultSpecName, readSpecFile} from '../project/read-spec-file.ts'
import type {Target} from '../project/target.ts'
import {parseSpec} from '../spec/parse-spec.ts'
import {connect} from './connect.ts'
import {openTarget} from './open-target.ts'
import type {World} from './world.ts'

export type ImportSource = {
  /** A file, `-` for standard input, or name or ARN of a pipeline. */
  readonly source: string
  readonly file?: string | undefined
  readonly target?: string | undefined
}

export type Original = {
  /** The definition as JSON text, or what describing a pipeline answers. */
  readonly text: string
  /** For a sentence: `definition.json`, `pipeline churn`. */
  readonly shown: string
  readonly name?: string | undefined
  readonly description?: string | undefined
  readonly parallelism?: number | undefined
}

/** UpdatePipeline takes a definition of 1,048,576 characters; indented, and as text in text, it grows. */
const maximumBytes = 10_000_000

export async function readOriginal(input: ImportSource, world: World): Promise<Original> {
  const {source} = input
  if (source === '-') {
    return {text: await text(createReadStream('', {fd: 0, autoClose: false})), shown: 'standard input'}
  }
  const path = resolve(world.cwd, source)
  const found = await stat(path).catch(() => undefined)
  if (found && !found.isDirectory()) {
    if (found.size > maximumBytes) throw tooLarge(source, found.size)
    const text = await readText(path, source)
    // What a shell hands over as a pipe has no name that means anything.
    return found.isFile() ? {text, shown: basename(source), name: nameOfFile(source)} : {text, shown: 'a pipe'}
  }
  const name = pipelineName(source)
  if (name !== undefined) return readPipeline(name, input, world)
  if (found) throw notFound(`${source} is a directory, not a definition`)
  throw notFound(`there is no file ${source}, and no pipeline can have this name`)
}

async function readText(path: string, shown: string): Promise<string> {
  return readFile(path, 'utf8').catch((error: unknown) => {
    throw new MlpipeError({code: 'definition-unreadable', message: `${shown} cannot be read`, cause: error})
  })
}

/** `pipelines/churn_v2.json` -> `churn-v2`; undefined when nothing in it can name a pipeline. */
function nameOfFile(path: string): string | undefined {
  const stem = basename(path).replace(/\.[^.]*$/, '')
  const name = stem.replace(/[^A-Za-z0-9]+/g, '-').replace(/^-+|-+$/g, '')
  return pipelineNamePattern.test(name) ? name : undefined
}

/** The name in a pipeline's ARN, or the text when it can be a name. */
function pipelineName(source: string): string | undefined {
  const name = /^arn:[^:]+:sagemaker:[^:]*:[^:]*:pipeline\/([^/]+)$/.exec(source)?.[1] ?? source
  return pipelineNamePattern.test(name) ? name : undefined
}

async function readPipeline(name: string, input: ImportSource, world: World): Promise<Original> {
  const target = await findTarget(input, world)
  const connection = await connect(target, input, world)
  try {
    const pipeline = await connection.cloud.pipelines.describe(name)
    if (!pipeline) {
      throw notFound(`there is no pipeline "${name}" on target ${target.name}, and no file of that name`, [
        'mlpipe import path/to/definition.json',
        'mlpipe import NAME -t TARGET',
      ])
    }
    const {definition, description, parallelism} = pipeline
    return {text: definition, shown: `pipeline ${name}`, name, description, parallelism}
  } finally {
    await connection.close()
  }
}

/** Targets are in a spec, and an import often comes before there is one: without it there is `local` alone. */
async function findTarget({file, target}: ImportSource, world: World): Promise<Target> {
  const hasSpec = file !== undefined || (await stat(resolve(world.cwd, defaultSpecName)).catch(() => undefined))
  if (!hasSpec) return openTarget({targets: []}, world.cwd, target, world)
  const {directory, source} = await readSpecFile(file, world.cwd)
  const spec = parseSpec(source.text, new DiagnosticCollector())
  return openTarget(spec ?? {targets: []}, directory, target, world)
}

function notFound(message: string, nextSteps: readonly string[] = []): MlpipeError {
  return new MlpipeError({code: 'definition-not-found', message, nextSteps})
}

function tooLarge(shown: string, bytes: number): MlpipeError {
  const message = `${shown} has ${Math.round(bytes / 1e6)} MB; SageMaker takes definitions of 1 MB`
  return new MlpipeError({code: 'definition-too-large', message, exit: 65})
}
