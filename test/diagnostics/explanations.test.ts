// The examples of `mlpipe explain CODE` are true: the wrong form gives the code, the right one gives nothing.

import {expect, it} from 'vitest'
import {openProject} from '../../src/actions/open-project.ts'
import {type DiagnosticCode, diagnosticCodes} from '../../src/diagnostics/diagnostic.ts'
import {explanations} from '../../src/diagnostics/explanations.ts'
import {SpecError} from '../../src/diagnostics/spec-error.ts'
import {place} from '../support/place.ts'
import {tempDir} from '../support/temp-dir.ts'

/** What the text of a spec alone cannot bring about. */
const notByText: readonly DiagnosticCode[] = ['unreadable-file']

/** Examples that are whole files. */
const wholeFiles: readonly DiagnosticCode[] = ['empty-spec', 'not-a-mapping', 'no-steps']

it.each(diagnosticCodes)('%s', async (code) => {
  const {text, wrong, right} = explanations[code]
  expect(text).toMatch(/^["$A-Z][\s\S]*\.$/)
  expect(wrong).not.toBe(right)
  if (!notByText.includes(code)) expect(await codesOf(completed(code, wrong))).toContain(code)
  expect(await codesOf(completed(code, right))).toEqual([])
})

function completed(code: DiagnosticCode, part: string): string {
  if (wholeFiles.includes(code)) return part
  const rest = [
    ['name', 'demo'],
    ['defaults', '{image: "sklearn:1.2-1", instance: ml.m5.large}'],
    ['steps', '{done: {type: fail, message: done}}'],
  ].filter(([key]) => !part.split('\n').some((line) => line.startsWith(`${key}:`)))
  return `${part}${rest.map(([key, value]) => `${key}: ${value}\n`).join('')}`
}

async function codesOf(text: string): Promise<DiagnosticCode[]> {
  const cwd = tempDir({'mlpipe.yaml': text, 'src/prepare.py': '', 'src/train.py': '', 'data/raw.csv': '1\n'})
  try {
    return (await openProject({}, place(cwd))).warnings.map(({code}) => code)
  } catch (error) {
    if (!(error instanceof SpecError)) throw error
    return error.diagnostics.map(({code}) => code)
  }
}
