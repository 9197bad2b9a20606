// Image aliases (`sklearn:1.2-1`) to the URI in the region's registry, and which images know script mode.

import type {Json} from '../../definition/json.ts'
import type {Range} from '../../diagnostics/diagnostic.ts'
import type {Value} from '../../spec/value.ts'
import {nearestName} from '../../text/nearest-name.ts'
import type {StepScope} from '../context.ts'
import {compileText, staticText} from '../values/compile-value.ts'
import {type ImageVersion, imageFamilies, type Processor} from './image-families.ts'
import {knownRegions, type Registry, registryAccounts} from './image-registries.ts'

/** Repositories whose images carry the SageMaker training toolkit, which starts a user's script ("script mode"). */
const toolkitRepositories =
  /\/(?:sagemaker-(?:scikit-learn|xgboost|pytorch|tensorflow|mxnet|chainer)(?!-(?:serving|eia))[\w-]*|(?:autogluon|huggingface|mxnet|pytorch|tensorflow)(?:-[a-z]+)*-training[\w-]*)[:@]/

/** True when the image runs a script by the hyperparameters sagemaker_program and sagemaker_submit_directory. */
export function knowsScriptMode(image: Json): boolean {
  return typeof image !== 'string' || toolkitRepositories.test(image)
}

/** What an image is for, where an alias leaves it open. */
export type ImageUse = {
  /** The machine it runs on. */
  readonly instanceType?: Value | string | undefined
  /** It serves a model: `pytorch:…` is then the inference image. */
  readonly isServing?: boolean
  /** What is shown when the image was right where it stands, but not for serving. */
  readonly range?: Range | undefined
}

/** The image of a step: an alias is replaced by its URI in the target's region, anything else stays. */
export function compileImage(value: Value, scope: StepScope, use: ImageUse = {}): Json {
  const written = staticText(value, scope)
  if (written === undefined) return compileText(value, scope)
  if (written.includes('/')) return written
  const [start = ''] = written.split(':')
  const name = (use.isServing && imageFamilies.get(start)?.serving) || start
  const range = name === start ? value.range : (use.range ?? value.range)
  const report: Report = (message, help) => {
    scope.findings.error('unknown-image', range, message, {help})
    return ''
  }
  const family = imageFamilies.get(name)
  if (!family) return unknownFamily(written, start, report)

  const asked = parseVersion(written.slice(start.length + 1))
  const version = findVersion(family.versions(), asked)
  if (!version) return unknownVersion(written, name, family.versions(), asked, report)
  const processor = chooseProcessor(version, asked, use, scope)
  if (processor === 'open') return openProcessor(written, `${name}:${asked.version || version.version}`, report)
  if (processor === 'missing') return missingProcessor(written, name, version, asked, report)
  const python = asked.python ?? (name === 'spark' ? undefined : version.pythons.at(-1))
  const image = version.image({version: asked.version || version.version, processor, python})
  return registryUri(image, name, family.registry, version, scope, report)
}

/** Every alias, for completion in editors. */
export function imageAliases(): string[] {
  return [...imageFamilies].flatMap(([name, family]) => {
    const versions = family.versions()
    const processors = versions.at(-1)?.processors ?? []
    const names = versions.length === 1 && processors.length === 0 ? [name] : []
    const full = [...new Set(versions.map(shownVersion))].filter((version) => version !== '')
    const endings = processors.length > 1 ? processors.map((processor) => `-${processor}`) : ['']
    return [...names, ...full.flatMap((version) => endings.map((ending) => `${name}:${version}${ending}`))]
  })
}

type Report = (message: string, help: string) => Json

/** The part behind the colon: `2.3-gpu-py311`. `whole` is for versions that end like that themselves. */
type AskedVersion = {
  readonly whole: string
  readonly version: string
  readonly processor: Processor | undefined
  readonly python: string | undefined
}

function parseVersion(whole: string): AskedVersion {
  const [, version = whole, processor, python] = /^(.*?)(?:-(cpu|gpu))?(?:-(py\d+))?$/.exec(whole) ?? []
  return {whole, version, processor: processor === 'cpu' || processor === 'gpu' ? processor : undefined, python}
}

function findVersion(versions: readonly ImageVersion[], asked: AskedVersion): ImageVersion | undefined {
  const [only, second] = versions
  if (asked.whole === '' && only && !second) return only
  const verbatim = versions.find(({version, pythons, processors}) => {
    return version === asked.whole && pythons.length + processors.length === 0
  })
  if (verbatim) return verbatim
  const fits = versions.filter(({version, otherNames, pythons, processors}) => {
    const isNamed = version === asked.version || otherNames.includes(asked.version)
    const hasPython = asked.python === undefined || pythons.includes(asked.python)
    return isNamed && hasPython && (asked.processor === undefined || processors.length > 0)
  })
  return fits.at(-1)
}

