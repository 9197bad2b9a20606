// Image aliases (`sklearn:1.2-1`) to the URI in the region's registry, and which images know script mode.

import type {Json} from '../definition/json.ts'
import type {Value} from '../spec/value.ts'
import {nearestName} from '../text/nearest-name.ts'
import {compileText, staticText} from './compile-value.ts'
import type {StepScope} from './context.ts'

/** Registry account of the scikit-learn and XGBoost images by region. Source: SageMaker, "Docker registry paths", 2026. */
const registryAccounts: Readonly<Record<string, string>> = {
  'af-south-1': '510948584623',
  'ap-east-1': '651117190479',
  'ap-northeast-1': '354813040037',
  'ap-northeast-2': '366743142698',
  'ap-northeast-3': '867004704886',
  'ap-south-1': '720646828776',
  'ap-south-2': '628508329040',
  'ap-southeast-1': '121021644041',
  'ap-southeast-2': '783357654285',
  'ap-southeast-3': '951798379941',
  'ap-southeast-4': '106583098589',
  'ca-central-1': '341280168497',
  'ca-west-1': '190319476487',
  'cn-north-1': '450853457545',
  'cn-northwest-1': '451049120500',
  'eu-central-1': '492215442770',
  'eu-central-2': '680994064768',
  'eu-north-1': '662702820516',
  'eu-south-1': '978288397137',
  'eu-south-2': '104374241257',
  'eu-west-1': '141502667606',
  'eu-west-2': '764974769150',
  'eu-west-3': '659782779980',
  'il-central-1': '898809789911',
  'me-central-1': '272398656194',
  'me-south-1': '801668240914',
  'sa-east-1': '737474898029',
  'us-east-1': '683313688378',
  'us-east-2': '257758044811',
  'us-gov-east-1': '237065988967',
  'us-gov-west-1': '414596584902',
  'us-west-1': '746614075791',
  'us-west-2': '246618743249',
}

type Framework = {readonly repository: string; readonly versions: readonly string[]; readonly suffix: string}

/** Versions as the registry tags them. Source: as above. */
const frameworks: Readonly<Record<string, Framework>> = {
  sklearn: {
    repository: 'sagemaker-scikit-learn',
    versions: ['0.20.0', '0.23-1', '1.0-1', '1.2-1', '1.4-2'],
    suffix: '-cpu-py3',
  },
  xgboost: {
    repository: 'sagemaker-xgboost',
    versions: ['1.2-1', '1.2-2', '1.3-1', '1.5-1', '1.7-1', '3.0-5', '3.2-0'],
    suffix: '',
  },
}

/** Repositories whose images carry the SageMaker training toolkit, which starts a user's script ("script mode"). */
const toolkitRepositories =
  /\/(?:sagemaker-(?:scikit-learn|xgboost|pytorch|tensorflow|mxnet|chainer)[\w-]*|(?:autogluon|huggingface|mxnet|pytorch|tensorflow)(?:-[a-z]+)*-training[\w-]*)[:@]/

/** True when the image runs a script by the hyperparameters sagemaker_program and sagemaker_submit_directory. */
export function knowsScriptMode(image: Json): boolean {
  return typeof image !== 'string' || toolkitRepositories.test(image)
}

/** The image of a step: an alias is replaced by its URI in the target's region, anything else stays. */
export function compileImage(value: Value, scope: StepScope): Json {
  const written = staticText(value, scope)
  if (written === undefined) return compileText(value, scope)
  if (written.includes('/')) return written
  const alias = /^([a-z][\w-]*)(?::([\w.-]+))?$/.exec(written)
  const framework = alias?.[1] !== undefined && Object.hasOwn(frameworks, alias[1]) ? frameworks[alias[1]] : undefined
  if (!alias || !framework) return unknownImage(value, written, scope)
  const version = alias[2]
  if (version === undefined || !framework.versions.includes(version)) {
    const help = `${alias[1]} has ${framework.versions.join(', ')}; a registry URI names any other image`
    const message =
      version === undefined ? `the image "${written}" has no version` : `there is no ${alias[1]} image "${version}"`
    scope.findings.error('unknown-image', value.range, message, {help})
    return ''
  }
  return registryUri(framework, version, value, scope)
}

function registryUri(framework: Framework, version: string, value: Value, scope: StepScope): Json {
  const {region} = scope.target
  const account = Object.hasOwn(registryAccounts, region) ? registryAccounts[region] : undefined
  if (account === undefined) {
    const message =
      region === '' ? `the target "${scope.target.name}" has no region` : `the image aliases know no region "${region}"`
    scope.findings.error('unknown-image', value.range, message, {
      help: region === '' ? 'add `region:` to the target' : 'write the whole registry URI',
    })
    return ''
  }
  const domain = region.startsWith('cn-') ? 'amazonaws.com.cn' : 'amazonaws.com'
  return `${account}.dkr.ecr.${region}.${domain}/${framework.repository}:${version}${framework.suffix}`
}

function unknownImage(value: Value, written: string, scope: StepScope): Json {
  const aliases = Object.entries(frameworks).flatMap(([name, {versions}]) =>
    versions.map((version) => `${name}:${version}`),
  )
  const nearest = nearestName(written, aliases)
  scope.findings.error('unknown-image', value.range, `"${written}" is neither an image alias nor a registry URI`, {
    help: nearest
      ? `did you mean "${nearest}"?`
      : `aliases are like sklearn:1.2-1 or xgboost:1.7-1; a URI has a / in it`,
  })
  return ''
}
