// Where fingerprints come from in a spec, and how many fit. What they compile to: fixtures/specs/{ok,err,warn}/fingerprints.

import {expect, it} from 'vitest'
import {openProject} from '../../src/actions/open-project.ts'
import {parameterPlace, specPlace} from '../../src/compiler/places.ts'
import {DiagnosticCollector} from '../../src/diagnostics/diagnostic.ts'
import type {SpecError} from '../../src/diagnostics/spec-error.ts'
import {parseSpec} from '../../src/spec/parse-spec.ts'
import {place} from '../support/place.ts'
import {tempDir} from '../support/temp-dir.ts'

const text = `name: demo
defaults:
  image: sklearn:1.2-1
  fingerprint: true # by default
steps:
  prepare:
    type: processing
    command: [/bin/true]
    inputs:
      raw_data: s3://b/raw
      far:
        from: s3://b/far
        fingerprint: true # its own
`

it.each([
  ['raw_data', 'MLPIPE_FINGERPRINT_RAW_DATA', 'fingerprint-prepare-raw-data-', 'by default'],
  ['far', 'MLPIPE_FINGERPRINT_FAR', 'fingerprint-prepare-far', 'its own'],
])('the fingerprint of %s comes from where it is asked for', async (_input, variable, parameter, comment) => {
  const directory = tempDir({'pipeline.yaml': text})
  const {compiled} = await openProject({file: 'pipeline.yaml'}, place(directory))
  const spec = parseSpec(text, new DiagnosticCollector())
  if (!spec) throw new Error('the spec cannot be read')
  const declared = compiled.definition.Parameters.find(({Name}) => Name.startsWith(parameter))?.Name ?? ''
  for (const range of [
    specPlace(spec, 'prepare', `Environment.${variable}`),
    parameterPlace(spec, declared),
    parameterPlace(spec, declared, 'DefaultValue'),
  ]) {
    const line = text.slice(range?.start ?? 0).split('\n')[0]
    expect(line).toBe(`true # ${comment}`)
  }
})

it.each([
  [198, []],
  [199, ['out-of-range']],
  // More than enough by themselves: said once.
  [201, ['out-of-range']],
])('beside %i parameters of the user, two fingerprints give %j', async (count, codes) => {
  const own = Array.from({length: count}, (_, index) => `  p${index}: 1\n`).join('')
  const directory = tempDir({'pipeline.yaml': `${text}parameters:\n${own}`})
  const found = await openProject({file: 'pipeline.yaml'}, place(directory)).then(
    () => [],
    (error: SpecError) => error.diagnostics.map(({code}) => code),
  )
  expect(found).toEqual(codes)
})
