// What npm would publish: publint's rules, the files that a user needs, a lockfile that names no download address.
import {execFileSync} from 'node:child_process'
import {readdirSync, readFileSync} from 'node:fs'
import {join} from 'node:path'
import {fileURLToPath} from 'node:url'
import {publint} from 'publint'
import {formatMessage} from 'publint/utils'
import {beforeAll, describe, expect, it} from 'vitest'

type Pjson = {
  readonly dependencies: Readonly<Record<string, string>>
  readonly devDependencies: Readonly<Record<string, string>>
  readonly engines: {readonly node: string}
}

const root = fileURLToPath(new URL('../..', import.meta.url))
const pjson = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Pjson

describe('the published package', () => {
  let files: string[] = []
  beforeAll(() => {
    files = packedFiles()
  })

  it('satisfies publint', async () => {
    const {messages} = await publint({
      pkgDir: '/package',
      strict: true,
      pack: {files: files.map((name) => ({name: `/package/${name}`, data: readFileSync(join(root, name))}))},
    })
    expect(messages.map((message) => formatMessage(message, pjson, {color: false}))).toEqual([])
  })

  it('holds the program, its manifest and every file of the templates', () => {
    const templates = readdirSync(join(root, 'templates'), {recursive: true, withFileTypes: true})
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(root.length))
    expect(files).toEqual(
      expect.arrayContaining(['bin/run.js', 'dist/run.js', 'oclif.manifest.json', 'LICENSE', ...templates]),
    )
  })

  it('holds no source, test or build record', () => {
    expect(files.filter((file) => /^(src|test|bench|coverage)\/|\.ts$|meta\.json$/.test(file))).toEqual([])
  })
})

it('every dependency is pinned to one version', () => {
  const ranges = Object.entries({...pjson.dependencies, ...pjson.devDependencies}).filter(
    ([, range]) => !/^\d+\.\d+\.\d+$/.test(range),
  )
  expect(ranges).toEqual([])
})

it('the lockfile holds no download address', () => {
  expect(readFileSync(join(root, 'package-lock.json'), 'utf8')).not.toContain('"resolved"')
})

/** The paths that `npm pack` would put into the package. */
function packedFiles(): string[] {
  const output = execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], {
    cwd: root,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  const [packed] = JSON.parse(output) as [{readonly files: readonly {readonly path: string}[]}]
  return packed.files.map(({path}) => path)
}
