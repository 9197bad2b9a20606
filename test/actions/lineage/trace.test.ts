// Traces over what may be missing, wrong or too much: each leaves a sentence, and none ends in an error.

import {describe, expect, it} from 'vitest'
import {traceExecution, traceModel} from '../../../src/actions/lineage/trace.ts'
import type {LineagePort} from '../../../src/cloud/lineage-ports.ts'
import type {Cloud, ExecutionStep, ModelPackage} from '../../../src/cloud/ports.ts'
import type {JsonObject} from '../../../src/definition/json.ts'
import {MlpipeError} from '../../../src/diagnostics/mlpipe-error.ts'
import {execution, executionArn, fakeCloud, fakeState, jobArn, packageArn} from '../../support/fake-cloud.ts'

const refused = (code: string, message: string) => new MlpipeError({code, message, who: 'service'})

const definition = JSON.stringify({
  Version: '2020-12-01',
  Metadata: {},
  Parameters: [
    {Name: 'epochs', Type: 'Integer', DefaultValue: 3},
    {Name: 'other', DefaultValue: 'x'},
  ],
  Steps: [
    {Name: 'prepare', Type: 'Processing', Arguments: {}},
    {
      Name: 'train',
      Type: 'Training',
      Arguments: {
        HyperParameters: {epochs: {Get: 'Parameters.epochs'}},
        InputDataConfig: [
          {
            ChannelName: 'train',
            DataSource: {
              S3DataSource: {S3Uri: {Get: "Steps.prepare.ProcessingOutputConfig.Outputs['out'].S3Output.S3Uri"}},
            },
          },
        ],
      },
    },
    {Name: 'register', Type: 'RegisterModel', Arguments: {}, DependsOn: ['train']},
  ],
})

type Held = {
  /** By execution id. */
  readonly executions?: Readonly<Record<string, readonly ExecutionStep[]>>
  readonly running?: readonly string[]
  readonly parameters?: Readonly<Record<string, Readonly<Record<string, string>>>>
  readonly jobs?: Readonly<Record<string, JsonObject>>
  readonly packages?: readonly ModelPackage[]
  readonly lineage?: Partial<LineagePort>
  readonly defined?: string
}

function held(given: Held) {
  const {executions = {}, running = [], parameters = {}, jobs = {}, packages = [], lineage = {}} = given
  const asked: string[] = []
  const state = fakeState({packages: [...packages], definition: given.defined ?? definition})
  const base = fakeCloud(state)
  const stepsOf = (arn: string) => {
    const id = arn.slice(arn.lastIndexOf('/') + 1)
    const steps = executions[id]
    if (!steps) throw refused('not-found', `${id} does not exist`)
    return {id, steps}
  }
  const cloud: Cloud = {
    ...base,
    executions: {
      ...base.executions,
      describe: async (arn) => {
        asked.push(arn)
        const {id} = stepsOf(arn)
        return execution(
          arn,
          running.includes(id) ? 'Executing' : 'Succeeded',
          1000 + Object.keys(executions).indexOf(id),
          0,
        )
      },
      steps: async (arn) => [...stepsOf(arn).steps],
      parameters: async (arn) =>
        Object.entries(parameters[stepsOf(arn).id] ?? {}).map(([name, value]) => ({name, value})),
    },
    jobs: {...base.jobs, properties: async (arn) => jobs[arn]},
    objects: {...base.objects, list: async () => [], firstPage: async () => ({objects: [], isWhole: true})},
    lineage: {...base.lineage, ...lineage},
  }
  return {cloud, asked}
}

function ran(name: string, id: string, more: Partial<ExecutionStep> = {}): ExecutionStep {
  const kind = name === 'train' ? ('training' as const) : ('processing' as const)
  const job = {
    kind: name === 'train' ? ('Training' as const) : ('Processing' as const),
    arn: jobArn(kind, `${name}-${id}`),
  }
  return {name, status: 'Succeeded', startedAtMs: 1, endedAtMs: 2, job, ...more}
}

const trained = (epochs: string): JsonObject => ({
  HyperParameters: {epochs},
  InputDataConfig: [{ChannelName: 'train', DataSource: {S3DataSource: {S3Uri: 's3://b/fixed/out'}}}],
  ModelArtifacts: {S3ModelArtifacts: 's3://b/fixed/model.tar.gz'},
})

function model(more: Partial<ModelPackage> = {}): ModelPackage {
  return {
    arn: packageArn(1),
    group: 'churn',
    version: 1,
    status: 'Completed',
    approval: 'Approved',
    createdAtMs: 5,
    contentTypes: [],
    responseTypes: [],
    properties: [],
    ...more,
  }
}

