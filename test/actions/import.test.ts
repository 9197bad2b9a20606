import {existsSync, readFileSync} from 'node:fs'
import {join} from 'node:path'
import {describe, expect, it} from 'vitest'
import {type ImportInput, importPipeline} from '../../src/actions/import.ts'
import {fakeConnection, fakeState, fakeWorld} from '../support/fake-cloud.ts'
import {tempDir} from '../support/temp-dir.ts'

const step = {Name: 'stop', Type: 'Fail', Arguments: {ErrorMessage: 'no'}}
const definition = JSON.stringify({Version: '2020-12-01', Metadata: {}, Parameters: [], Steps: [step]})

const spec = (name: string, from: string) =>
  [
    '# Imported by mlpipe from ' + from,
    '',
    `name: ${name}`,
    '',
    'steps:',
    '  stop:',
    '    type: fail',
    '    message: no',
    '',
  ].join('\n')

function importing(files: Readonly<Record<string, string>>, input: Partial<ImportInput>, deployed?: string) {
  const cwd = tempDir(files)
  const state = fakeState({pipelineDefinition: deployed})
  const world = {...fakeWorld(state), cwd, connect: async () => fakeConnection(state)}
  const result = importPipeline({source: 'definition.json', force: false, check: false, ...input}, world)
  return {cwd, result, events: world.events}
}

describe('what is imported', () => {
  it('is a file, whose name the pipeline gets', async () => {
    const {result} = importing({'churn_v2.json': definition}, {source: 'churn_v2.json'})
    expect(await result).toMatchObject({pipeline: 'churn-v2', spec: spec('churn-v2', 'churn_v2.json')})
  })

  it('is what describe-pipeline answers, with name, description and parallelism', async () => {
    const answer = JSON.stringify({
      PipelineName: 'churn',
      PipelineDescription: 'who leaves',
      PipelineDefinition: definition,
      ParallelismConfiguration: {MaxParallelExecutionSteps: 3},
    })
    const {pipeline, spec: text} = await importing({'answer.json': answer}, {source: 'answer.json'}).result
    expect(pipeline).toBe('churn')
    expect(text).toContain('name: churn\ndescription: who leaves\nparallelism: 3\n')
  })

  it('is what describe-pipeline-definition-for-execution answers', async () => {
    const answer = JSON.stringify({PipelineDefinition: definition, CreationTime: 1})
    const {result} = importing({'answer.json': answer}, {source: 'answer.json', name: 'churn'})
    expect(await result).toMatchObject({
      pipeline: 'churn',
      summary: {steps: [{name: 'stop', type: 'fail', wording: 'short'}]},
    })
  })

  it.each(['churn', 'arn:aws:sagemaker:us-east-1:000000000000:pipeline/churn'])(
    'is the pipeline %s on the target',
    async (source) => {
      const {result} = importing({}, {source}, definition)
      expect(await result).toMatchObject({pipeline: 'churn', spec: spec('churn', 'pipeline churn')})
    },
  )
})

describe('where the spec goes', () => {
  it('into the file that is named', async () => {
    const {cwd, result} = importing({'definition.json': definition}, {output: 'mlpipe.yaml', name: 'churn'})
    expect(await result).toMatchObject({file: 'mlpipe.yaml', outcome: 'imported'})
    expect(readFileSync(join(cwd, 'mlpipe.yaml'), 'utf8')).toBe(spec('churn', 'definition.json'))
  })

  it('never over a file that is there, unless told to', async () => {
    const files = {'definition.json': definition, 'mlpipe.yaml': 'mine'}
    const refused = importing(files, {output: 'mlpipe.yaml'})
    await expect(refused.result).rejects.toMatchObject({code: 'file-exists', exit: 64})
    expect(readFileSync(join(refused.cwd, 'mlpipe.yaml'), 'utf8')).toBe('mine')

    const forced = importing(files, {output: 'mlpipe.yaml', force: true, name: 'churn'})
    await forced.result
    expect(readFileSync(join(forced.cwd, 'mlpipe.yaml'), 'utf8')).toBe(spec('churn', 'definition.json'))
  })
})

