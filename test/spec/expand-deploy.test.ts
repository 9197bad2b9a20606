// A deploy step is three steps to everything behind the parser, and every part of them points to what the user wrote.

import {expect, it} from 'vitest'
import {specPlace} from '../../src/compiler/places.ts'
import {DiagnosticCollector, type Range} from '../../src/diagnostics/diagnostic.ts'
import {parseSpec} from '../../src/spec/parse-spec.ts'

const source = `name: demo
steps:
  train: {type: training, image: "sklearn:1.2-1"}
  gate: {type: condition, if: 1 == 1, then: [live], else: train}
  live:
    type: deploy
    dependsOn: other
    model: \${steps.train.model}
    image: sklearn:1.0-1
    instance: {type: ml.m5.large, count: 2}
    endpoint: customers
    capture: {to: s3://bucket/captured, percent: 20}
    tags: {team: ml}
    api:
      config: {KmsKeyId: alias/data}
  again:
    type: deploy
    model: \${steps.live-model.name}
    variants: {a: {serverless: {memory: 1024, concurrency: 1}, weight: 0.5}}
  other: {type: fail, message: no}
`

const findings = new DiagnosticCollector()
const spec = parseSpec(source, findings)
if (!spec) throw new Error('the spec was not read')

it('makes a model, an endpoint configuration and an endpoint', () => {
  expect(findings.sorted()).toEqual([])
  expect(spec.steps.map(({name, kind}) => `${name}: ${kind}`)).toEqual([
    'train: training',
    'gate: condition',
    'live-model: model',
    'live-config: endpoint-config',
    'live: endpoint',
    'again-config: endpoint-config',
    'again: endpoint',
    'other: fail',
  ])
})

it('puts all that it makes into the branch that names it', () => {
  const gate = spec.steps.find(({kind}) => kind === 'condition')
  const names = gate?.kind === 'condition' ? gate.then?.map(({value, range}) => `${value} by ${written(range)}`) : []
  expect(names).toEqual(['live-model by live', 'live-config by live', 'live by live'])
})

it('waits with the first of them', () => {
  expect(spec.steps.filter(({dependsOn}) => dependsOn !== undefined).map(({name}) => name)).toEqual(['live-model'])
})

it.each([
  ['live-model', 'Arguments.PrimaryContainer.ModelDataUrl', '${steps.train.model}'],
  ['live-model', 'Arguments.PrimaryContainer.Image', 'sklearn:1.0-1'],
  ['live-config', 'Arguments.ProductionVariants[0].ModelName', '${steps.train.model}'],
  ['live-config', 'Arguments.ProductionVariants[0].InstanceType', 'ml.m5.large'],
  ['live-config', 'Arguments.ProductionVariants[0].InitialInstanceCount', '2'],
  ['live-config', 'Arguments.DataCaptureConfig.InitialSamplingPercentage', '20'],
  ['live-config', 'Arguments.KmsKeyId', 'KmsKeyId'],
  ['live', 'Arguments.EndpointName', 'customers'],
  ['live', 'Arguments.EndpointConfigName', 'live'],
  ['live-config', 'Branch', 'live'],
  ['again-config', 'Arguments.ProductionVariants[0].ModelName', '${steps.live-model.name}'],
  ['again-config', 'Arguments.ProductionVariants[0].ServerlessConfig.MemorySizeInMB', '1024'],
  ['again-config', 'Arguments.ProductionVariants[0].InitialVariantWeight', '0.5'],
])('%s %s is fed from %s', (step, path, text) => {
  const range = specPlace(spec, step, path)
  expect(range && written(range)).toBe(text)
})

function written({start, end}: Range): string {
  return source.slice(start, end)
}
