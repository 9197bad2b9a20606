// Mistakes in requests, told at the line of the spec where they stand. The specs are the definitions that the SageMaker Python
// SDK makes, each step under `definition:` or `api:`, with one mistake in each.

import {describe, expect, it} from 'vitest'
import {openProject} from '../../src/actions/open-project.ts'
import type {Json, JsonObject} from '../../src/definition/json.ts'
import type {Diagnostic} from '../../src/diagnostics/diagnostic.ts'
import {SpecError} from '../../src/diagnostics/spec-error.ts'
import {type MadeStep, madeSteps} from '../support/made-definitions.ts'
import {type JsonPath, members, replaced, scalars} from '../support/mutations.ts'
import {place} from '../support/place.ts'
import {tempDir} from '../support/temp-dir.ts'

/** One of each type; what they refer to is left to the other steps of their definitions. */
const cases = [...new Map(madeSteps().map((made) => [made.step.Type, made])).values()].filter(
  ({step}) => !['Lambda', 'Condition', 'Fail'].includes(step.Type),
)

const mark = 'MISTAKE'

describe.each(cases)('a raw step of $file, $step.Name', (made: MadeStep) => {
  it('has nothing wrong with it', async () => {
    expect(await diagnose(specOf(made, made.step.Arguments))).toEqual([])
  })

  it('shows each misspelt member where it stands, and says nothing else', async () => {
    for (const path of someOf(members(made.step.Arguments))) {
      const name = String(path.at(-1))
      const text = specOf(made, withRenamed(made.step.Arguments, path, `${name}${mark}`))
      const found = await diagnose(text)
      // The member may have been one that must be there.
      const wrong = found.filter(({code}) => code !== 'missing-member')
      expect(wrong.map(({code}) => code)).toEqual(['unknown-member'])
      expect(lineOf(text, wrong[0])).toContain(`"${name}${mark}":`)
    }
  })

  it('shows each value of a wrong type where it stands, and says nothing else', async () => {
    for (const path of someOf(scalars(made.step.Arguments))) {
      const args = replaced(made.step.Arguments, path, () => ({[mark]: mark}))
      const text = specOf(made, args)
      const found = await diagnose(text)
      expect(found.map(({code}) => code)).toEqual(['wrong-member-type'])
      const last = path.at(-1)
      if (typeof last === 'string') expect(lineOf(text, found[0])).toContain(`"${last}":`)
      else expect(lineOf(text, found[0])).toBe('{')
    }
  })
})

it.each<[string, string, string]>([
  ['a key of the kind', 'instance: {count: 0}', 'instance: {count: 0}'],
  ['an input of the kind', 'inputs: {raw: {from: s3://b/raw, mode: FastFile}}', 'inputs: {raw:'],
  ['api:', 'api: {RetryStrateg: {}}', 'api: {RetryStrateg'],
  ['api: over what was compiled', 'api: {ProcessingResources: {ClusterConfig: {VolumeSizeInGB: x}}}', 'api: {Proc'],
])('points at %s', async (_what, line, start) => {
  const text = `name: demo
steps:
  prepare:
    type: processing
    image: sklearn:1.2-1
    command: [/bin/true]
    ${line}
`
  const found = await diagnose(text)
  expect(found).toHaveLength(1)
  expect(lineOf(text, found[0]).startsWith(start)).toBe(true)
})

it('casts a number of a parameter where api: puts it into a text', async () => {
  const text = `name: demo
parameters: {epochs: 3}
steps:
  train:
    type: training
    image: sklearn:1.2-1
    api:
      HyperParameters: {epochs: "\${parameters.epochs}"}
      AlgorithmSpecification: {ContainerArguments: [--epochs, "\${parameters.epochs}"]}
      ResourceConfig: {InstanceCount: "\${parameters.epochs}"}
`
  const {compiled} = await open(text)
  const cast = {'Std:Join': {On: '', Values: [{Get: 'Parameters.epochs'}]}}
  expect(compiled.definition.Steps[0]?.Arguments).toMatchObject({
    HyperParameters: {epochs: cast},
    AlgorithmSpecification: {ContainerArguments: ['--epochs', cast]},
    ResourceConfig: {InstanceCount: {Get: 'Parameters.epochs'}},
  })
})

it('keeps quiet about a step that follows from another mistake', async () => {
  const text = `name: demo
defaults: {image: "sklearn:1.2-1"}
steps:
  train: {type: training, inputs: {a: "\${steps.prepair.outputs.x}"}, api: {NoSuchMember: 1}}
`
  expect((await diagnose(text)).map(({code}) => code)).toEqual(['unknown-step-reference'])
})

/** A spec with the step as a raw one, and the others that it may refer to. */
function specOf({file, step, scope}: MadeStep, args: JsonObject): string {
  const parameters = [...scope.parameters].map(([name, type]) => `  ${name}: {type: ${type}}\n`).join('')
  const steps = madeSteps()
    .filter((other) => other.file === file && !['Condition', 'Fail'].includes(other.step.Type))
    .map((other) => (other.step.Name === step.Name ? {...step, Arguments: args} : other.step))
    .map((each) => rawStep(each.Name, {...each, DependsOn: []} as unknown as JsonObject))
  return `name: demo\n${parameters === '' ? '' : `parameters:\n${parameters}`}steps:\n${steps.join('')}`
}

/** JSON is YAML. */
function rawStep(name: string, {Name: _name, Arguments, ...rest}: JsonObject): string {
  const beside = Object.entries(rest).map(([key, value]) => `      ${JSON.stringify(key)}: ${JSON.stringify(value)}\n`)
  const args = JSON.stringify(Arguments, undefined, 2).replaceAll('\n', '\n        ').replaceAll('$', '$$$$')
  return `  ${name}:\n    type: raw\n    definition:\n${beside.join('')}      Arguments:\n        ${args}\n`
}

function withRenamed(args: JsonObject, path: JsonPath, to: string): JsonObject {
  return replaced(args, path.slice(0, -1), (object) => {
    const entries = Object.entries(object as {readonly [key: string]: Json})
    return Object.fromEntries(entries.map(([key, value]) => [key === path.at(-1) ? to : key, value]))
  })
}

/** Not all of many: each is a whole compilation. */
function someOf<T>(all: readonly T[]): readonly T[] {
  const step = Math.ceil(all.length / 12)
  return all.filter((_one, index) => index % step === 0)
}

async function diagnose(text: string): Promise<readonly Diagnostic[]> {
  try {
    return (await open(text)).warnings
  } catch (error) {
    if (!(error instanceof SpecError)) throw error
    return error.diagnostics
  }
}

function open(text: string) {
  return openProject({}, place(tempDir({'mlpipe.yaml': text})))
}

function lineOf(text: string, diagnostic: Diagnostic | undefined): string {
  const start = diagnostic?.range.start ?? 0
  return text.slice(text.lastIndexOf('\n', start) + 1, text.indexOf('\n', start)).trim()
}
