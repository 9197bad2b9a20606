// Right specs and the definitions they compile to. The cases named `sdk-…` hold what the SageMaker Python SDK 2.257.6 makes
// of the same pipeline (less PipelineExperimentConfig, which a spec does not set); the others are read over by hand.

import {readFileSync} from 'node:fs'
import {cp, mkdtemp, rm, utimes, writeFile} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {describe, expect, it} from 'vitest'
import {parseDocument, type YAMLMap} from 'yaml'
import {openProject} from '../../src/actions/open-project.ts'
import {formatJson} from '../../src/definition/exact-json.ts'
import {canonicalJson, type Json} from '../../src/definition/json.ts'
import {stepKindNames} from '../../src/spec/step-kinds.ts'
import {triggerKindNames} from '../../src/spec/triggers/trigger-kinds.ts'
import {expectGolden, goldenCases} from '../support/golden.ts'
import {place} from '../support/place.ts'
import {fc, runs} from '../support/properties.ts'
import {withPlainJoins} from '../support/same-meaning.ts'

const cases = goldenCases('specs/ok')

it.each(cases.filter(({name}) => !name.startsWith('sdk-')))('compiles $name', async (golden) => {
  const {compiled} = await open(golden.directory)
  await expectGolden(golden, 'definition.json', `${formatJson(compiled.document, 2)}\n`)
  if (compiled.triggers.length === 0) return
  await expectGolden(golden, 'triggers.json', `${JSON.stringify(compiled.triggers, undefined, 2)}\n`)
})

it.each(cases.filter(({name}) => name.startsWith('sdk-')))(
  'compiles $name to what the SDK makes',
  async ({directory}) => {
    const {definitionText} = await open(directory)
    const expected = JSON.parse(readFileSync(join(directory, 'definition.json'), 'utf8')) as Json
    expect(withPlainJoins(JSON.parse(definitionText) as Json)).toEqual(withPlainJoins(expected))
  },
)

it('has a case for every step kind, and for every kind of trigger', async () => {
  const projects = await Promise.all(cases.map(({directory}) => open(directory)))
  const kinds = new Set(projects.flatMap(({spec}) => spec.steps.map(({kind}) => kind)))
  expect(stepKindNames.filter((kind) => !kinds.has(kind))).toEqual([])
  const sources = new Set(projects.flatMap(({compiled}) => compiled.triggers.map(({source}) => source.kind)))
  expect(triggerKindNames.filter((kind) => !sources.has(kind))).toEqual([])
})

describe('a definition depends on nothing but the spec, the target and the contents of files', () => {
  const source = cases.find(({name}) => name === 'every-key')?.directory ?? ''

  it('is the same in another folder, after every file was touched', async () => {
    const before = await open(source)
    const moved = await mkdtemp(join(tmpdir(), 'mlpipe-moved-'))
    try {
      await cp(source, moved, {recursive: true})
      await utimes(join(moved, 'src/train.py'), 1, 1)
      expect((await open(moved)).definitionText).toBe(before.definitionText)
    } finally {
      await rm(moved, {recursive: true})
    }
  })

  it('changes with the content of code and of data, and only where they are used', async () => {
    const moved = await mkdtemp(join(tmpdir(), 'mlpipe-edited-'))
    try {
      await cp(source, moved, {recursive: true})
      const before = stepTexts((await open(moved)).definitionText)
      await writeFile(join(moved, 'data/two/three.csv'), 'a,b\n3,5\n')
      const afterData = stepTexts((await open(moved)).definitionText)
      expect(changed(before, afterData)).toEqual(['prepare'])
      await writeFile(join(moved, 'src/train.py'), 'print("loss=0.2")\n')
      const afterCode = stepTexts((await open(moved)).definitionText)
      expect(changed(afterData, afterCode)).toEqual(['prepare', 'train', 'own-image', 'model'])
    } finally {
      await rm(moved, {recursive: true})
    }
  })

  it('ignores caches and leftovers beside the code', async () => {
    const moved = await mkdtemp(join(tmpdir(), 'mlpipe-leftovers-'))
    try {
      await cp(source, moved, {recursive: true})
      const before = (await open(moved)).definitionText
      await cp(join(source, 'src'), join(moved, 'src/__pycache__'), {recursive: true})
      await writeFile(join(moved, 'src/train.pyc'), 'x')
      await writeFile(join(moved, 'src/.DS_Store'), 'x')
      expect((await open(moved)).definitionText).toBe(before)
    } finally {
      await rm(moved, {recursive: true})
    }
  })

  it('does not change with the order of the keys of a step', async () => {
    const text = readFileSync(join(source, 'pipeline.yaml'), 'utf8')
    const before = canonicalJson(JSON.parse((await open(source)).definitionText) as Json)
    const moved = await mkdtemp(join(tmpdir(), 'mlpipe-order-'))
    try {
      await cp(source, moved, {recursive: true})
      await fc.assert(
        fc.asyncProperty(fc.infiniteStream(fc.nat(1_000_000)), async (numbers) => {
          const document = parseDocument(text)
          for (const pair of (document.get('steps') as YAMLMap).items) {
            const items = (pair.value as YAMLMap).items
            const ranked = items.map((item) => ({item, rank: numbers.next().value ?? 0}))
            items.splice(0, items.length, ...ranked.sort((a, b) => a.rank - b.rank).map(({item}) => item))
          }
          await writeFile(join(moved, 'pipeline.yaml'), String(document))
          expect(canonicalJson(JSON.parse((await open(moved)).definitionText) as Json)).toBe(before)
        }),
        {numRuns: runs(25)},
      )
    } finally {
      await rm(moved, {recursive: true})
    }
  })
})

it('names an archive after the names in it as well as their contents', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'mlpipe-renamed-'))
  try {
    const spec = (script: string) =>
      `name: demo\nsteps:\n  train: {type: training, image: "sklearn:1.2-1", code: ${script}}\n`
    await writeFile(join(directory, 'a.py'), 'print(1)\n')
    await writeFile(join(directory, 'b.py'), 'print(1)\n')
    await writeFile(join(directory, 'pipeline.yaml'), spec('a.py'))
    const first = (await open(directory)).compiled.uploads
    await writeFile(join(directory, 'pipeline.yaml'), spec('b.py'))
    const second = (await open(directory)).compiled.uploads
    expect(first[0]?.uri).not.toBe(second[0]?.uri)
  } finally {
    await rm(directory, {recursive: true})
  }
})

function open(directory: string) {
  return openProject({file: 'pipeline.yaml'}, place(directory))
}

/** Each step's own text; the steps of a condition's branches are steps of their own. */
function stepTexts(definitionText: string): Map<string, string> {
  const texts = new Map<string, string>()
  const visit = (steps: readonly {Name: string; Arguments: {IfSteps?: []; ElseSteps?: []}}[]) => {
    for (const step of steps) {
      const {IfSteps = [], ElseSteps = [], ...own} = step.Arguments
      texts.set(step.Name, canonicalJson({...step, Arguments: own} as Json))
      visit([...IfSteps, ...ElseSteps])
    }
  }
  visit((JSON.parse(definitionText) as {Steps: []}).Steps)
  return texts
}

function changed(before: Map<string, string>, after: Map<string, string>): string[] {
  return [...after.keys()].filter((name) => before.get(name) !== after.get(name))
}
