// What lies where the steps of an execution write, while the execution is there and after it was deleted.

import {beforeEach, describe, expect, it} from 'vitest'
import {deletePipeline} from '../../../src/actions/delete/delete-pipeline.ts'
import {lineageView} from '../../../src/views/lineage.ts'
import {lineageProject, type Project} from './lineage-account.ts'

const spec = `
name: rows
defaults: {image: "sklearn:1.2-1", instance: ml.m5.large}
steps:
  prepare:
    type: processing
    command: [bash, -c, "echo 1 > $MLPIPE_OPT_ML/processing/output/out/rows.csv; echo 2 > $MLPIPE_OPT_ML/processing/output/more/rows.csv"]
    outputs: [out, more]
  train:
    type: processing
    command: [bash, -c, "cp $MLPIPE_OPT_ML/processing/input/rows/rows.csv $MLPIPE_OPT_ML/processing/output/model/"]
    inputs: {rows: "\${steps.prepare.outputs.out}"}
    outputs: [model]
  register: {type: register, group: rows, model: "\${steps.train.outputs.model}/rows.csv", image: "sklearn:1.2-1"}
`

let project: Project
let id: string
beforeEach(async () => {
  project = await lineageProject(spec)
  id = await project.run()
})
const at = (path: string) => `s3://mlpipe-prod/rows/${id}${path}`

async function upstream(uri: string) {
  const {direction, notes, steps, gaps} = await project.lineage(uri)
  return {direction, notes, gaps, steps: steps.map(({step, execution}) => `${step} ${execution}`)}
}

describe('a place of an execution', () => {
  it.each([
    ['what a step wrote', '/prepare/out/rows.csv', ['prepare']],
    ['an output', '/train/model/', ['prepare', 'train']],
    ['the folder of a step', '/prepare', ['prepare']],
    ['the folder of the execution', '', ['prepare', 'train']],
    ['the folder of the execution, with a slash', '/', ['prepare', 'train']],
  ])('%s was made by the steps that wrote there', async (_name, path, steps) => {
    const found = {direction: 'upstream', notes: [], gaps: [], steps: steps.map((step) => `${step} ${id}`)}
    expect(await upstream(at(path))).toEqual(found)
  })

  it('below which all lies was made by all that is known to have written there', async () => {
    expect((await upstream('s3://mlpipe-prod/rows/')).steps).toEqual([`prepare ${id}`, `train ${id}`])
  })

  it('where nothing lies is told so', async () => {
    const {notes, steps} = await upstream(at('/prepare/out/nope.csv'))
    expect({notes, steps}).toEqual({notes: ['nothing lies there today'], steps: [`prepare ${id}`]})
  })

  it('of the listings is none', async () => {
    const {notes, gaps} = await upstream(`s3://mlpipe-prod/rows/fingerprints/${'a'.repeat(64)}.json`)
    expect([notes[0], gaps]).toEqual(['no step made it: nothing is known to lie upstream', []])
  })
})

describe('after its pipeline was deleted', () => {
  beforeEach(async () => {
    await deletePipeline({target: 'prod', yes: true, dryRun: false} as never, project.world)
  })

  it('a model was registered by an execution that is there no more, and made by its jobs', async () => {
    const result = await project.lineage('rows/1')
    expect(result.models).toMatchObject([{goneExecutionArn: expect.stringContaining(id)}])
    expect(result.steps).toMatchObject([
      {execution: id, isExecutionGone: true, type: 'Processing'},
      {execution: id, isExecutionGone: true, type: 'Processing'},
    ])
    expect(result.gaps).toEqual([
      `the execution ${id} of rows is there no more`,
      `the execution ${id} that registered rows/1 is there no more: the jobs behind it are those of SageMaker's lineage, which knows no contents`,
    ])
    const text = lineageView('tree').human(result, {width: 120, colour: false})
    expect(text).toContain(` by ${id}, which is there no more`)
    expect(text).toContain(`Processing  ${id} (there no more)`)
    expect(text).not.toContain('outside of pipelines')
  })

  it.each([
    ['/train/model', `train of execution`, 2, ": the jobs behind it are those of SageMaker's lineage"],
    ['/prepare/out/', `prepare of execution`, 1, ": the jobs behind it are those of SageMaker's lineage"],
    ['', 'execution', 0, ''],
  ])('what lies at <execution>%s was written by it', async (path, who, jobs, behind) => {
    const {direction, notes, steps} = await upstream(at(path))
    expect(direction).toBe('upstream')
    expect(notes).toEqual([`by its place it was written by ${who} ${id} of rows, which is there no more${behind}`])
    expect(steps).toHaveLength(jobs)
  })

  it.each(['rows', 'year=2026', 'a b', '-'])(
    'a place elsewhere, below %s, is not taken for that of an execution',
    async (folder) => {
      expect((await upstream(`s3://lake/${folder}/abcdefghijkl/part-1`)).notes[0]).toBe(
        'no step made it: nothing is known to lie upstream',
      )
    },
  )
})
