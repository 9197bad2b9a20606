// notebook → Training: a notebook job, as Studio and the SDK's NotebookJobStep start it. Source: SageMaker Python SDK 3,
// workflow/notebook_job_step.py; Developer Guide, "Notebook-based workflows".

import {createHash} from 'node:crypto'
import type {Json, JsonObject} from '../../definition/json.ts'
import type {StepOf} from '../../spec/pipeline-spec.ts'
import type {Value} from '../../spec/value.ts'
import {checkCount} from '../checks/check-limits.ts'
import type {BundleContent, StepCompiler, StepScope} from '../context.ts'
import {isUri} from '../local-content.ts'
import {
  compileTags,
  freshOutputUri,
  jobEnvironment,
  jobImage,
  jobPolicies,
  jobResources,
  maxRuntimeSeconds,
  roleArn,
  unlessEmpty,
} from '../parts/job-parts.ts'
import {elementPath, jobPlaces, memberPlaces, ownOrDefault} from '../place.ts'
import {compileTextMap, staticText} from '../values/compile-value.ts'
import {shortNames} from '../values/short-names.ts'

type NotebookSpec = StepOf<'notebook'>

/** The program of a notebook image that runs notebooks, and the channel in which it finds them. */
const program = 'amazon_sagemaker_scheduler'
const channel = 'sagemaker_headless_execution_pipelinestep'

/** Two days, as the SDK has it. */
const usualRunSeconds = 172_800

const maximumHyperparameters = 100

export const notebookCompiler: StepCompiler<NotebookSpec> = {
  type: 'Training',
  ...shortNames({output: 'OutputDataConfig.S3OutputPath', job: 'TrainingJobName'}),

  compile(step, scope) {
    const files = placeFiles(step, scope)
    const parameters = compileTextMap(step.parameters, scope)
    checkCount(Object.keys(parameters).length, maximumHyperparameters, 'parameters', step, scope)
    return {
      Arguments: {
        AlgorithmSpecification: {
          TrainingImage: jobImage(step, scope),
          TrainingInputMode: 'File',
          ContainerEntrypoint: [program],
        },
        RoleArn: roleArn(step.role, scope),
        ...unlessEmpty('HyperParameters', parameters),
        InputDataConfig: [
          {
            ChannelName: channel,
            DataSource: {
              S3DataSource: {S3DataType: 'S3Prefix', S3Uri: files.uri, S3DataDistributionType: 'FullyReplicated'},
            },
          },
        ],
        OutputDataConfig: {S3OutputPath: freshOutputUri('notebook', scope)},
        ResourceConfig: jobResources(step, scope),
        StoppingCondition: {MaxRuntimeInSeconds: maxRuntimeSeconds(step, 'training', scope) ?? usualRunSeconds},
        Environment: {...jobEnvironment(step, scope), ...notebookEnvironment(step, files, scope)},
        ...notebookTags(step, files, scope),
      },
      ...jobPolicies(step, scope),
    }
  },

  places: (step, scope) => [
    ...jobPlaces(step, 'ResourceConfig', scope),
    ['AlgorithmSpecification.TrainingImage', ownOrDefault('image', step, scope)],
    ['HyperParameters', step.keyRanges.get('parameters')],
    ...memberPlaces('HyperParameters', step.parameters),
    [elementPath('InputDataConfig', channel), step.notebook?.range],
    ['Environment.SM_KERNEL_NAME', step.kernel?.range],
    ['Environment.SM_INPUT_NOTEBOOK_NAME', step.notebook?.range],
    ['Environment.SM_INIT_SCRIPT', step.init?.range],
  ],
}

type PlacedFiles = {readonly uri: string; readonly notebook: string; readonly init: string | undefined}

/** The notebook and what lies beside it: one folder in S3, named after the content of all of them. */
function placeFiles(step: NotebookSpec, scope: StepScope): PlacedFiles {
  const [notebook, init] = [localFile(step.notebook, scope), localFile(step.init, scope)]
  const others = (step.files ?? []).map((value) => localFile(value, scope))
  const files = [notebook, init, ...others].filter((file) => file !== undefined)
  checkNames(files, scope)

  const hash = createHash('sha256')
  for (const {name, bundle} of files) hash.update(`${name}\0${bundle.sha256}\n`)
  const uri = `s3://${scope.target.bucket}/${scope.pipelineName}/code/${hash.digest('hex')}`
  for (const {name, path, bundle} of files) {
    const place = `${uri}/${name}`
    scope.uploads.set(place, {uri: place, path, form: bundle.kind, sha256: bundle.sha256})
  }
  return {uri, notebook: notebook?.name ?? '', init: init?.name}
}

type LocalFile = {
  readonly name: string
  readonly path: string
  readonly bundle: BundleContent
  readonly value: Value
}

/** Undefined when there is none, or when it was wrong. */
function localFile(value: Value | undefined, scope: StepScope): LocalFile | undefined {
  const path = staticText(value, scope)
  if (!value) return undefined
  if (path === undefined || isUri(path)) {
    scope.findings.error(
      'code-missing',
      value.range,
      'a notebook and its files must be local: they are uploaded together',
    )
    return undefined
  }
  const bundle = scope.bundles.get(path)
  const name = path.replace(/\/+$/, '').split('/').at(-1) ?? path
  return bundle && {name, path, bundle, value}
}

function checkNames(files: readonly LocalFile[], scope: StepScope): void {
  const seen = new Map<string, LocalFile>()
  for (const file of files) {
    const other = seen.get(file.name)
    if (other) {
      scope.findings.error('name-collision', file.value.range, `two of the files are called ${file.name}`, {
        related: [{range: other.value.range, message: 'the first one is here'}],
        help: 'they lie in one folder: give one another name',
      })
    } else seen.set(file.name, file)
  }
}

function notebookEnvironment(step: NotebookSpec, files: PlacedFiles, scope: StepScope): JsonObject {
  return {
    AWS_DEFAULT_REGION: scope.target.region,
    SM_JOB_DEF_VERSION: '1.0',
    SM_ENV_NAME: 'sagemaker-default-env',
    SM_SKIP_EFS_SIMULATION: 'true',
    SM_EXECUTION_INPUT_PATH: `/opt/ml/input/data/${channel}`,
    SM_KERNEL_NAME: step.kernel?.value ?? 'python3',
    SM_INPUT_NOTEBOOK_NAME: files.notebook,
    SM_OUTPUT_NOTEBOOK_NAME: `${step.name}.ipynb`,
    ...(files.init === undefined ? {} : {SM_INIT_SCRIPT: files.init}),
  }
}

/** By these Studio knows a job of a notebook. */
function notebookTags(step: NotebookSpec, files: PlacedFiles, scope: StepScope): JsonObject {
  const {Tags: own = []} = compileTags(step.tags, scope)
  const tags: Readonly<Record<string, string>> = {
    'sagemaker:name': step.name,
    'sagemaker:notebook-name': files.notebook,
    'sagemaker:notebook-job-origin': 'PIPELINE_STEP',
    'sagemaker:is-studio-archived': 'false',
  }
  return {Tags: [...(own as readonly Json[]), ...Object.entries(tags).map(([Key, Value]) => ({Key, Value}))]}
}
