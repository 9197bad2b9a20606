// Image aliases against URIs that AWS documents, and the tables against themselves.

import {describe, expect, it} from 'vitest'
import type {StepScope} from '../../../src/compiler/context.ts'
import {imageFamilies} from '../../../src/compiler/images/image-families.ts'
import {knownRegions, registryAccounts} from '../../../src/compiler/images/image-registries.ts'
import {compileImage, type ImageUse, imageAliases, knowsScriptMode} from '../../../src/compiler/images/images.ts'
import {DiagnosticCollector} from '../../../src/diagnostics/diagnostic.ts'

// Source: Developer Guide, "Docker registry paths and example code", the pages of the regions named in the URIs (2023); for
// containers newer than that, AWS Deep Learning Containers, "Available images"; Clarify, Debugger and Model Monitor have
// pages of their own.
it.each([
  ['sklearn:1.0-1', '683313688378.dkr.ecr.us-east-1.amazonaws.com/sagemaker-scikit-learn:1.0-1-cpu-py3'],
  ['xgboost:1.5-1', '683313688378.dkr.ecr.us-east-1.amazonaws.com/sagemaker-xgboost:1.5-1'],
  ['xgboost:1.0-1', '257758044811.dkr.ecr.us-east-2.amazonaws.com/sagemaker-xgboost:1.0-1-cpu-py3'],
  ['pytorch:1.8.0-cpu-py3', '763104351884.dkr.ecr.us-east-1.amazonaws.com/pytorch-training:1.8.0-cpu-py3'],
  ['tensorflow:2.4.1-gpu', '763104351884.dkr.ecr.us-west-2.amazonaws.com/tensorflow-training:2.4.1-gpu-py37'],
  ['tensorflow-inference:2.8-cpu', '763104351884.dkr.ecr.us-east-1.amazonaws.com/tensorflow-inference:2.8-cpu'],
  ['mxnet-inference:1.4.1-cpu', '763104351884.dkr.ecr.us-east-1.amazonaws.com/mxnet-inference:1.4.1-cpu-py3'],
  ['autogluon-inference:0.4-cpu', '763104351884.dkr.ecr.us-east-1.amazonaws.com/autogluon-inference:0.4-cpu-py38'],
  [
    'huggingface:4.4.2-tensorflow2.4.1',
    '763104351884.dkr.ecr.us-east-1.amazonaws.com/huggingface-tensorflow-training:2.4.1-transformers4.4.2-gpu-py37',
  ],
  [
    'huggingface:4.26',
    '763104351884.dkr.ecr.us-east-1.amazonaws.com/huggingface-pytorch-training:1.13.1-transformers4.26.0-gpu-py39-cu117-ubuntu20.04',
  ],
  ['blazingtext', '811284229777.dkr.ecr.us-east-1.amazonaws.com/blazingtext:1'],
  ['deepar:1', '522234722520.dkr.ecr.us-east-1.amazonaws.com/forecasting-deepar:1'],
  ['kmeans:1', '382416733822.dkr.ecr.us-east-1.amazonaws.com/kmeans:1'],
  ['lda', '766337827248.dkr.ecr.us-east-1.amazonaws.com/lda:1'],
  ['spark:3.0', '173754725891.dkr.ecr.us-east-1.amazonaws.com/sagemaker-spark-processing:3.0-cpu'],
  ['model-monitor', '156813124566.dkr.ecr.us-east-1.amazonaws.com/sagemaker-model-monitor-analyzer'],
  ['clarify', '205585389593.dkr.ecr.us-east-1.amazonaws.com/sagemaker-clarify-processing:1.0'],
  ['debugger', '895741380848.dkr.ecr.us-west-2.amazonaws.com/sagemaker-debugger-rules:latest'],
  ['debugger:latest', '904829902805.dkr.ecr.ap-south-1.amazonaws.com/sagemaker-debugger-rules:latest'],
  ['data-wrangler:1.x', '663277389841.dkr.ecr.us-east-1.amazonaws.com/sagemaker-data-wrangler-container:1.x'],
  ['kmeans', '390948362332.dkr.ecr.cn-north-1.amazonaws.com.cn/kmeans:1'],
])('%s is %s', (alias, uri) => {
  const region = /\.ecr\.([a-z0-9-]+)\./.exec(uri)?.[1] ?? ''
  expect(compiled(alias, region)).toEqual({image: uri, findings: []})
})

