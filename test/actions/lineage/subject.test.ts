// What may be asked about, by which names, and what is told of it where it is not what it seems.

import {beforeEach, describe, expect, it} from 'vitest'
import {lineageView} from '../../../src/views/lineage.ts'
import {lineageProject, type Project} from './lineage-account.ts'

const spec = `
name: rows
defaults: {image: "sklearn:1.2-1", instance: ml.m5.large, cache: 30d}
steps:
  train:
    type: processing
    command: [bash, -c, "echo 1 > $MLPIPE_OPT_ML/processing/output/model/model.txt"]
    inputs: {raw: data}
    outputs: [model]
  register: {type: register, group: rows, approval: Approved, model: "\${steps.train.outputs.model}/model.txt", image: "sklearn:1.2-1"}
`
const arn = (rest: string) => `arn:aws:sagemaker:us-east-1:000000000000:${rest}`

let project: Project
beforeEach(async () => {
  project = await lineageProject(spec, {'data/a.csv': '1\n'})
})
const tree = async (subject: string, downstream = false) =>
  lineageView('tree').human(await project.lineage(subject, {downstream}), {width: 100, colour: false})

describe('is refused', () => {
  const takes = 'lineage takes a model, an execution, an endpoint, an s3:// URI or a local file'

  it.each([
    ['nothing', '', `the subject is empty: ${takes}`],
    ['blanks', ' ', `the subject is empty: ${takes}`],
    ['all that lies in S3', 's3://', `"s3://" names no bucket, such as s3://bucket/key: ${takes}`],
    ['a key without a bucket', 's3:///a', `"s3:///a" names no bucket, such as s3://bucket/key: ${takes}`],
    [
      'a pipeline',
      arn('pipeline/rows'),
      `"${arn('pipeline/rows')}" is the ARN of no model, execution or endpoint: ${takes}`,
    ],
    [
      'a job',
      arn('training-job/x'),
      `"${arn('training-job/x')}" is the ARN of no model, execution or endpoint: ${takes}`,
    ],
  ])('%s', async (_name, subject, message) => {
    await expect(project.lineage(subject)).rejects.toMatchObject({
      ...{code: 'unknown-subject', who: 'user', message},
      nextSteps: ['mlpipe models list -t prod', 'mlpipe executions list -t prod'],
    })
  })

  it('an execution that is not there, by its ARN too', async () => {
    const gone = arn('pipeline/rows/execution/abcdefghijkl')
    await expect(project.lineage(gone)).rejects.toMatchObject({
      ...{code: 'unknown-execution', who: 'user', message: `"${gone}" is not an execution here`},
    })
  })
})

describe('a local file', () => {
  it('has nothing upstream: what came of it is told, without a warning', async () => {
    await project.run()
    expect((await project.lineage('data')).notes).toEqual([])
    expect(await tree('data')).toMatch(/^folder data sha256:[0-9a-f]{12}: what came of it\n\ntaken by/)
  })

  it('that is the spec names the executions that were deployed from it', async () => {
    const first = await project.run()
    project.write('mlpipe.yaml', project.read('mlpipe.yaml').replace('name: rows', 'name: rows\ndescription: again'))
    await project.deploy()
    const second = await project.run()
    const {direction, notes, executions, models, steps} = await project.lineage('mlpipe.yaml')
    expect(direction).toBe('downstream')
    expect(notes).toEqual([
      `deployed from it: execution ${second}`,
      expect.stringMatching(
        new RegExp(`^deployed from another content of mlpipe.yaml, sha256:\\w{12}: execution ${first}$`),
      ),
    ])
    // Its training was taken over from the first.
    expect(steps.map(({step, execution}) => [step, execution])).toEqual([
      ['train', first],
      ['register', second],
    ])
    expect(models.map(({model}) => model)).toEqual(['rows/2'])
    expect(executions.map(({execution}) => execution).sort()).toEqual([first, second].sort())
  })
})

describe('an endpoint', () => {
  const model = (version: number) => arn(`model-package/rows/${version}`)

  async function serve(name: string, version: number): Promise<void> {
    const {endpoints} = project.cloud
    const ExecutionRoleArn = arn('role/x').replace('sagemaker:us-east-1', 'iam:')
    await endpoints.createModel({ModelName: name, ExecutionRoleArn, Containers: [{ModelPackageName: model(version)}]})
    const variant = {VariantName: 'all', ModelName: name, InstanceType: 'ml.m5.large', InitialInstanceCount: 1}
    await endpoints.createConfig({EndpointConfigName: name, ProductionVariants: [variant]})
    await endpoints.create(name, name, [])
  }

  beforeEach(async () => {
    await project.run()
    await project.run()
  })

  it('named as its group, which serves the latest version, is the same question', async () => {
    await serve('rows', 2)
    expect((await project.lineage('rows')).subject).toMatchObject({kind: 'model', name: 'rows/2'})
  })

  it('named as its group, which serves another version, is asked for by commands that can be pasted', async () => {
    await serve('rows', 1)
    await expect(project.lineage('rows')).rejects.toMatchObject({
      ...{code: 'ambiguous-subject', message: '"rows" is a model group and an endpoint'},
      nextSteps: ['mlpipe lineage rows/2 -t prod', `mlpipe lineage ${arn('endpoint/rows')} -t prod`],
    })
    expect((await project.lineage(arn('endpoint/rows'))).models.map(({model: name}) => name)).toEqual(['rows/1'])
  })

  it('is the last: nothing comes of it', async () => {
    await serve('other', 1)
    const {models, steps, notes, next} = await project.lineage('other', {downstream: true})
    expect([models, steps]).toEqual([[], []])
    expect(notes).toEqual(['nothing comes of an endpoint: a lineage ends there'])
    expect(next).toEqual([`mlpipe lineage ${arn('endpoint/other')} -t prod`])
  })
})
