// What an image alias can begin with, which versions each has, and what the images are called in their registry.

import type {Registry} from './image-registries.ts'
import {
  type ContainerName,
  type TransformersName,
  type TransformersVersion,
  transformersVersionsOf,
  versionsOf,
} from './image-versions.ts'

export type Processor = 'cpu' | 'gpu'

/** What is known of the image once the alias is read: the version as it was written. */
type ImageChoice = {
  readonly version: string
  readonly processor: Processor | undefined
  readonly python: string | undefined
}

export type ImageVersion = {
  readonly version: string
  /** Other ways to write the version; the newest version that has one is meant by it. */
  readonly otherNames: readonly string[]
  /** For which hardware there are images; empty where one image does for all. */
  readonly processors: readonly Processor[]
  /** The newest last; empty where the alias cannot say one. */
  readonly pythons: readonly string[]
  readonly leftOut: readonly string[]
  /** Repository and tag. */
  image(choice: ImageChoice): string
}

type ImageFamily = {
  readonly registry: Registry
  /** The family that serves what this one trained. */
  readonly serving?: string
  /** In order of age, the newest last. */
  versions(): readonly ImageVersion[]
}

const both: readonly Processor[] = ['cpu', 'gpu']

/** An image that is chosen by its version alone; without a version there is but one. */
function plain(
  registry: Registry,
  repository: string,
  versions: readonly string[],
  tag: (version: string) => string = (version) => version,
): ImageFamily {
  return {
    registry,
    versions: () =>
      versions.map((version) => ({
        version,
        otherNames: [],
        processors: [],
        pythons: [],
        leftOut: [],
        image: () => (version === '' ? repository : `${repository}:${tag(version)}`),
      })),
  }
}

/** A deep learning container: `<version>-<processor>-<python>`. */
function container(name: ContainerName, serving?: string): ImageFamily {
  return {
    registry: 'containers',
    ...(serving === undefined ? {} : {serving}),
    versions: () =>
      versionsOf(name).map((known) => ({
        ...known,
        otherNames: [minor(known.version)],
        processors: both,
        image: ({version, processor, python}) => `${name}:${dashed([version, processor, python])}`,
      })),
  }
}

function transformers(name: TransformersName, serving?: string): ImageFamily {
  return {
    registry: 'containers',
    ...(serving === undefined ? {} : {serving}),
    versions: () => transformersVersionsOf(name).map((known) => transformersImage(known, name)),
  }
}

/** `huggingface-pytorch-training:2.1.0-transformers4.36.0-gpu-py310-cu121-ubuntu20.04` */
function transformersImage(known: TransformersVersion, name: TransformersName): ImageVersion {
  const {version, base, pythons, leftOut, endings} = known
  const framework = base.replace(/[\d.]+$/, '')
  const repository = name.replace('-', `-${framework}-`)
  const bases = [base, minor(base), ...(framework === 'pytorch' ? [''] : [])]
  return {
    version: `${version}-${base}`,
    otherNames: [version, minor(version)].flatMap((of) => bases.map((below) => dashed([of, below]))),
    processors: name === 'huggingface-training' ? ['gpu'] : both,
    pythons,
    leftOut,
    image: ({processor = 'gpu', python}) => {
      const transformersTag = `${base.slice(framework.length)}-transformers${version}`
      return `${repository}:${dashed([transformersTag, processor, python, endings[processor]])}`
    },
  }
}

const spark: ImageFamily = {
  registry: 'spark',
  versions: () =>
    ['2.4 py37', '3.0 py37', '3.1 py37', '3.2 py39', '3.3 py39', '3.5 py39 py312'].map((line) => {
      const [version = '', ...pythons] = line.split(' ')
      return {
        version,
        otherNames: [],
        processors: [],
        pythons,
        leftOut: [],
        // Without a Python the registry's own tag for the version; with one, the first release of its container.
        image: ({python}) => `sagemaker-spark-processing:${version}-cpu${python === undefined ? '' : `-${python}-v1`}`,
      }
    }),
}

