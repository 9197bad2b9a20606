// A pipeline definition in a file: as it is, or inside of what describing a pipeline answers.

import {createReadStream} from 'node:fs'
import {readFile} from 'node:fs/promises'
import {basename, resolve} from 'node:path'
import {text} from 'node:stream/consumers'
import {isJsonObject, type Json, type JsonObject} from '../../definition/json.ts'
import type {PipelineDefinition} from '../../definition/types.ts'
import {MlpipeError} from '../../diagnostics/mlpipe-error.ts'
import {readableDefinition} from '../forecast/next-run.ts'
import type {World} from '../world.ts'

export type DefinitionFile = {
  readonly name: string
  readonly definition: PipelineDefinition
  readonly parallelism?: number
}

/** `path` is a file, or `-` for standard input. */
export async function readDefinitionFile(path: string, world: Pick<World, 'cwd'>): Promise<DefinitionFile> {
  const content =
    path === '-' ? await text(createReadStream('', {fd: 0, autoClose: false})) : await readText(path, world)
  const shown = path === '-' ? 'standard input' : path
  const answer = asAnswer(content)
  const named = path === '-' ? 'pipeline' : basename(path).replace(/\.[^.]*$/, '')
  if (!answer) return {name: named, definition: readableDefinition(content, shown)}
  const {PipelineName: name, PipelineDefinition: inner, ParallelismConfiguration: limit} = answer
  const parallelism = isJsonObject(limit) ? limit.MaxParallelExecutionSteps : undefined
  return {
    name: typeof name === 'string' ? name : named,
    definition: readableDefinition(String(inner), shown),
    ...(typeof parallelism === 'number' ? {parallelism} : {}),
  }
}

async function readText(path: string, {cwd}: Pick<World, 'cwd'>): Promise<string> {
  const content = await readFile(resolve(cwd, path), 'utf8').catch((cause: unknown) => {
    const isAbsent = cause instanceof Error && 'code' in cause && cause.code === 'ENOENT'
    throw new MlpipeError({
      code: 'definition-unreadable',
      message: isAbsent ? `there is no file ${path}` : `${path} cannot be read`,
      cause,
    })
  })
  return content.replace(/^\uFEFF/, '')
}

/** What DescribePipeline, or DescribePipelineDefinitionForExecution, answers: the definition as text. */
function asAnswer(content: string): JsonObject | undefined {
  try {
    const document = JSON.parse(content) as Json
    return isJsonObject(document) && typeof document.PipelineDefinition === 'string' ? document : undefined
  } catch {
    // What is wrong with it is told by whoever reads it as a definition.
    return undefined
  }
}
