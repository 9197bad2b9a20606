// Writes a project that runs as it is, from one of the templates, with the JSON Schema that helps an editor along.

import {copyFile, mkdir, readdir, readFile, stat, writeFile} from 'node:fs/promises'
import {dirname, join, relative, resolve} from 'node:path'
import {MlpipeError} from '../diagnostics/mlpipe-error.ts'
import {suggestName} from '../text/nearest-name.ts'
import {schema, schemaFileName, schemaLine} from './schema.ts'
import type {World} from './world.ts'

export type InitInput = {
  /** Relative to the working directory; made when it does not exist. */
  readonly directory: string
  readonly template: string
  /** Overwrite files that are there already. */
  readonly force: boolean
  /** The folder that holds the templates. */
  readonly templatesDirectory: string
}

export type InitResult = {
  readonly formatVersion: 1
  readonly template: string
  readonly directory: string
  /** Relative to the directory, sorted. */
  readonly files: readonly string[]
  readonly next: readonly string[]
}

export const defaultTemplate = 'tumour-classifier'

/** What to do first in a project of it, where that is more than to deploy the pipeline and run it. */
const firstCommands: Readonly<Record<string, readonly string[]>> = {
  'retrain-on-drift': [
    'mlpipe deploy --triggers',
    'mlpipe deploy -f deploy.yaml --triggers',
    'mkdir -p incoming',
    'mlpipe local serve --watch incoming=s3://mlpipe-local/incoming/',
  ],
}

const specName = 'mlpipe.yaml'

/** A package cannot carry a file of this name, so templates have it without the dot. */
const dottedNames: Readonly<Record<string, string>> = {gitignore: '.gitignore'}

export async function init(input: InitInput, world: World): Promise<InitResult> {
  const source = await findTemplate(input)
  const directory = resolve(world.cwd, input.directory)
  const files = (await listFiles(source)).map((name) => ({from: join(source, name), name: dottedNames[name] ?? name}))
  if (!input.force) await refuseToOverwrite(directory, input.directory, files)

  for (const {from, name} of files) {
    const to = join(directory, name)
    await mkdir(dirname(to), {recursive: true}).catch((error: unknown) => {
      throw new MlpipeError({code: 'cannot-write', message: `${input.directory} cannot be written to`, cause: error})
    })
    if (name === specName) await writeFile(to, `${schemaLine}\n${await readFile(from, 'utf8')}`)
    else await copyFile(from, to)
  }
  await writeFile(join(directory, schemaFileName), schema().text)
  const enter = relative(world.cwd, directory)
  const first = firstCommands[input.template] ?? ['mlpipe deploy', 'mlpipe run']
  return {
    formatVersion: 1,
    template: input.template,
    directory: input.directory,
    files: [...files.map(({name}) => name), schemaFileName].sort(),
    next: [...(enter === '' ? [] : [`cd ${enter}`]), ...first],
  }
}

async function findTemplate({template, templatesDirectory}: InitInput): Promise<string> {
  const entries = await readdir(templatesDirectory, {withFileTypes: true})
  const names = entries.filter((entry) => entry.isDirectory()).map(({name}) => name)
  if (names.includes(template)) return join(templatesDirectory, template)
  const help = suggestName(template, names)
  throw new MlpipeError({code: 'unknown-template', message: `there is no template "${template}": ${help}`})
}

async function refuseToOverwrite(
  directory: string,
  shown: string,
  files: readonly {readonly name: string}[],
): Promise<void> {
  const target = await stat(directory).catch(() => undefined)
  if (target && !target.isDirectory()) {
    throw new MlpipeError({code: 'not-a-directory', message: `${shown} is a file, not a directory`})
  }
  for (const {name} of files) {
    const path = join(directory, name)
    const there = await stat(path).catch(() => undefined)
    if (!there) continue
    throw new MlpipeError({
      code: 'would-overwrite',
      message: `${join(shown, name)} exists already; nothing was written`,
      nextSteps: ['choose another directory: mlpipe init DIR', 'overwrite what is there: mlpipe init --force'],
    })
  }
}

async function listFiles(root: string, prefix = ''): Promise<string[]> {
  const entries = await readdir(join(root, prefix), {withFileTypes: true})
  const names = await Promise.all(
    entries
      .filter(({name}) => name !== '__pycache__')
      .map(async (entry) => {
        const name = prefix === '' ? entry.name : `${prefix}/${entry.name}`
        return entry.isDirectory() ? listFiles(root, name) : [name]
      }),
  )
  return names.flat().sort()
}
