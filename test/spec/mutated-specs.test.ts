// Whatever is done to the text of a spec, reading and compiling it gives a definition, or findings with places inside the text.
// Never a crash, and never a long wait.

import {readdirSync, readFileSync} from 'node:fs'
import {join} from 'node:path'
import {fileURLToPath} from 'node:url'
import {expect, it} from 'vitest'
import {openProject} from '../../src/actions/open-project.ts'
import {diagnosticsToJson, renderDiagnostics} from '../../src/diagnostics/render-diagnostics.ts'
import {SpecError} from '../../src/diagnostics/spec-error.ts'
import {compileText} from '../support/compile-text.ts'
import {place} from '../support/place.ts'
import {fc, runs} from '../support/properties.ts'
import {tempDir, writeFiles} from '../support/temp-dir.ts'
import {type Mutation, mutation} from './mutations.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const times = runs(10_000)

/** Aimed at: 50 ms for the worst. Of the processor's time, and twenty times that, so that a busy machine changes nothing. */
const longestMs = 1_000

const folders = ['test/fixtures/specs/ok', 'test/fixtures/specs/warn', 'test/fixtures/specs/err', 'templates']
const sources = folders.flatMap((folder) =>
  readdirSync(join(root, folder), {recursive: true, encoding: 'utf8'})
    .filter((path) => /(?:pipeline|mlpipe)\.yaml$/.test(path))
    .sort()
    .map((path) => ({name: `${folder}/${path}`, text: readFileSync(join(root, folder, path), 'utf8')})),
)

it(`reads or refuses ${times} mutations`, {timeout: 3_600_000}, () => {
  let slowest = {milliseconds: 0, name: ''}
  const mutated = fc.record({
    source: fc.constantFrom(...sources),
    mutations: fc.array(mutation, {minLength: 1, maxLength: 4}),
  })
  fc.assert(
    fc.property(mutated, ({source, mutations}) => {
      const text = mutations.reduce((before: string, mutate: Mutation) => mutate(before), source.text)
      const milliseconds = checkText(text)
      if (milliseconds > slowest.milliseconds) slowest = {milliseconds, name: source.name}
    }),
    {numRuns: times},
  )
  console.log(`slowest of ${times} mutated specs: ${slowest.milliseconds.toFixed(1)} ms (${slowest.name})`)
  expect(slowest.milliseconds).toBeLessThan(longestMs)
})

it('the files beside it change nothing about that', async () => {
  const directory = tempDir()
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...sources), mutation, async (source, mutate) => {
      writeFiles(directory, {'mlpipe.yaml': mutate(source.text)})
      const error = await openProject({target: 'local'}, place(directory)).catch((thrown: unknown) => thrown)
      if (error instanceof Error && !(error instanceof SpecError)) throw error
    }),
    {numRuns: runs(300)},
  )
})

/** Compiles the text, and gives the milliseconds of the processor that this took. */
function checkText(text: string): number {
  const before = process.cpuUsage()
  const {diagnostics, definitionText} = compileText(text)
  const {user, system} = process.cpuUsage(before)

  if (definitionText === undefined) expect(diagnostics.length).toBeGreaterThan(0)
  else JSON.parse(definitionText)
  for (const {range, related = [], message, code} of diagnostics) {
    for (const {start, end} of [range, ...related.map((other) => other.range)]) {
      if (!(0 <= start && start <= end && end <= text.length)) {
        throw new Error(`${code} "${message}" lies at ${start} to ${end} of ${text.length}`)
      }
    }
  }
  const source = {path: 'mlpipe.yaml', text}
  expect(renderDiagnostics(diagnostics, source, {colour: false}).length).toBeGreaterThanOrEqual(diagnostics.length)
  expect(diagnosticsToJson(diagnostics, source)).toHaveLength(diagnostics.length)
  return (user + system) / 1_000
}
