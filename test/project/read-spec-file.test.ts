import {mkdirSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {expect, it} from 'vitest'
import {openProject} from '../../src/actions/open-project.ts'
import {MlpipeError} from '../../src/diagnostics/mlpipe-error.ts'
import {place} from '../support/place.ts'
import {tempDir} from '../support/temp-dir.ts'

const good = 'name: demo\nsteps:\n  stop: {type: fail, message: the end}\n'

it.each([
  ['there is none', {}, undefined, 'spec-not-found', 64],
  ['the named one is missing', {}, 'other.yaml', 'spec-not-found', 64],
  ['a directory is named', {'sub/mlpipe.yaml': good}, 'sub', 'spec-is-a-directory', 65],
])('says so when %s', async (_name, files, file, code, exit) => {
  const cwd = tempDir(files as Record<string, string>)
  const error = await openProject({file}, place(cwd)).catch((thrown: unknown) => thrown)
  expect(error).toBeInstanceOf(MlpipeError)
  expect(error).toMatchObject({code, exit, who: 'user'})
})

it('does not read a file of 50 MB', async () => {
  const cwd = tempDir()
  writeFileSync(join(cwd, 'mlpipe.yaml'), Buffer.alloc(50_000_000, 'a'))
  await expect(openProject({}, place(cwd))).rejects.toMatchObject({
    code: 'spec-too-large',
    exit: 65,
    message: 'mlpipe.yaml has 50 MB; a spec may have 5 MB',
  })
})

it('reads a file that begins with a byte order mark', async () => {
  const cwd = tempDir({'mlpipe.yaml': `\uFEFF${good}`})
  await expect(openProject({}, place(cwd))).resolves.toMatchObject({pipelineName: 'demo'})
})

it('finds files relative to the spec, wherever it is called from', async () => {
  const cwd = tempDir({
    'deep/er/mlpipe.yaml': 'name: demo\nsteps:\n  a: {type: processing, image: "sklearn:1.2-1", code: a.py}\n',
    'deep/er/a.py': 'print(1)\n',
  })
  mkdirSync(join(cwd, 'elsewhere'))
  const project = await openProject({file: '../deep/er/mlpipe.yaml'}, place(join(cwd, 'elsewhere')))
  expect(project.compiled.uploads).toHaveLength(1)
})

const targets = `${good}targets:\n  prod: {region: eu-west-1, account: "111122223333", role: arn:aws:iam::111122223333:role/r}\n  dev: {region: eu-west-1, role: arn:aws:iam::111122223333:role/r, bucket: b, default: true}\n`

it.each([
  ['the default target', undefined, {}, 'dev', 'b'],
  ['the one that is named', 'prod', {}, 'prod', 'sagemaker-eu-west-1-111122223333'],
  ['the one in the environment', undefined, {MLPIPE_TARGET: 'prod'}, 'prod', 'sagemaker-eu-west-1-111122223333'],
  ['the named one before the environment', 'local', {MLPIPE_TARGET: 'prod'}, 'local', 'mlpipe-local'],
])('chooses %s', async (_name, target, env, chosen, bucket) => {
  const project = await openProject({target}, place(tempDir({'mlpipe.yaml': targets}), env))
  expect(project.target).toMatchObject({name: chosen, bucket})
})

it('suggests the nearest target', async () => {
  const cwd = tempDir({'mlpipe.yaml': targets})
  await expect(openProject({target: 'prdo'}, place(cwd))).rejects.toMatchObject({
    code: 'unknown-target',
    exit: 64,
    message: 'there is no target "prdo" in the spec: did you mean "prod"?',
  })
})
