// Every template is what `init` promises: a project that runs as it is. Through the built program, from nothing.
import {execFileSync, spawnSync} from 'node:child_process'
import {existsSync, readdirSync, readFileSync} from 'node:fs'
import {join} from 'node:path'
import {fileURLToPath} from 'node:url'
import {describe, expect, it} from 'vitest'
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

it('there is a template for the first minute and a smallest one', () => {
  expect(templates).toEqual(['minimal', 'tumour-classifier'])
})

describe.each(templates)('%s', (template) => {
  it('becomes a project that validates without a warning, deploys and runs', () => {
    const project = join(tempDir(), 'project')
    mlpipe(root, 'init', project, '--template', template)

    expect(mlpipe(project, 'validate')).toMatchObject({target: 'local', warnings: []})
    expect(mlpipe(project, 'deploy')).toMatchObject({pipeline: template, outcome: 'created'})
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
