// Every template is what `init` promises: a project that runs as it is. Through the built program, from nothing.
import {execFileSync, spawnSync} from 'node:child_process'
import {existsSync, readdirSync, readFileSync} from 'node:fs'
import {join} from 'node:path'
import {fileURLToPath} from 'node:url'
import {PutObjectCommand} from '@aws-sdk/client-s3'
import {describe, expect, it} from 'vitest'
import {localCloud} from '../engine/support/local-cloud.ts'
import {tempDir} from '../support/temp-dir.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const templates = readdirSync(join(root, 'templates')).sort()

/** Runs the built program and returns its JSON document; a failure shows stderr. */
function mlpipe(cwd: string, ...args: string[]): Record<string, unknown> {
  const {status, stdout, stderr} = spawnSync(process.execPath, [join(root, 'bin/run.js'), ...args, '--json'], {
    cwd,
    encoding: 'utf8',
  })
  expect(status, `mlpipe ${args.join(' ')}\n${stdout}${stderr}`).toBe(0)
  return JSON.parse(stdout) as Record<string, unknown>
}

/** Puts files of the project into the bucket of the embedded engine. */
async function putObjects(project: string, objects: Readonly<Record<string, string>>): Promise<void> {
  const cloud = localCloud({stateDirectory: join(project, '.mlpipe')})
  for (const [Key, path] of Object.entries(objects)) {
    await cloud.s3.send(new PutObjectCommand({Bucket: 'mlpipe-local', Key, Body: readFileSync(join(project, path))}))
  }
}

it('there is a template for the first minute, a smallest one, and one for the loop', () => {
  expect(templates).toEqual(['minimal', 'retrain-on-drift', 'tumour-classifier'])
})

/** A template whose pipeline has another name, and what lies in the bucket before it can run by hand. */
const needs: Readonly<Record<string, {readonly pipeline: string; readonly objects: Readonly<Record<string, string>>}>> =
  {
    'retrain-on-drift': {pipeline: 'churn-retrain', objects: {'incoming/drifted.csv': 'data/drifted.csv'}},
  }

describe.each(templates)('%s', (template) => {
  const {pipeline = template, objects = {}} = needs[template] ?? {}

  it('becomes a project that validates without a warning, deploys and runs', async () => {
    const project = join(tempDir(), 'project')
    mlpipe(root, 'init', project, '--template', template)

    expect(mlpipe(project, 'validate')).toMatchObject({target: 'local', warnings: []})
    expect(mlpipe(project, 'deploy')).toMatchObject({pipeline, outcome: 'created'})
    await putObjects(project, objects)
    expect(mlpipe(project, 'run')).toMatchObject({formatVersion: 1})
  })

  it('compiles to the same bytes in any folder', () => {
    const compiled = ['here', 'there'].map((name) => {
      const project = join(tempDir(), name)
      mlpipe(root, 'init', project, '--template', template)
      return execFileSync(process.execPath, [join(root, 'bin/run.js'), 'compile'], {cwd: project, encoding: 'utf8'})
    })
    expect(compiled[0]).toBe(compiled[1])
  })

  it('keeps the state of the engine out of git, and says how to go to AWS', () => {
    const project = join(tempDir(), 'project')
    mlpipe(root, 'init', project, '--template', template)
    expect(existsSync(join(project, 'gitignore'))).toBe(false)
    expect(readFileSync(join(project, '.gitignore'), 'utf8')).toContain('.mlpipe/')
    expect(readFileSync(join(project, 'mlpipe.yaml'), 'utf8')).toMatch(/^# targets:$/m)
  })
})