describe('steps that took a result over', () => {
  const [a, b, c] = ['a', 'b', 'c'].map(executionArn) as [string, string, string]

  it('are followed to the execution that ran them, however far, with the parameters of that one', async () => {
    const {cloud, asked} = held({
      executions: {
        a: [ran('prepare', 'a'), ran('train', 'a')],
        b: [ran('prepare', 'b'), ran('train', 'b', {cachedFrom: a})],
        c: [ran('train', 'c', {reusedFrom: b})],
      },
      parameters: {a: {epochs: '50'}, c: {epochs: '7'}},
      jobs: {[jobArn('training', 'train-a')]: trained('50'), [jobArn('processing', 'prepare-a')]: {}},
    })
    const {steps, executions, gaps} = await traceExecution(c, cloud)
    expect(steps).toMatchObject([
      {step: 'prepare', executionArn: a, takenOverBy: []},
      {
        step: 'train',
        executionArn: a,
        takenOverBy: [
          {executionArn: c, how: 'reused'},
          {executionArn: b, how: 'cached'},
        ],
        parameters: [{name: 'epochs', value: '50'}],
        hyperparameters: [{name: 'epochs', value: '50'}],
        inputs: [{name: 'train', madeBy: {executionArn: a, step: 'prepare'}}],
      },
    ])
    // What c itself was started with made nothing here.
    expect(executions.map(({arn, parameters}) => [arn, parameters[0]?.value])).toEqual([
      [c, '7'],
      [a, '50'],
    ])
    expect(executions[0]?.parameters[1]).toEqual({name: 'other', value: 'x'})
    expect(gaps).toEqual([])
    expect(new Set(asked).size).toBe(3)
    // Once for itself, to tell that it is there; every other only once.
    expect(asked).toHaveLength(4)
  })

  it('that name each other in a circle end', async () => {
    const {cloud} = held({
      executions: {a: [ran('train', 'a', {cachedFrom: b})], b: [ran('train', 'b', {cachedFrom: a})]},
      jobs: {[jobArn('training', 'train-b')]: trained('1'), [jobArn('training', 'train-a')]: trained('1')},
    })
    expect((await traceExecution(a, cloud)).steps).toMatchObject([{step: 'train'}])
  })

  it('from an execution that was deleted keep what is told of them', async () => {
    const gone = executionArn('gone')
    const {cloud} = held({
      executions: {a: [ran('train', 'gone', {cachedFrom: gone})]},
      jobs: {[jobArn('training', 'train-gone')]: trained('9')},
    })
    const {steps, gaps} = await traceExecution(a, cloud)
    expect(steps).toMatchObject([
      {step: 'train', executionArn: gone, type: 'Training', hyperparameters: [{name: 'epochs', value: '9'}]},
    ])
    expect(gaps).toEqual(['the execution gone of churn is there no more'])
  })

  it('over more executions than are followed are left open', async () => {
    const ids = Array.from({length: 80}, (_, index) => `e${index}`)
    const chained = ids.map((id, index) => [
      id,
      [ran('train', id, index < 79 ? {cachedFrom: executionArn(`e${index + 1}`)} : {})],
    ])
    const {cloud, asked} = held({executions: Object.fromEntries(chained)})
    const {gaps} = await traceExecution(executionArn('e0'), cloud)
    expect(gaps).toContain('the result of train was taken over more than 50 times: where it ran is left open')
    expect(asked.length).toBeLessThan(60)
  })
})

describe('an execution', () => {
  it('that still runs is told of as far as it has come', async () => {
    const {cloud} = held({executions: {a: [ran('prepare', 'a', {status: 'Executing'})]}, running: ['a']})
    const {steps, gaps} = await traceExecution(executionArn('a'), cloud)
    expect(steps).toMatchObject([{step: 'prepare', status: 'Executing'}])
    expect(gaps).toContain('the execution a still runs: this is how far it has come')
  })

  it('has a condition that took the report which it reads, of the execution that wrote it', async () => {
    const PropertyFile = {Get: 'Steps.prepare.PropertyFiles.drift'}
    const value = {'Std:JsonGet': {PropertyFile, Path: 'max'}}
    const nested = {Name: 'train', Type: 'Training', Arguments: {HyperParameters: {max: value}}}
    const Steps = [
      {
        ...{Name: 'prepare', Type: 'Processing', Arguments: {}},
        PropertyFiles: [{PropertyFileName: 'drift', OutputName: 'report', FilePath: 'drift.json'}],
      },
      {
        ...{Name: 'gate', Type: 'Condition'},
        Arguments: {
          Conditions: [
            {Type: 'GreaterThan', LeftValue: value, RightValue: 1},
            {Type: 'LessThan', LeftValue: value, RightValue: 9},
          ],
          IfSteps: [nested],
          ElseSteps: [],
        },
      },
    ]
    const [a, b] = [executionArn('a'), executionArn('b')]
    const {cloud} = held({
      defined: JSON.stringify({Version: '2020-12-01', Metadata: {}, Parameters: [], Steps}),
      executions: {
        a: [ran('prepare', 'a')],
        b: [ran('prepare', 'b', {cachedFrom: a}), {name: 'gate', status: 'Succeeded', startedAtMs: 3, endedAtMs: 3}],
      },
      jobs: {
        [jobArn('processing', 'prepare-a')]: {
          ProcessingOutputConfig: {
            Outputs: [{OutputName: 'report', S3Output: {S3Uri: 's3://b/churn/a/prepare/report/'}}],
          },
        },
      },
    })
    const {steps, gaps} = await traceExecution(b, cloud)
    expect(steps.map(({step, inputs}) => [step, inputs])).toEqual([
      ['prepare', []],
      [
        'gate',
        [{name: 'drift', uri: 's3://b/churn/a/prepare/report/drift.json', madeBy: {executionArn: a, step: 'prepare'}}],
      ],
    ])
    expect(gaps).toEqual([])
  })

  it('whose job is gone says so', async () => {
    const {cloud} = held({executions: {a: [ran('prepare', 'a')]}})
    const {steps, gaps} = await traceExecution(executionArn('a'), cloud)
    expect(steps).toMatchObject([{step: 'prepare', inputs: []}])
    expect(gaps).toEqual(['the description of processing-job/prepare-a is there no more'])
  })

  it('that is asked for itself and is not there is an error', async () => {
    const {cloud} = held({})
    await expect(traceExecution(executionArn('a'), cloud)).rejects.toMatchObject({code: 'not-found'})
  })
})