describe('what an alias leaves out', () => {
  const of = (image: string) => `763104351884.dkr.ecr.us-east-1.amazonaws.com/${image}`

  it.each<[string, string, ImageUse, string]>([
    ['is for CPU on a CPU machine', 'pytorch:2.3', {instanceType: 'ml.m5.large'}, 'pytorch-training:2.3-cpu-py311'],
    ['is for GPU on a GPU machine', 'pytorch:2.3', {instanceType: 'ml.g5.xlarge'}, 'pytorch-training:2.3-gpu-py311'],
    [
      'is as it says, not as the machine',
      'pytorch:2.3-cpu',
      {instanceType: 'ml.p4d.24xlarge'},
      'pytorch-training:2.3-cpu-py311',
    ],
    ['is the newest Python', 'pytorch:1.8.1-cpu', {}, 'pytorch-training:1.8.1-cpu-py36'],
    ['is the inference image where it serves', 'pytorch:2.3-cpu', {isServing: true}, 'pytorch-inference:2.3-cpu-py311'],
    [
      'is the newest PyTorch',
      'huggingface:4.10',
      {},
      'huggingface-pytorch-training:1.9.0-transformers4.10.2-gpu-py38-cu111-ubuntu20.04',
    ],
  ])('%s', (_name, alias, use, image) => {
    expect(compiled(alias, 'us-east-1', use)).toEqual({image: of(image), findings: []})
  })

  it('names a Python of Spark only when it is asked for', () => {
    const account = '173754725891.dkr.ecr.us-east-1.amazonaws.com/sagemaker-spark-processing'
    expect(compiled('spark:3.5', 'us-east-1').image).toBe(`${account}:3.5-cpu`)
    expect(compiled('spark:3.5-py312', 'us-east-1').image).toBe(`${account}:3.5-cpu-py312-v1`)
  })
})

describe('an alias that cannot be compiled', () => {
  it.each<[string, string, ImageUse, string, RegExp]>([
    ['is not known', 'pytroch:2.3', {}, 'neither an image alias', /did you mean "pytorch:2\.3"/],
    ['is far from all', 'python:3.11', {}, 'neither an image alias', /aliases are like sklearn:1\.2-1/],
    ['has no version', 'tensorflow', {}, 'has no version', /2\.19/],
    ['has an unknown version', 'pytorch:9.9-cpu', {}, 'no pytorch image "9.9-cpu"', /2\.8/],
    ['has an unknown Python', 'pytorch:2.3-cpu-py38', {}, '"2.3" for py38', /py311/],
    ['leaves the machine open', 'pytorch:2.3', {}, 'for cpu and for gpu', /pytorch:2\.3-cpu or pytorch:2\.3-gpu/],
    [
      'has no image for the machine',
      'huggingface:4.26',
      {instanceType: 'ml.m5.large'},
      'no alias for this machine',
      /gpu/,
    ],
    [
      'is for a chip of AWS',
      'pytorch:2.3',
      {instanceType: 'ml.trn1.2xlarge'},
      'no alias for this machine',
      /registry URI/,
    ],
    ['names hardware where one image does for all', 'spark:3.3-cpu', {}, 'one spark image for all', /write spark:3\.3/],
    ['is for training only', 'pytorch:2.8-cpu', {isServing: true}, 'no pytorch-inference image', /2\.6/],
  ])('%s: %s', (_name, alias, use, message, help) => {
    const {image, findings} = compiled(alias, 'us-east-1', use)
    expect(image).toBe('')
    expect(findings).toHaveLength(1)
    expect(findings[0]?.message).toContain(message)
    expect(findings[0]?.help).toMatch(help)
  })

  it('names the regions that are served', () => {
    const {findings} = compiled('lda', 'eu-north-1')
    expect(findings[0]?.message).toBe('AWS has no image lda of this version in eu-north-1')
    expect(findings[0]?.help).toContain('eu-west-1')
    expect(compiled('lda', 'eu-nowhere-1').findings[0]?.message).toContain('know no region "eu-nowhere-1"')
    expect(compiled('data-wrangler:2.x', 'il-central-1').findings).toHaveLength(1)
    expect(compiled('data-wrangler:3.x', 'il-central-1').findings).toEqual([])
  })
})