const xgboost: ImageFamily = plain(
  'sklearn',
  'sagemaker-xgboost',
  ['0.90-1', '0.90-2', '1.0-1', '1.2-1', '1.2-2', '1.3-1', '1.5-1', '1.7-1', '3.0-5', '3.2-0'],
  (version) => (['0.90-1', '0.90-2', '1.0-1'].includes(version) ? `${version}-cpu-py3` : version),
)

const scikitLearn: ImageFamily = plain(
  'sklearn',
  'sagemaker-scikit-learn',
  ['0.20.0', '0.23-1', '1.0-1', '1.2-1', '1.4-2', '1.4-2-py312'],
  (version) => `${version}-cpu-py3`,
)

const dataWrangler: ImageFamily = {
  registry: 'wrangler',
  versions: () =>
    ['1.x', '2.x', '3.x'].map((version) => ({
      version,
      otherNames: [],
      processors: [],
      pythons: [],
      leftOut: version === '3.x' ? [] : ['il-central-1'],
      image: () => `sagemaker-data-wrangler-container:${version}`,
    })),
}

const distribution: ImageFamily = {
  registry: 'distribution',
  versions: () => [
    {
      version: '3.2.0',
      otherNames: ['3.2'],
      processors: both,
      pythons: [],
      leftOut: [],
      image: ({processor}) => `sagemaker-distribution-prod:3.2.0-${processor}`,
    },
  ],
}

const algorithms = {
  algorithms: [
    'factorization-machines',
    'ipinsights',
    'kmeans',
    'knn',
    'linear-learner',
    'ntm',
    'object2vec',
    'pca',
    'randomcutforest',
  ],
  vision: ['blazingtext', 'image-classification', 'object-detection', 'semantic-segmentation', 'seq2seq'],
  lda: ['lda'],
} as const

/** By what an alias begins with. */
export const imageFamilies: ReadonlyMap<string, ImageFamily> = new Map<string, ImageFamily>([
  ['sklearn', scikitLearn],
  ['xgboost', xgboost],
  ['pytorch', container('pytorch-training', 'pytorch-inference')],
  ['pytorch-inference', container('pytorch-inference')],
  ['tensorflow', container('tensorflow-training', 'tensorflow-inference')],
  ['tensorflow-inference', container('tensorflow-inference')],
  ['huggingface', transformers('huggingface-training', 'huggingface-inference')],
  ['huggingface-inference', transformers('huggingface-inference')],
  ['autogluon', container('autogluon-training', 'autogluon-inference')],
  ['autogluon-inference', container('autogluon-inference')],
  ['mxnet', container('mxnet-training', 'mxnet-inference')],
  ['mxnet-inference', container('mxnet-inference')],
  ['spark', spark],
  ['deepar', plain('deepar', 'forecasting-deepar', ['1'])],
  ...(['algorithms', 'vision', 'lda'] as const).flatMap((registry) =>
    algorithms[registry].map((name) => [name, plain(registry, name, ['1'])] as const),
  ),
  ['model-monitor', plain('monitor', 'sagemaker-model-monitor-analyzer', [''])],
  ['clarify', plain('clarify', 'sagemaker-clarify-processing', ['1.0'])],
  ['debugger', plain('debugger', 'sagemaker-debugger-rules', ['latest'])],
  ['data-wrangler', dataWrangler],
  ['base-python', plain('python', 'sagemaker-base-python', ['1.0'])],
  ['distribution', distribution],
])

/** `2.3.0` and `pytorch2.3.0` without what comes behind the second number. */
function minor(version: string): string {
  return version.replace(/^(\D*\d+\.\d+)\..*$/, '$1')
}

function dashed(parts: readonly (string | undefined)[]): string {
  return parts.filter((part) => part !== undefined && part !== '').join('-')
}