function chooseProcessor(
  {processors}: ImageVersion,
  asked: AskedVersion,
  {instanceType}: ImageUse,
  scope: StepScope,
): Processor | 'open' | 'missing' | undefined {
  if (processors.length === 0) return undefined
  const [only, second] = processors
  const type = typeof instanceType === 'string' ? instanceType : staticText(instanceType, scope)
  const wanted = asked.processor ?? (type === undefined ? undefined : processorOf(type))
  if (wanted === 'neuron') return 'missing'
  if (wanted !== undefined) return processors.includes(wanted) ? wanted : 'missing'
  return only !== undefined && !second ? only : 'open'
}

/** Families that begin with g or p have GPUs; trn and inf have AWS's own chips, and images of their own. */
function processorOf(instanceType: string): Processor | 'neuron' {
  const family = instanceType.replace(/^ml\./, '')
  if (/^(?:trn|inf)/.test(family)) return 'neuron'
  return /^[gp]\d/.test(family) ? 'gpu' : 'cpu'
}

function registryUri(
  image: string,
  name: string,
  registry: Registry,
  {leftOut}: ImageVersion,
  scope: StepScope,
  report: Report,
): Json {
  const {region} = scope.target
  // That the target has no region is told of at the target.
  if (region === '') return ''
  const account = leftOut.includes(region) ? undefined : registryAccounts(registry).get(region)
  if (account !== undefined) return `${account}.dkr.ecr.${region}.${domainOf(region)}/${image}`
  if (!knownRegions().has(region)) {
    return report(`the image aliases know no region "${region}"`, 'write the whole registry URI')
  }
  const served = [...registryAccounts(registry).keys()].filter((known) => !leftOut.includes(known))
  return report(`AWS has no image ${name} of this version in ${region}`, `it is in ${served.join(', ')}`)
}

/** Source: the partitions of AWS's SDKs. */
function domainOf(region: string): string {
  if (region.startsWith('cn-')) return 'amazonaws.com.cn'
  if (region.startsWith('us-iso-')) return 'c2s.ic.gov'
  if (region.startsWith('us-isob-')) return 'sc2s.sgov.gov'
  return region.startsWith('us-isof-') ? 'csp.hci.ic.gov' : 'amazonaws.com'
}

function unknownFamily(written: string, start: string, report: Report): Json {
  const nearest = nearestName(start, imageFamilies.keys()) ?? ''
  const asked = parseVersion(written.slice(start.length + 1))
  const hasVersion = findVersion(imageFamilies.get(nearest)?.versions() ?? [], asked) !== undefined
  const meant = hasVersion ? written.replace(start, nearest) : nearest
  const help = 'aliases are like sklearn:1.2-1, pytorch:2.3-cpu or kmeans; a URI has a / in it'
  return report(
    `"${written}" is neither an image alias nor a registry URI`,
    meant === '' ? help : `did you mean "${meant}"?`,
  )
}

function unknownVersion(
  written: string,
  name: string,
  versions: readonly ImageVersion[],
  asked: AskedVersion,
  report: Report,
): Json {
  const shown = [...new Set(versions.map(shownVersion))].join(', ')
  const others = 'a registry URI names any other image'
  if (asked.version === '') return report(`the image "${written}" has no version`, `${name} has ${shown}; ${others}`)
  const known = findVersion(versions, {...asked, whole: asked.version, processor: undefined, python: undefined})
  if (known && asked.python !== undefined && known.pythons.length > 0) {
    const message = `there is no ${name} image "${asked.version}" for ${asked.python}`
    return report(message, `there is ${known.pythons.join(', ')}; ${others}`)
  }
  if (known && asked.processor) {
    return report(`there is one ${name} image for all machines`, `write ${name}:${asked.version}`)
  }
  return report(
    `there is no ${name} image "${asked.whole}"`,
    shown === '' ? `write ${name}` : `${name} has ${shown}; ${others}`,
  )
}

function openProcessor(written: string, alias: string, report: Report): Json {
  return report(
    `"${written}" is there for cpu and for gpu, and the machine is not known here`,
    `write ${alias}-cpu or ${alias}-gpu`,
  )
}

function missingProcessor(
  written: string,
  name: string,
  {processors}: ImageVersion,
  asked: AskedVersion,
  report: Report,
): Json {
  const others = 'a registry URI names any other image'
  return asked.processor
    ? report(
        `there is no ${name} image "${asked.version}" for ${asked.processor}`,
        `there is ${processors.join(', ')}; ${others}`,
      )
    : report(
        `"${written}" has no alias for this machine`,
        `there are aliases for ${processors.join(' and ')}; ${others}`,
      )
}

/** As short as it can be said. */
function shownVersion({version, otherNames}: ImageVersion): string {
  return otherNames.at(-1) ?? version
}