describe('what is refused', () => {
  const twice = JSON.stringify({Steps: [step, {...step, Type: 'Lambda'}]})

  it.each([
    ['an empty file', ' \n', 'definition.json is no pipeline definition: it is empty'],
    ['a list', '[]', 'definition.json is no pipeline definition: it is not a JSON object'],
    ['no steps', '{"Version": "2020-12-01"}', 'definition.json is no pipeline definition: it has no list "Steps"'],
    [
      'an empty list of steps',
      '{"Steps": []}',
      'definition.json is no pipeline definition: it has no steps, and a spec has at least one',
    ],
    [
      'a step without type',
      '{"Steps": [{"Name": "a"}]}',
      'definition.json is no pipeline definition: each of its steps must be an object with a Name and a Type',
    ],
    ['a name that stands twice', twice, 'definition.json is no pipeline definition: two of its steps are named "stop"'],
    [
      'bottomless lists',
      '['.repeat(100_000),
      'definition.json is no pipeline definition: it is nested deeper than 200 levels',
    ],
  ])('%s', async (_, text, message) => {
    const {cwd, result} = importing({'definition.json': text}, {output: 'mlpipe.yaml'})
    await expect(result).rejects.toMatchObject({code: 'definition-invalid', message, exit: 65})
    expect(existsSync(join(cwd, 'mlpipe.yaml'))).toBe(false)
  })

  it('what is no JSON, saying where', async () => {
    const {result} = importing({'definition.json': 'name: churn'}, {})
    await expect(result).rejects.toMatchObject({
      code: 'definition-invalid',
      message: expect.stringContaining('it is not JSON'),
    })
  })

  it.each([
    [
      'a file that is not there',
      'missing/definition.json',
      'there is no file missing/definition.json, and no pipeline can have this name',
    ],
    ['a pipeline that is not there', 'churn', 'there is no pipeline "churn" on target local, and no file of that name'],
    ['a directory', 'a.folder', 'a.folder is a directory, not a definition'],
  ])('%s', async (_, source, message) => {
    const {result} = importing({'a.folder/x': ''}, {source})
    await expect(result).rejects.toMatchObject({code: 'definition-not-found', message, exit: 64})
  })

  it('a name that no pipeline can have', async () => {
    const {result} = importing({'definition.json': definition}, {name: 'my pipeline'})
    await expect(result).rejects.toMatchObject({code: 'invalid-name', exit: 64})
  })

  it('a file whose name is none for a pipeline, until one is given', async () => {
    const files = {'__.json': definition}
    await expect(importing(files, {source: '__.json'}).result).rejects.toMatchObject({
      code: 'name-missing',
      nextSteps: ['add --name NAME'],
    })
    expect(await importing(files, {source: '__.json', name: 'churn'}).result).toMatchObject({pipeline: 'churn'})
  })
})

describe('what is said about it', () => {
  const train = {
    Name: 'train',
    Type: 'BedrockModelImport',
    Arguments: {Model: {Get: 'Steps.nowhere.ModelName'}},
    Extra: 1,
  }
  const doubtful = JSON.stringify({Version: '2020-12-01', Metadata: {}, Parameters: [], Steps: [step, train]})

  it('how much is in the words of the spec, and what is not', async () => {
    const {result, events} = importing({'definition.json': doubtful}, {})
    const {summary} = await result
    expect(summary.steps[1]).toEqual({
      name: 'train',
      type: 'bedrock-model-import',
      wording: 'api',
      own: ['api.Model', 'definition.Extra'],
    })
    const notes = events.flatMap((event) => (event.kind === 'note' ? [event.message] : []))
    expect(notes[0]).toMatch(
      /^2 steps and 0 parameters: \d+ % in the words of the spec; steps 1 in short keys, 1 with api: or definition:, 0 raw$/,
    )
    expect(notes[1]).toBe('in the words of SageMaker: train (api.Model, definition.Extra)')
  })

  it('what SageMaker would refuse; with --check that is a failure', async () => {
    const {result, events} = importing({'definition.json': doubtful}, {check: true})
    const {outcome, check} = await result
    expect({outcome, isSame: check?.isSame}).toEqual({outcome: 'failed', isSame: true})
    expect(check?.errors[0]?.message).toContain('nowhere')
    expect(events.some((event) => event.kind === 'warning' && event.message.includes('doubtful'))).toBe(true)
  })

  it('nothing more with --check when all is well', async () => {
    const {result} = importing({'definition.json': definition}, {check: true})
    expect(await result).toMatchObject({outcome: 'imported', check: {isSame: true, differences: [], errors: []}})
  })
})
