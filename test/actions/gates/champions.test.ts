// The champion of a group, what it came to, and the objects that gates read.

import {describe, expect, it} from 'vitest'
import {championRecord} from '../../../src/actions/gates/champion-records.ts'
import {bringChampionsUp, keepChampions} from '../../../src/actions/gates/keep-champions.ts'
import {keepKnownChampions} from '../../../src/actions/gates/known-pipelines.ts'
import {lookAtGates} from '../../../src/actions/gates/look-at-gates.ts'
import type {Cloud, ModelPackage} from '../../../src/cloud/ports.ts'
import type {PipelineDefinition} from '../../../src/definition/types.ts'
import {MlpipeError} from '../../../src/diagnostics/mlpipe-error.ts'
import type {Target} from '../../../src/project/target.ts'
import {type FakeState, fakeCloud, fakeState, fakeWorld, packageArn} from '../../support/fake-cloud.ts'
import {tempDir} from '../../support/temp-dir.ts'

const uri = 's3://bucket/churn/champion/gate.json'
const target = {name: 'prod', kind: 'aws', bucket: 'bucket'} as Target

function definitionOf(...paths: readonly string[]): PipelineDefinition {
  const Conditions = paths.map((path) => {
    const [, metric = '', formula = ''] = path.split('.')
    const type = formula.startsWith('at_least') ? 'GreaterThanOrEqualTo' : 'LessThan'
    const PropertyFile = {Get: 'Steps.evaluate.PropertyFiles.metrics'}
    return {
      Type: type,
      LeftValue: {'Std:JsonGet': {PropertyFile, Path: metric}},
      RightValue: {'Std:JsonGet': {S3Uri: uri, Path: `thresholds.${path}`}},
    }
  })
  const gate = {Name: 'gate', Type: 'Condition', Arguments: {Conditions, IfSteps: [], ElseSteps: []}}
  return {Version: '2020-12-01', Metadata: {}, Parameters: [], Steps: [gate]}
}

const asked = definitionOf('churn.auc.at_least_champion_minus_0_01')

function version(number: number, approval: ModelPackage['approval'], more: Partial<ModelPackage> = {}): ModelPackage {
  return {
    ...{arn: packageArn(number), group: 'churn', version: number, status: 'Completed', approval, createdAtMs: number},
    ...{contentTypes: [], responseTypes: [], properties: []},
    ...more,
  }
}

/** The fake cloud with objects that can be written. */
function stageOf(state: Partial<FakeState> = {}) {
  const full = fakeState(state)
  const objects = new Map(Object.entries(full.objects))
  const puts: string[] = []
  const cloud: Cloud = {
    ...fakeCloud(full),
    objects: {
      ...fakeCloud(full).objects,
      getText: async (one) => objects.get(one),
      put: async (one, bytes) => {
        puts.push(one)
        objects.set(one, Buffer.from(bytes).toString())
      },
      list: async (prefix) =>
        [...objects.keys()]
          .filter((one) => one.startsWith(prefix))
          .map((one) => ({key: one.replace('s3://bucket/', ''), etag: '', size: 1})),
    },
  }
  return {state: full, cloud, objects, puts, read: (one: string) => JSON.parse(objects.get(one) ?? 'null')}
}

const look = async (packages: ModelPackage[], objects: Readonly<Record<string, string>> = {}, definition = asked) => {
  const [state] = await lookAtGates({definition, pipelineName: 'churn'}, stageOf({packages, objects}).cloud)
  return state?.report
}

const withMetrics = {metricsUri: 's3://bucket/m.json'}

describe('the champion is the latest approved version', () => {
  it.each([
    ['no group', []],
    ['no approved version', [version(1, 'PendingManualApproval'), version(2, 'Rejected')]],
  ])('%s: every model passes', async (_what, packages) => {
    expect(await look(packages)).toEqual({
      gate: 'gate',
      group: 'churn',
      requirements: [
        {
          requirement: 'auc >= champion - 0.01',
          text: 'auc >= champion - 0.01 holds for every model: churn has no approved version',
        },
      ],
      uri,
    })
  })

  it('not a newer one that waits or was rejected', async () => {
    const packages = [
      version(1, 'Approved', withMetrics),
      version(2, 'Approved', withMetrics),
      version(3, 'Rejected'),
      version(4, 'PendingManualApproval'),
    ]
    expect(await look(packages, {'s3://bucket/m.json': '{"auc": 0.9621}'})).toMatchObject({
      champion: {model: 'churn/2', arn: packageArn(2)},
      requirements: [{champion: 0.9621, threshold: 0.9521, text: 'auc >= 0.9521 (champion churn/2: 0.9621 - 0.01)'}],
    })
  })

  it('with withoutChampion: fail no model passes while there is none', async () => {
    const strict = definitionOf('churn.auc.at_least_champion_or_fail')
    expect((await look([], {}, strict))?.requirements).toMatchObject([
      {text: 'auc >= champion holds for no model: churn has no approved version'},
    ])
  })
})

