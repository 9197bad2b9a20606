// What came of an object in S3: by the listings that runs kept of their data, not by the place alone.

import {beforeEach, describe, expect, it} from 'vitest'
import {lineageProject, type Project} from './lineage-account.ts'

const spec = `
name: rows
parameters: {key: incoming/, other: ""}
defaults: {image: "sklearn:1.2-1", instance: ml.m5.large}
steps:
  count:
    type: processing
    command: [bash, -c, "ls $MLPIPE_OPT_ML/processing/input/new > $MLPIPE_OPT_ML/processing/output/out/names.txt"]
    inputs: {new: {from: "s3://lake/\${parameters.key}", fingerprint: true}}
    outputs: [out]
  look:
    type: processing
    command: [bash, -c, "true"]
    inputs: {all: s3://lake/unseen/, folder: data, counted: "\${steps.count.outputs.out}"}
`
const bytes = (text: string) => new TextEncoder().encode(text)

describe('an object below a prefix', () => {
  let project: Project
  let [first, second]: [string, string] = ['', '']
  const put = (key: string, text: string) => project.cloud.objects.put(`s3://lake/${key}`, bytes(text))

  beforeEach(async () => {
    project = await lineageProject(spec, {'data/a.csv': '1\n', 'data/b.csv': '2\n'})
    await put('unseen/x.csv', 'x')
    for (const name of ['same', 'changed', 'gone']) await put(`incoming/${name}.csv`, name)
    first = await project.run()
    await put('incoming/late.csv', 'late')
    second = await project.run()
    await put('incoming/changed.csv', 'other')
    await put('incoming/after.csv', 'after')
    await project.cloud.objects.removeAll('s3://lake/incoming/gone.csv')
  })

  const taking = async (uri: string) => {
    const {took = [], notes, models, steps} = await project.lineage(uri, {downstream: true})
    return {took: took.map(({execution, step, held}) => [execution, step, held]), notes, models, steps}
  }

  it.each(['same', 'changed', 'gone'])(
    'that was there and is %s today was taken by every run that listed it',
    async (held) => {
      const {took, notes} = await taking(`s3://lake/incoming/${held}.csv`)
      expect(took.sort()).toEqual(
        [
          [first, 'count', held],
          [second, 'count', held],
        ].sort(),
      )
      const said = {
        same: [],
        changed: [expect.stringContaining('its content has changed since it was taken by count of ')],
        gone: [expect.stringContaining('it is there no more; it was when it was taken by count of ')],
      }
      expect(notes).toEqual(said[held as 'same'])
    },
  )

  it('that came between two runs was taken by the second', async () => {
    const {took, notes, steps} = await taking('s3://lake/incoming/late.csv')
    expect(took).toEqual([[second, 'count', 'same']])
    expect(notes).toEqual([`it is not among the objects of s3://lake/incoming/ that were taken by count of ${first}`])
    expect(steps.map(({execution}) => execution)).not.toContain(first)
  })

  it.each(['after', 'never'])('that was there %s was taken by none', async (name) => {
    const {took, notes, steps} = await taking(`s3://lake/incoming/${name}.csv`)
    expect([took, steps]).toEqual([[], []])
    expect(notes[0]).toBe(`no execution of rows took s3://lake/incoming/${name}.csv (2 were looked at)`)
    expect(notes[1]).toContain('it is not among the objects of s3://lake/incoming/ that were taken by')
  })

  it('of which no listing was kept is said to be known by its place only', async () => {
    const {took, notes} = await taking('s3://lake/unseen/nope.csv')
    expect(took.map(([, , held]) => held)).toEqual(['place-only', 'place-only'])
    expect(notes).toEqual([
      expect.stringContaining('only the place s3://lake/unseen/ is known of what was taken by look of '),
    ])
  })

  it('the place itself was taken, and has changed', async () => {
    for (const uri of ['s3://lake/incoming/', 's3://lake/incoming']) {
      expect((await taking(uri)).took.map(([, , held]) => held)).toEqual(['changed', 'changed'])
    }
    expect((await taking('s3://lake/unseen/')).took.map(([, , held]) => held)).toEqual([undefined, undefined])
  })

  it('in a folder that was uploaded is known by what the deploy noted', async () => {
    const {steps} = await project.lineage(first)
    const folder = steps.flatMap(({inputs}) => inputs).find(({name}) => name === 'folder')?.uri
    expect((await taking(`${folder}/a.csv`)).took.map(([, step]) => step)).toEqual(['look', 'look'])
    expect((await taking(`${folder}/nope.csv`)).took).toEqual([])
  })

  it('that is the whole input of a run which a trigger started is known by its ETag', async () => {
    const [{etag = ''} = {}] = await project.cloud.objects.list('s3://lake/incoming/same.csv')
    const third = await project.run('key=incoming/same.csv', `fingerprint-count-new=${etag}`)
    expect((await taking('s3://lake/incoming/same.csv')).took).toContainEqual([third, 'count', 'same'])
    await put('incoming/same.csv', 'not the same')
    expect((await taking('s3://lake/incoming/same.csv')).took).toContainEqual([third, 'count', 'changed'])
  })
})