describe('the tables', () => {
  const registries = [...new Set([...imageFamilies.values()].map(({registry}) => registry))]

  it.each(registries)('of %s name accounts of twelve digits, one for each region', (registry) => {
    const accounts = registryAccounts(registry)
    expect(accounts.size).toBeGreaterThan(15)
    expect([...accounts.values()].filter((account) => !/^\d{12}$/.test(account))).toEqual([])
    expect([...accounts.keys()].filter((region) => !/^[a-z]{2}(?:-iso[a-z]?|-gov)?-[a-z]+-\d$/.test(region))).toEqual(
      [],
    )
  })

  it('leave versions out of known regions only', () => {
    const versions = [...imageFamilies.values()].flatMap((family) => family.versions())
    const regions = knownRegions()
    expect(versions.flatMap(({leftOut}) => leftOut.filter((region) => !regions.has(region)))).toEqual([])
  })

  it('have every alias that is offered, once', () => {
    const aliases = imageAliases()
    expect(new Set(aliases).size).toBe(aliases.length)
    for (const alias of aliases) {
      const {image, findings} = compiled(alias, 'us-east-1')
      expect(findings, alias).toEqual([])
      expect(image).toMatch(/^\d{12}\.dkr\.ecr\.us-east-1\.amazonaws\.com\/[a-z0-9-]+(?::[\w.-]+)?$/)
    }
  })

  it('name the family that serves what another trained', () => {
    const serving = [...imageFamilies.values()].flatMap((family) => family.serving ?? [])
    expect(serving.filter((name) => !imageFamilies.has(name))).toEqual([])
  })
})

describe('script mode', () => {
  const scripts = [
    'sklearn:1.2-1',
    'xgboost:1.7-1',
    'pytorch:2.3-cpu',
    'tensorflow:2.19-gpu',
    'huggingface:4.26',
    'autogluon:1.5-cpu',
    'mxnet:1.9-cpu',
  ]

  it.each(scripts)('is known to %s', (alias) => {
    expect(knowsScriptMode(compiled(alias, 'us-east-1').image)).toBe(true)
  })

  const others = [...imageFamilies.keys()].filter((name) => !scripts.some((alias) => alias.startsWith(`${name}:`)))

  it.each(others)('is not known to %s', (name) => {
    const alias = imageAliases().find((known) => known === name || known.startsWith(`${name}:`)) ?? ''
    expect(knowsScriptMode(compiled(alias, 'us-east-1').image)).toBe(false)
  })

  it('is not known to the serving images of earlier times', () => {
    expect(knowsScriptMode('520713654638.dkr.ecr.us-east-1.amazonaws.com/sagemaker-tensorflow-serving:1.12-cpu')).toBe(
      false,
    )
    expect(
      knowsScriptMode('520713654638.dkr.ecr.us-east-1.amazonaws.com/sagemaker-tensorflow-scriptmode:1.12-cpu-py3'),
    ).toBe(true)
  })
})

function compiled(alias: string, region: string, use: ImageUse = {}) {
  const findings = new DiagnosticCollector()
  const target = {name: 'prod', kind: 'aws' as const, region, role: '', bucket: ''}
  const range = {start: 0, end: alias.length}
  // Only the target and the findings are looked at for a text without references.
  const scope = {target, findings, env: {}} as unknown as StepScope
  return {
    image: compileImage({kind: 'literal', value: alias, text: alias, range}, scope, use),
    findings: findings.sorted(),
  }
}