describe('what it came to', () => {
  const stats = (text: string) => ({'s3://bucket/m.json': text})
  const property = (value: string) => ({properties: [{name: 'auc', value}]})

  it.each([
    ['at the path of the metric', withMetrics, stats('{"auc": 0.5}'), 0.5],
    ['as a property, where it was registered without metrics', property('0.5'), {}, 0.5],
    ['as a property, where its metrics lack it', {...withMetrics, ...property('5e-1')}, stats('{"f1": 1}'), 0.5],
    ['in its metrics first', {...withMetrics, ...property('0.1')}, stats('{"auc": 0.5}'), 0.5],
  ])('%s', async (_what, more, objects, expected) => {
    expect(await look([version(1, 'Approved', more)], objects)).toMatchObject({requirements: [{champion: expected}]})
  })

  it.each([
    ['registered without metrics', {}, {}, 'churn/1 was registered without metrics'],
    ['metrics that are gone', withMetrics, {}, 'its metrics are no longer at s3://bucket/m.json'],
    ['no JSON', withMetrics, stats('auc: 1'), /^its metrics at s3:\/\/bucket\/m.json are not valid JSON: /],
    ['NaN, as Python writes it', withMetrics, stats('{"auc": NaN}'), /are not valid JSON/],
    ['too large', withMetrics, stats('{"auc": 1e400}'), /json cannot be compared: the number at auc is too large/],
    ['a text', withMetrics, stats('{"auc": "NaN"}'), 'auc is "NaN" in s3://bucket/m.json, no number'],
    [
      'wrapped',
      withMetrics,
      stats('{"binary": {"auc": {"value": 0.9}}}'),
      'auc is not in s3://bucket/m.json, which has binary.auc.value',
    ],
    ['a property that is no number', property('high'), {}, 'its property auc is "high", no number'],
    ['an empty property', property(' '), {}, 'its property auc is " ", no number'],
  ])('cannot be told: %s', async (_what, more, objects, problem) => {
    const report = await look([version(1, 'Approved', more)], objects)
    expect(report?.requirements).toMatchObject([{problem: expect.stringMatching(problem)}])
    expect(report?.requirements[0]).not.toHaveProperty('threshold')
  })
})

describe('before a start', () => {
  const place = {cloud: stageOf().cloud, target, place: {}}

  it('an execution that could only fail at its gate is refused, with what helps', async () => {
    const {cloud, read} = stageOf({packages: [version(1, 'Approved')]})
    const input = {definition: asked, pipelineName: 'churn'}
    const error = await bringChampionsUp(input, {...place, cloud}, fakeWorld(fakeState())).catch((one: unknown) => one)
    expect(error).toBeInstanceOf(MlpipeError)
    expect(error).toMatchObject({
      code: 'champion-without-metric',
      message:
        'gate "gate" asks for auc >= champion - 0.01, and cannot be worked out: the champion is churn/1, and churn/1 was registered without metrics',
      nextSteps: [
        'mlpipe models reject churn/1  (no version is approved then, and every model passes until one is)',
        expect.stringContaining(`--model-package-arn ${packageArn(1)} --customer-metadata-properties auc=…`),
        expect.stringContaining('metrics: ${steps.'),
      ],
    })
    // What starts by itself fails at the gate, and can read there why.
    expect(read(uri)).toMatchObject({thresholds: {}, problems: ['churn/1 was registered without metrics']})
  })

  it.each([
    [
      'to the approved version before it, where there is one',
      [version(1, 'Approved')],
      asked,
      '  (churn/1 is the champion then)',
    ],
    ['not where no model would pass', [], definitionOf('churn.auc.at_least_champion_or_fail'), undefined],
  ])('rejecting the champion is proposed %s', async (_what, others, definition, expected) => {
    const {cloud} = stageOf({packages: [...others, version(2, 'Approved')]})
    const starting = bringChampionsUp({definition, pipelineName: 'churn'}, {...place, cloud}, fakeWorld(fakeState()))
    const error = (await starting.catch((one: unknown) => one)) as MlpipeError
    const reject = error.nextSteps.find((step) => step.startsWith('mlpipe models reject'))
    expect(reject).toBe(expected && `mlpipe models reject churn/2${expected}`)
  })

  it('one that does not reach the gate is not', async () => {
    const {cloud, puts} = stageOf({packages: [version(1, 'Approved')]})
    const input = {definition: asked, pipelineName: 'churn', steps: ['evaluate']}
    expect(await bringChampionsUp(input, {...place, cloud}, fakeWorld(fakeState()))).toEqual([])
    expect(puts).toEqual([])
  })

  it('the champions of a pipeline that the definition was brought in from are left alone', async () => {
    const {cloud, puts} = stageOf()
    const input = {definition: asked, pipelineName: 'copy-of-churn'}
    expect(await bringChampionsUp(input, {...place, cloud}, fakeWorld(fakeState()))).toEqual([])
    expect(puts).toEqual([])
  })
})

