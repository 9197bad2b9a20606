// The definitions that the SageMaker Python SDK makes (test/fixtures/definitions), step by step.

import {readdirSync, readFileSync} from 'node:fs'
import {fileURLToPath} from 'node:url'
import {flattenSteps} from '../../src/definition/flat-steps.ts'
import {parseDefinition} from '../../src/definition/parse-definition.ts'
import type {ReferenceScope} from '../../src/definition/request-shapes/value-type.ts'
import type {PipelineDefinition, StepDefinition} from '../../src/definition/types.ts'

const folder = fileURLToPath(new URL('../fixtures/definitions/', import.meta.url))

export type MadeStep = {readonly file: string; readonly step: StepDefinition; readonly scope: ReferenceScope}

export function madeDefinitions(): {readonly file: string; readonly definition: PipelineDefinition}[] {
  const files = readdirSync(folder).filter((file) => file.endsWith('.json'))
  if (files.length < 12) throw new Error(`only ${files.length} definitions in ${folder}`)
  return files.sort().map((file) => {
    const parsed = parseDefinition(readFileSync(`${folder}${file}`, 'utf8'))
    if (!parsed.ok) throw new Error(`${file}: ${parsed.message}`)
    return {file, definition: parsed.definition}
  })
}

export function madeSteps(): MadeStep[] {
  return madeDefinitions().flatMap(({file, definition}) => {
    const flat = flattenSteps(definition)
    const scope = {
      parameters: new Map(definition.Parameters.map(({Name, Type = 'String'}) => [Name, Type])),
      steps: new Map(flat.map(({step}) => [step.Name, step])),
    }
    return flat.map(({step}) => ({file, step, scope}))
  })
}