describe('a model that was made outside of pipelines', () => {
  const component = 'arn:aws:sagemaker:us-east-1:000000000000:experiment-trial-component/by-hand-aws-training-job'
  const job = jobArn('training', 'by-hand')

  it('has the jobs behind it that lineage tells of', async () => {
    const {cloud} = held({
      packages: [model()],
      jobs: {[job]: {...trained('4'), TrainingJobStatus: 'Completed', CreationTime: '2026-01-01T00:00:00Z'}},
      lineage: {
        artifacts: async (uri) => (uri === packageArn(1) ? [{arn: 'artifact-of-model', sourceUri: uri}] : []),
        query: async (_arn, direction) => ({
          vertices: direction === 'ascendants' ? [{arn: component, lineageType: 'TrialComponent'}] : [],
          edges: [],
          isCut: false,
        }),
        entity: async (arn) => ({arn, sourceUri: job}),
      },
    })
    const {steps, models, executions, gaps} = await traceModel(packageArn(1), cloud)
    expect(steps).toMatchObject([
      {step: 'by-hand', type: 'Training', executionArn: job, status: 'Completed', inputs: [{uri: 's3://b/fixed/out'}]},
    ])
    expect(executions).toEqual([])
    expect(models).toMatchObject([{model: 'churn/1'}])
    expect(models[0]).not.toHaveProperty('registeredBy')
    expect(gaps).toEqual([
      "no execution registered churn/1: the jobs behind it are those of SageMaker's lineage, which knows no contents",
    ])
  })

  it('says so where lineage was deleted, or was never there', async () => {
    const {cloud} = held({packages: [model()]})
    const {steps, models, gaps} = await traceModel(packageArn(1), cloud)
    expect([steps, models.length]).toEqual([[], 1])
    expect(gaps).toEqual([
      'no execution registered churn/1, and SageMaker has no lineage of it: it was made outside of pipelines, or its lineage was deleted',
    ])
  })

  it('says so where lineage may not be read', async () => {
    const denied = async () => {
      throw refused('access-denied', 'ListArtifacts is not allowed')
    }
    const {cloud} = held({packages: [model()], lineage: {artifacts: denied}})
    const {models, gaps} = await traceModel(packageArn(1), cloud)
    expect(models).toHaveLength(1)
    expect(gaps).toContain("SageMaker's lineage cannot be read: ListArtifacts is not allowed")
  })

  it('with 10,000 entities behind it is followed only so far', async () => {
    let described = 0
    const vertices = Array.from({length: 500}, (_, index) => ({
      arn: `${component}-${index}`,
      lineageType: 'TrialComponent' as const,
    }))
    const {cloud} = held({
      packages: [model()],
      lineage: {
        artifacts: async (uri) => [{arn: 'artifact-of-model', sourceUri: uri}],
        query: async (_arn, direction) =>
          direction === 'ascendants' ? {vertices, edges: [], isCut: true} : {vertices: [], edges: [], isCut: false},
        entity: async (arn) => {
          described += 1
          return {arn, sourceUri: jobArn('training', `job-${described}`)}
        },
      },
    })
    const {gaps} = await traceModel(packageArn(1), cloud)
    expect(described).toBe(100)
    expect(gaps).toContain("SageMaker's lineage goes on behind 500 entities: what lies there is left out")
    expect(gaps).toContain("of 500 entities in SageMaker's lineage only 100 were looked at")
  })

  it('whose file lies where a step has written it is followed from there', async () => {
    const id = 'abcdefghijkl'
    const modelDataUrl = `s3://b/churn/${id}/train/model/output/model.tar.gz`
    const {cloud} = held({
      executions: {[id]: [ran('prepare', id), ran('train', id)]},
      jobs: {[jobArn('training', `train-${id}`)]: trained('4'), [jobArn('processing', `prepare-${id}`)]: {}},
      packages: [model({modelDataUrl})],
    })
    const {steps, gaps} = await traceModel(packageArn(1), cloud)
    expect(steps.map(({step}) => step)).toEqual(['prepare', 'train'])
    expect(gaps).toEqual(["no execution registered churn/1: what made its file is followed from the file's place"])
  })
})
