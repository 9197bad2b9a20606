// An input in S3 without a fingerprint, on the embedded engine: what was written there again is told from what was read.

import {setTimeout as delay} from 'node:timers/promises'
import {beforeEach, describe, expect, it} from 'vitest'
import {compareModels} from '../../../src/actions/models/compare-models.ts'
import type {Cloud} from '../../../src/cloud/ports.ts'
import {lineageView} from '../../../src/views/lineage.ts'
import {compareModelsView} from '../../../src/views/models/compare.ts'
import {lineageProject, type Project} from './lineage-account.ts'

const spec = `
name: rows
parameters: {round: 1}
defaults: {image: "sklearn:1.2-1", instance: ml.m5.large}
steps:
  look:
    type: processing
    command: [bash, -c, "cat $MLPIPE_OPT_ML/processing/input/raw/*.csv > $MLPIPE_OPT_ML/processing/output/model/all.csv"]
    env: {ROUND: "\${parameters.round}"}
    inputs: {raw: s3://lake/raw.csv, days: s3://lake/days/}
    outputs: [model]
  register: {type: register, group: rows, model: "\${steps.look.outputs.model}/all.csv", image: "sklearn:1.2-1"}
`
const raw = 's3://lake/raw.csv'
/** S3 tells whole seconds, so that less than one between two times says nothing. */
const aSecond = () => delay(1100)

let project: Project
let first: string
const put = (key: string, text: string) => project.cloud.objects.put(`s3://lake/${key}`, new TextEncoder().encode(text))

beforeEach(async () => {
  project = await lineageProject(spec)
  await put('raw.csv', '1\n')
  await put('days/1.csv', '1\n')
  await put('days/2.csv', '2\n')
  first = await project.run()
})

async function upstream(subject: string) {
  const result = await project.lineage(subject)
  const inputs = result.steps.find(({step}) => step === 'look')?.inputs ?? []
  const shown = lineageView('tree').human(result, {width: 150, colour: false})
  return {since: Object.fromEntries(inputs.map(({name, since}) => [name, since])), shown, gaps: result.gaps}
}

async function writtenAt(key: string): Promise<string> {
  const [{modifiedAtMs = 0} = {}] = await project.cloud.objects.list(`s3://lake/${key}`)
  return new Date(modifiedAtMs).toISOString()
}

const words = (iso: string) => `${iso.slice(0, 19).replace('T', ' ')} UTC`

it('what is as it was says no more than that', async () => {
  const {since, shown, gaps} = await upstream(first)
  expect(since).toEqual({
    raw: {state: 'older', writtenAt: await writtenAt('raw.csv')},
    days: {state: 'older', writtenAt: await writtenAt('days/2.csv'), among: {newer: 0, objects: 2, isCut: false}},
  })
  expect(shown).toMatch(/raw {2}s3:\/\/lake\/raw\.csv$/m)
  expect(gaps).toEqual([])
})

describe('after it was written again', () => {
  let at: string
  beforeEach(async () => {
    await aSecond()
    await put('raw.csv', '2\n')
    await put('days/2.csv', '2\n')
    at = await writtenAt('raw.csv')
  })

  it('the tree and the JSON tell it, also of one object among several', async () => {
    const {since, shown} = await upstream('rows/1')
    const day = await writtenAt('days/2.csv')
    expect(since).toEqual({
      raw: {state: 'written-since', writtenAt: at},
      days: {state: 'written-since', writtenAt: day, among: {newer: 1, objects: 2, isCut: false}},
    })
    expect(shown).toContain(`raw  s3://lake/raw.csv  written since (${words(at)})`)
    expect(shown).toContain(`days  s3://lake/days/  1 of 2 objects there written since (last ${words(day)})`)
  })

  it('the runs that took it are said to have taken what lay there before', async () => {
    await aSecond()
    const second = await project.run('round=2')
    const {took = [], notes} = await project.lineage(raw, {downstream: true})
    expect(took.map(({execution, since}) => [execution, since?.state]).sort()).toEqual(
      [
        [first, 'written-since'],
        [second, 'older'],
      ].sort(),
    )
    expect(notes).toEqual([
      `it was written at ${words(at)}, after look of ${first} had ended: what that read is what lay there before, if anything did`,
    ])
  })

  it('an object below a prefix that was taken is told from what lay there then', async () => {
    await put('days/3.csv', '3\n')
    const {took = [], notes} = await project.lineage('s3://lake/days/3.csv')
    expect(took).toMatchObject([{held: 'place-only', since: {state: 'written-since'}}])
    expect(notes.at(-1)).toContain(
      `UTC, after look of ${first} had ended: what that read is what lay there before, if anything did`,
    )
    const never = await project.lineage('s3://lake/days/4.csv')
    expect(never.took?.[0]).not.toHaveProperty('since')
  })

  it('two models of one place are said to have been made before and after', async () => {
    await aSecond()
    await project.run('round=2')
    const asked: string[] = []
    const objects: Cloud['objects'] = {
      ...project.cloud.objects,
      firstPage: (uri) => {
        asked.push(uri)
        return project.cloud.objects.firstPage(uri)
      },
    }
    const connection = await project.world.connect({} as never)
    const world = {...project.world, connect: async () => ({...connection, cloud: {...connection.cloud, objects}})}
    const result = await compareModels({target: 'prod', first: 'rows/1', second: 'rows/2'}, world)
    expect(result.data.map(({name, sameness}) => [name, sameness])).toEqual([
      ['raw', 'written-between'],
      ['days', 'written-between'],
    ])
    expect(asked.sort()).toEqual(['s3://lake/days/', raw])
    const shown = compareModelsView.human(result, {width: 100, colour: false})
    expect(shown).toMatch(/^~ written between +look: raw /m)
  })

  it('an object that was removed is said not to be there', async () => {
    await project.cloud.objects.removeAll(raw)
    const {since, shown} = await upstream(first)
    expect(since['raw']).toEqual({state: 'gone'})
    expect(shown).toContain('raw  s3://lake/raw.csv  nothing lies there today')
    const {notes} = await project.lineage(raw)
    expect(notes).toContain(`nothing lies there today: look of ${first} was given ${raw}`)
  })
})
