// What is imported compiles to what it came from, to the digit, for any definition there could be.

import {expect, it} from 'vitest'
import {compileForImport} from '../../src/actions/compile-for-import.ts'
import {compilePipeline} from '../../src/compiler/compile-pipeline.ts'
import {formatJson, parseExactJson} from '../../src/definition/exact-json.ts'
import {canonicalJson} from '../../src/definition/json.ts'
import {DiagnosticCollector} from '../../src/diagnostics/diagnostic.ts'
import {importDefinition} from '../../src/importer/import-definition.ts'
import {readDefinition} from '../../src/importer/read-definition.ts'
import {parseSpec} from '../../src/spec/parse-spec.ts'
import {fc, runs} from '../support/properties.ts'
import {randomDefinition} from './random-definition.ts'

const numRuns = runs(300)

/** Another target than the importer's own: nothing may come from it. */
const target = {
  name: 'local',
  kind: 'local',
  region: 'us-east-1',
  account: '111122223333',
  role: 'arn:r',
  bucket: 'b',
} as const

/** With `isUnchecked`, what SageMaker would refuse is no error. */
function compile(spec: string, isUnchecked: boolean) {
  const findings = new DiagnosticCollector()
  const read = parseSpec(spec, findings)
  const input = {pipelineName: 'other', target, env: {}, bundles: new Map(), isUnchecked}
  const document = read && compilePipeline(read, input, undefined, findings).document
  const errors = findings.sorted().filter(({severity}) => severity === 'error')
  return {text: document && canonicalJson(document), errors: errors.map(({message}) => message)}
}

it('compiles to what it came from', {timeout: 3_600_000}, () => {
  fc.assert(
    fc.property(randomDefinition, (definition) => {
      const text = formatJson(definition)
      const read = readDefinition(text)
      if (!read.ok) throw new Error(read.problem)
      const imported = importDefinition(read.definition, {pipelineName: 'random', compile: compileForImport('random')})
      if (!imported.ok) throw new Error(JSON.stringify(imported.faults))
      expect(compile(imported.text, true)).toEqual({text: canonicalJson(parseExactJson(text)), errors: []})
      // However wrong a definition is, looking at it must not fail.
      compile(imported.text, false)
    }),
    {numRuns},
  )
})
