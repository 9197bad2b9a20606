// Which versions of the deep learning containers there are, for which Python, and in which regions there are none. Facts of
// AWS, as of 2026: "Available Deep Learning Containers images", and the image tables of the SageMaker Python SDK 3.

/** Regions that a version was not brought to. */
const leftOut = {
  everywhere: '',
  noIsof: 'us-isof-east-1 us-isof-south-1',
  noIso: 'us-iso-east-1 us-isob-east-1 us-isof-east-1 us-isof-south-1',
  earlier: 'ap-east-2 ap-southeast-5 ap-southeast-6 ap-southeast-7 mx-central-1 us-isof-east-1 us-isof-south-1',
  earlierNoChina:
    'ap-east-2 ap-southeast-5 ap-southeast-6 ap-southeast-7 cn-north-1 cn-northwest-1 mx-central-1 us-isof-east-1 us-isof-south-1',
  autogluonServing:
    'ap-east-2 ap-south-2 ap-southeast-5 ap-southeast-6 ap-southeast-7 eu-central-2 eu-south-2 me-central-1 mx-central-1 us-isof-east-1 us-isof-south-1',
  huggingface:
    'ap-east-2 ap-south-2 ap-southeast-4 ap-southeast-5 ap-southeast-6 ap-southeast-7 eu-central-2 eu-south-2 mx-central-1 us-isof-east-1 us-isof-south-1',
  autogluon:
    'ap-east-2 ap-south-2 ap-southeast-5 ap-southeast-6 ap-southeast-7 cn-north-1 cn-northwest-1 eu-central-2 eu-south-2 me-central-1 mx-central-1 us-isof-east-1 us-isof-south-1',
}

/** Python or Pythons (the newest last), regions, versions. */
const containerVersions = {
  'pytorch-training': `
py3 noIsof 1.2.0 1.3.1
py3,py36 noIsof 1.4.0 1.5.0 1.6.0 1.7.1 1.8.0 1.8.1
py38 noIsof 1.9.0 1.9.1 1.10.0 1.10.2 1.11.0 1.12.0 1.12.1
py39 noIsof 1.13.1
py310 noIsof 2.0.0 2.0.1
py310 everywhere 2.1.0 2.2.0
py311 everywhere 2.3.0
py311 noIso 2.4.0 2.5.1
py312 noIso 2.6.0 2.7.1 2.8.0`,
  'pytorch-inference': `
py3 noIsof 1.2.0 1.3.1
py3,py36 noIsof 1.4.0 1.5.0 1.6.0 1.7.1 1.8.0 1.8.1
py38 noIsof 1.9.0 1.9.1 1.10.0 1.10.2 1.11.0 1.12.0 1.12.1
py39 noIsof 1.13.1
py310 noIsof 2.0.0 2.0.1
py310 everywhere 2.1.0 2.2.0
py311 noIso 2.3.0 2.4.0 2.5.1
py312 noIso 2.6.0`,
  'tensorflow-training': `
py3 earlier 1.13.1
py3 noIsof 1.14.0 1.15.0
py3,py37 noIsof 1.15.2 1.15.3
py3,py36,py37 noIsof 1.15.4 1.15.5
py3 noIsof 2.0.0 2.0.1 2.0.2
py3,py36 noIsof 2.0.3 2.0.4
py3 noIsof 2.1.0 2.1.1
py3,py36 noIsof 2.1.2 2.1.3
py37 noIsof 2.2.0 2.2.1 2.2.2 2.3.0 2.3.1 2.3.2 2.4.1 2.4.3 2.5.0 2.5.1
py38 noIsof 2.6.0 2.6.2 2.6.3 2.7.1
py39 noIsof 2.8.0 2.9.2 2.10.1 2.11.0
py310 noIso 2.12.0
py310 everywhere 2.13.0 2.14.1
py310 noIso 2.16.2 2.18.0
py312 noIso 2.19.0`,
  'tensorflow-inference': `
- noIsof 1.13.0 1.14.0 1.15.0 1.15.2 1.15.3 1.15.4 1.15.5 2.0.0 2.0.1 2.0.2 2.0.3 2.0.4 2.1.0 2.1.1 2.1.2 2.1.3 2.2.0 2.2.1 2.2.2 2.3.0 2.3.1 2.3.2 2.4.1 2.4.3 2.5.1 2.6.0 2.6.3 2.7.0 2.8.0 2.8.4 2.9.2 2.9.3 2.10.0 2.10.1 2.11.0 2.11.1 2.12.1
- everywhere 2.13.0 2.14.1
- noIso 2.16.1 2.18.0 2.19.0`,
  'mxnet-training': `
py3 earlier 1.4.1 1.6.0 1.7.0
py37 earlier 1.8.0
py38 earlier 1.9.0`,
  'mxnet-inference': `
py3 earlier 1.4.1 1.6.0 1.7.0
py37 earlier 1.8.0
py38 earlier 1.9.0`,
  'autogluon-training': `
py37 earlierNoChina 0.3.1
py38 earlierNoChina 0.3.2 0.4.0 0.4.2 0.4.3 0.5.2
py38 autogluon 0.6.1 0.6.2
py39 autogluon 0.7.0 0.8.2
py310 autogluon 1.0.0 1.1.0
py311 autogluon 1.1.1 1.2.0 1.3.0 1.4.0 1.5.0`,
  'autogluon-inference': `
py37 earlier 0.3.1
py38 earlier 0.3.2 0.4.0 0.4.2 0.4.3 0.5.2
py38 autogluonServing 0.6.1 0.6.2
py39 autogluonServing 0.7.0 0.8.2
py310 autogluonServing 1.0.0 1.1.0
py311 autogluonServing 1.1.1 1.2.0 1.3.0 1.4.0 1.5.0`,
}

