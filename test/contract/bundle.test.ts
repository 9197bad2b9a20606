// What a command loads: held by lists of modules and by bytes, not by milliseconds.
import {execFileSync} from 'node:child_process'
import {mkdtempSync, readdirSync, readFileSync, rmSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {fileURLToPath, pathToFileURL} from 'node:url'
import {beforeAll, describe, expect, it} from 'vitest'

type Output = {
  readonly bytes: number
  readonly inputs: Readonly<Record<string, unknown>>
  readonly imports: readonly {readonly path: string; readonly kind: string; readonly external?: boolean}[]
}

const root = fileURLToPath(new URL('../..', import.meta.url))
const record = JSON.parse(readFileSync(join(root, 'dist/meta.json'), 'utf8')) as {outputs: Record<string, Output>}
const outputs = record.outputs

const heavy = /node_modules\/(@aws-sdk|@smithy|libsql|@libsql|ora|tar)\/|^src\/(engine|cloud)\//

// What has a spec compiled carries the compiler, YAML and the shapes of SageMaker's requests.
describe.each([
  {argv: ['validate'], byteLimit: 910_000},
  {argv: ['compile'], byteLimit: 910_000},
  {argv: ['trigger', 'test', '--pattern', '{"source":["aws.s3"]}'], byteLimit: 1_150_000},
])('mlpipe $argv', ({argv, byteLimit}) => {
  let loaded: string[] = []
  beforeAll(() => {
    loaded = runAndListScripts(argv)
  })

  it('loads no AWS SDK, engine, database or spinner', () => {
    expect(inputsOf(loaded).filter((input) => heavy.test(input))).toEqual([])
    expect(loaded.filter((path) => path.includes('node_modules'))).toEqual([])
  })

  it(`loads no more than ${byteLimit} bytes of code`, () => {
    const bytes = loaded.reduce((sum, path) => sum + (outputs[path]?.bytes ?? 0), 0)
    expect(bytes).toBeGreaterThan(100_000)
    expect(bytes).toBeLessThan(byteLimit)
  })
})

// The SDK and the engine come with `await import()` when a target is opened, so they are in no command's first load.
const commands = Object.keys(outputs).filter((path) => path.startsWith('dist/commands/'))
it.each(commands)('%s imports neither AWS SDK nor database before it runs', (entry) => {
  expect(inputsOf(importedBy(['dist/run.js', entry])).filter((input) => heavy.test(input))).toEqual([])
})

it('the bundle carries SDK and engine, so that the tests above can fail', () => {
  const inputs = inputsOf(Object.keys(outputs))
  expect(inputs.some((input) => input.includes('@aws-sdk/client-sagemaker'))).toBe(true)
  expect(inputs.some((input) => input.startsWith('src/engine/'))).toBe(true)
})

/** The files below the repository that Node loaded, by its own coverage record, while the command ran on a template. */
function runAndListScripts(argv: readonly string[]): string[] {
  const coverage = mkdtempSync(join(tmpdir(), 'mlpipe-test-'))
  execFileSync(process.execPath, [join(root, 'bin/run.js'), ...argv], {
    cwd: join(root, 'templates/minimal'),
    env: {...process.env, NODE_V8_COVERAGE: coverage},
    stdio: 'pipe',
  })
  const base = pathToFileURL(root).href
  const urls = readdirSync(coverage).flatMap((file) => scriptUrls(join(coverage, file)))
  rmSync(coverage, {recursive: true})
  return urls.filter((url) => url.startsWith(base)).map((url) => url.slice(base.length))
}

function scriptUrls(coverageFile: string): string[] {
  const {result} = JSON.parse(readFileSync(coverageFile, 'utf8')) as {result: {url: string}[]}
  return result.map(({url}) => url)
}

/** The entries and all that they import statically. */
function importedBy(entries: readonly string[]): string[] {
  const seen = new Set<string>()
  const waiting = [...entries]
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    if (seen.has(path)) continue
    seen.add(path)
    const imports = outputs[path]?.imports ?? []
    waiting.push(...imports.filter((each) => each.kind !== 'dynamic-import' && !each.external).map((each) => each.path))
  }
  return [...seen]
}

function inputsOf(paths: readonly string[]): string[] {
  return paths.flatMap((path) => Object.keys(outputs[path]?.inputs ?? {})).sort()
}