describe('the objects', () => {
  const first = version(1, 'Approved', {properties: [{name: 'auc', value: '0.9'}]})
  const second = version(2, 'Approved', {properties: [{name: 'auc', value: '0.95'}]})
  const keep = async (stage: ReturnType<typeof stageOf>, nowMs: number, definition = asked) =>
    keepChampions(await lookAtGates({definition, pipelineName: 'churn'}, stage.cloud), stage.cloud, nowMs)

  it('are written when something has changed, the record first', async () => {
    const stage = stageOf({packages: [first]})
    await keep(stage, 0)
    await keep(stage, 1)
    expect(stage.puts).toEqual(['s3://bucket/churn/champion/gate/1970-01-01T00-00-00.000Z.json', uri])
    stage.state.packages.push(second)
    await keep(stage, 2)
    expect(stage.puts).toHaveLength(4)
    expect(stage.read(uri)).toEqual({
      formatVersion: 1,
      gate: 'gate',
      group: 'churn',
      champion: {model: 'churn/2', arn: packageArn(2), metrics: {auc: 0.95}},
      thresholds: {churn: {auc: {at_least_champion_minus_0_01: 0.94}}},
      updatedAt: '1970-01-01T00:00:00.002Z',
    })
  })

  it('tell what was in force at a time', async () => {
    const stage = stageOf({packages: [first]})
    await keep(stage, 1000)
    stage.state.packages.push(second)
    await keep(stage, 2000)
    const at = async (ms: number) => (await championRecord(uri, ms, stage.cloud))?.updatedAt
    expect(await at(999)).toBeUndefined()
    expect(await at(1000)).toBe('1970-01-01T00:00:01.000Z')
    expect(await at(1999)).toBe('1970-01-01T00:00:01.000Z')
    expect(await at(2000)).toBe('1970-01-01T00:00:02.000Z')
  })

  it('keep the thresholds of another formula while the champion is the same, for executions that still run', async () => {
    const stage = stageOf({packages: [first]})
    await keep(stage, 0)
    await keep(stage, 1, definitionOf('churn.auc.at_least_champion'))
    expect(stage.read(uri).thresholds).toEqual({
      churn: {auc: {at_least_champion_minus_0_01: 0.89, at_least_champion: 0.9}},
    })
    stage.state.packages.push(second)
    await keep(stage, 2, definitionOf('churn.auc.at_least_champion'))
    expect(stage.read(uri).thresholds).toEqual({churn: {auc: {at_least_champion: 0.95}}})
  })

  it('are written anew where somebody broke one', async () => {
    const stage = stageOf({packages: [first], objects: {[uri]: 'no'}})
    await keep(stage, 0)
    expect(stage.read(uri).champion.model).toBe('churn/1')
  })
})

describe('an approval', () => {
  const gated = (name: string) =>
    `name: ${name}\nsteps:\n  gate: {type: condition, gate: auc > champion, then: stop}\n  stop: {type: fail, message: no}\n`

  it('brings up to date the pipelines of the specs in the folder', async () => {
    const directory = tempDir({
      'mlpipe.yaml': 'name: deploys\nsteps: {stop: {type: fail, message: the gate}}\n',
      'train.yml': gated('churn'),
      'broken.yaml': 'gate: [',
      'notes.yaml': 'gate: 3\n',
    })
    const {cloud, state, puts} = stageOf({
      packages: [version(1, 'Approved', {properties: [{name: 'auc', value: '1'}]})],
    })
    state.pipelineDefinition = JSON.stringify(asked)
    const world = fakeWorld(fakeState())
    const input = {group: 'churn', pipelineName: 'deploys', directory, target, place: {}}
    const gates = await keepKnownChampions(input, cloud, world)
    expect(gates).toMatchObject([{pipeline: 'churn', gate: 'gate', requirements: [{threshold: 0.99}]}])
    expect(puts).toContain(uri)
    expect(world.events).toEqual([])
    expect(await keepKnownChampions({...input, group: 'other'}, cloud, world)).toEqual([])
  })

  it('stands where the gates cannot be brought up to date, which is told', async () => {
    const {cloud, state} = stageOf()
    state.pipelineDefinition = JSON.stringify(asked)
    const refusal = new MlpipeError({code: 'access-denied', message: 'PutObject was refused', who: 'service'})
    const refusing = {...cloud, objects: {...cloud.objects, put: () => Promise.reject(refusal)}}
    const world = fakeWorld(fakeState())
    const input = {group: 'churn', pipelineName: 'churn', directory: tempDir(), target, place: {}}
    expect(await keepKnownChampions(input, refusing, world)).toEqual([])
    expect(world.events).toMatchObject([
      {kind: 'warning', message: 'the gates could not be brought up to date: PutObject was refused'},
    ])
  })
})