/** Version of transformers, version below it, Python, regions, then what the tag ends with: for GPU, for CPU. */
const transformersVersions = {
  'huggingface-training': `
4.4.2 pytorch1.6.0 py36 earlier -
4.4.2 tensorflow2.4.1 py37 earlier -
4.5.0 pytorch1.6.0 py36 earlier -
4.5.0 tensorflow2.4.1 py37 earlier -
4.6.1 pytorch1.6.0 py36 earlier cu110-ubuntu18.04
4.6.1 pytorch1.7.1 py36 earlier cu110-ubuntu18.04
4.6.1 pytorch1.8.1 py36 earlier cu111-ubuntu18.04
4.6.1 tensorflow2.4.1 py37 earlier cu110-ubuntu18.04
4.10.2 pytorch1.8.1 py36 earlier cu110-ubuntu18.04
4.10.2 pytorch1.9.0 py38 earlier cu111-ubuntu20.04
4.10.2 tensorflow2.4.1 py37 earlier cu110-ubuntu18.04
4.10.2 tensorflow2.5.1 py37 earlier cu112-ubuntu18.04
4.11.0 pytorch1.9.0 py38 earlier cu111-ubuntu20.04
4.11.0 tensorflow2.5.1 py37 earlier cu112-ubuntu18.04
4.12.3 pytorch1.9.1 py38 earlier cu111-ubuntu20.04
4.12.3 tensorflow2.5.1 py37 earlier cu112-ubuntu18.04
4.17.0 pytorch1.10.2 py38 earlier cu113-ubuntu20.04
4.17.0 tensorflow2.6.3 py38 earlier cu112-ubuntu20.04
4.26.0 pytorch1.13.1 py39 huggingface cu117-ubuntu20.04
4.28.1 pytorch2.0.0 py310 huggingface cu118-ubuntu20.04
4.36.0 pytorch2.1.0 py310 huggingface cu121-ubuntu20.04
4.46.1 pytorch2.3.0 py311 huggingface cu121-ubuntu20.04
4.48.0 pytorch2.3.0 py311 huggingface cu121-ubuntu20.04
4.49.0 pytorch2.5.1 py311 huggingface cu124-ubuntu22.04
4.55.0 pytorch2.7.1 py312 huggingface cu128-ubuntu22.04
4.56.2 pytorch2.8.0 py312 huggingface cu129-ubuntu22.04
5.3.0 pytorch2.9.0 py312 huggingface cu130-ubuntu22.04`,
  'huggingface-inference': `
4.6.1 pytorch1.7.1 py36 earlier cu110-ubuntu18.04 ubuntu18.04
4.6.1 pytorch1.8.1 py36 earlier cu111-ubuntu18.04 ubuntu18.04
4.6.1 tensorflow2.4.1 py37 earlier cu110-ubuntu18.04 ubuntu18.04
4.10.2 pytorch1.8.1 py36 earlier cu111-ubuntu18.04 ubuntu18.04
4.10.2 pytorch1.9.0 py38 earlier cu111-ubuntu20.04 ubuntu20.04
4.10.2 tensorflow2.4.1 py37 earlier cu110-ubuntu18.04 ubuntu18.04
4.10.2 tensorflow2.5.1 py37 earlier cu112-ubuntu18.04 ubuntu18.04
4.11.0 pytorch1.9.0 py38 earlier cu111-ubuntu20.04 ubuntu20.04
4.11.0 tensorflow2.5.1 py37 earlier cu112-ubuntu18.04 ubuntu18.04
4.12.3 pytorch1.9.1 py38 earlier cu111-ubuntu20.04 ubuntu20.04
4.12.3 tensorflow2.5.1 py37 earlier cu112-ubuntu18.04 ubuntu18.04
4.17.0 pytorch1.10.2 py38 earlier cu113-ubuntu20.04 ubuntu20.04
4.17.0 tensorflow2.6.3 py38 earlier cu112-ubuntu20.04 ubuntu20.04
4.26.0 pytorch1.13.1 py39 earlier cu117-ubuntu20.04 ubuntu20.04
4.26.0 tensorflow2.11.0 py39 earlier cu112-ubuntu20.04 ubuntu20.04
4.28.1 pytorch2.0.0 py310 earlier cu118-ubuntu20.04 ubuntu20.04
4.37.0 pytorch2.1.0 py310 earlier cu118-ubuntu20.04 ubuntu22.04
4.48.0 pytorch2.3.0 py311 earlier cu121-ubuntu22.04 ubuntu22.04
4.49.0 pytorch2.6.0 py312 earlier cu124-ubuntu22.04 ubuntu22.04
4.51.3 pytorch2.6.0 py312 earlier cu124-ubuntu22.04 ubuntu22.04
5.5.3 pytorch2.6.0 py312 earlier cu124-ubuntu22.04 ubuntu22.04`,
}

