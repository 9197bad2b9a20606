// Whatever is done to the text of a spec, reading it gives a spec or findings with places inside the text, never a crash.

import {readFileSync} from 'node:fs'
import {fileURLToPath} from 'node:url'
import fc from 'fast-check'
import {expect, it} from 'vitest'
import {openProject} from '../../src/actions/open-project.ts'
import {renderDiagnostics} from '../../src/diagnostics/render-diagnostics.ts'
import {SpecError} from '../../src/diagnostics/spec-error.ts'
import {tempDir, writeFiles} from '../support/temp-dir.ts'

const sources = ['every-key/pipeline.yaml', 'sdk-abalone/pipeline.yaml'].map((path) =>
  readFileSync(fileURLToPath(new URL(`../fixtures/specs/ok/${path}`, import.meta.url)), 'utf8'),
)

/** Pieces that mean something to YAML, to references or to expressions. */
const pieces = [
  '${',
  '}',
  '{',
  '[',
  ']',
  ':',
  ': ',
  '- ',
  '\n',
  '\t',
  '"',
  "'",
  '&a ',
  '*a',
  '!!x ',
  '|\n',
  '#',
  '\\',
  '\r\n',
  '%',
  '@',
  '`',
  'null',
  '~',
  '0x1',
  '1e999',
  '.inf',
  'steps.',
  'and',
  ' not ',
  '(',
  'É',
  '😀',
  '\u0000',
  '\u2028',
  '<<: ',
]

const edit = fc.record({
  at: fc.double({min: 0, max: 1, noNaN: true}),
  remove: fc.nat(12),
  insert: fc.constantFrom('', ...pieces),
})

it('reads or refuses every mutation', async () => {
  const directory = tempDir()
  const runs = Number(process.env.MLPIPE_TEST_RUNS ?? 300)
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...sources),
      fc.array(edit, {minLength: 1, maxLength: 5}),
      async (source, edits) => {
        const text = edits.reduce((before, {at, remove, insert}) => {
          const start = Math.floor(at * before.length)
          return before.slice(0, start) + insert + before.slice(start + remove)
        }, source)
        writeFiles(directory, {'mlpipe.yaml': text})
        const error = await openProject({target: 'local'}, {cwd: directory, env: {}}).catch((thrown: unknown) => thrown)
        if (!(error instanceof Error)) return
        if (!(error instanceof SpecError)) throw error
        expect(error.diagnostics.length).toBeGreaterThan(0)
        for (const {range} of error.diagnostics) {
          expect(range.start).toBeGreaterThanOrEqual(0)
          expect(range.end).toBeGreaterThanOrEqual(range.start)
          expect(range.start).toBeLessThanOrEqual(error.source.text.length)
        }
        expect(renderDiagnostics(error.diagnostics, error.source, {colour: false})).toContain('mlpipe.yaml:')
      },
    ),
    {numRuns: runs},
  )
})
