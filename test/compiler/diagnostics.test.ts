// Wrong specs and the exact text that is said of them. A case is a folder; `target.txt` names the target to compile for.

import {existsSync, readFileSync} from 'node:fs'
import {join} from 'node:path'
import {expect, it} from 'vitest'
import {openProject} from '../../src/actions/open-project.ts'
import {diagnosticCodes} from '../../src/diagnostics/diagnostic.ts'
import {renderDiagnostics} from '../../src/diagnostics/render-diagnostics.ts'
import {SpecError} from '../../src/diagnostics/spec-error.ts'
import {expectGolden, type GoldenCase, goldenCases} from '../support/golden.ts'
import {place} from '../support/place.ts'

const wrong = goldenCases('specs/err')
const doubtful = goldenCases('specs/warn')

it.each(wrong)('says what is wrong: $name', async (golden) => {
  const error = await openCase(golden).catch((thrown: unknown) => thrown)
  if (!(error instanceof SpecError)) throw new Error(`expected a SpecError, got ${String(error)}`)
  expect(error.exit).toBe(65)
  await expectGolden(
    golden,
    'diagnostics.txt',
    `${renderDiagnostics(error.diagnostics, error.source, {colour: false})}\n`,
  )
})

it.each(doubtful)('warns: $name', async (golden) => {
  const {warnings, source} = await openCase(golden)
  expect(warnings.every(({severity}) => severity === 'warning')).toBe(true)
  await expectGolden(golden, 'diagnostics.txt', `${renderDiagnostics(warnings, source, {colour: false})}\n`)
})

it('has a case for every diagnostic code', () => {
  const texts = [...wrong, ...doubtful].map(({directory}) => readFileSync(join(directory, 'diagnostics.txt'), 'utf8'))
  const shown = new Set(
    texts.flatMap((text) => [...text.matchAll(/ (?:error|warning) ([a-z-]+)$/gm)].map((match) => match[1])),
  )
  expect(diagnosticCodes.filter((code) => !shown.has(code))).toEqual([])
})

function openCase({directory}: GoldenCase) {
  const targetFile = join(directory, 'target.txt')
  const target = existsSync(targetFile) ? readFileSync(targetFile, 'utf8').trim() : undefined
  return openProject({file: 'pipeline.yaml', target}, place(directory))
}