export type ContainerName = keyof typeof containerVersions
export type TransformersName = keyof typeof transformersVersions

type ContainerVersion = {
  readonly version: string
  /** The newest last. Empty where the tag has none. */
  readonly pythons: readonly string[]
  readonly leftOut: readonly string[]
}

export function versionsOf(name: ContainerName): ContainerVersion[] {
  return rows(containerVersions[name]).flatMap(([pythons = '', regions, ...versions]) => {
    return versions.map((version) => ({
      version,
      pythons: pythons === '-' ? [] : pythons.split(','),
      leftOut: regionsOf(regions),
    }))
  })
}

export type TransformersVersion = ContainerVersion & {
  /** `pytorch2.1.0` */
  readonly base: string
  readonly endings: {readonly gpu: string | undefined; readonly cpu: string | undefined}
}

export function transformersVersionsOf(name: TransformersName): TransformersVersion[] {
  return rows(transformersVersions[name]).map(([version = '', base = '', python = '', regions, gpu, cpu]) => ({
    version,
    base,
    pythons: [python],
    leftOut: regionsOf(regions),
    endings: {gpu: gpu === '-' ? undefined : gpu, cpu},
  }))
}

function regionsOf(name: string | undefined): string[] {
  const regions = Object.entries(leftOut).find(([known]) => known === name)?.[1] ?? ''
  return regions === '' ? [] : regions.split(' ')
}

function rows(table: string): string[][] {
  return table
    .trim()
    .split('\n')
    .map((line) => line.split(' '))
}
