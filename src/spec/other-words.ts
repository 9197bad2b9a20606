// "Did you mean" for keys: the word that SageMaker, its Python SDK or another tool has for what a key here says.

import {nearestName} from '../text/nearest-name.ts'

/** Without capitals, - and _; only words in which the right key is not found by itself. */
const otherWords: Readonly<Record<string, readonly string[]>> = {
  algorithm: ['image'],
  arguments: ['args', 'api', 'definition', 'inputs'],
  at: ['schedule'],
  bucket: ['s3'],
  cacheconfig: ['cache'],
  command: ['code'],
  conditions: ['if'],
  configuration: ['config'],
  container: ['image'],
  containerarguments: ['args'],
  containerentrypoint: ['command'],
  cron: ['schedule'],
  deadletterconfig: ['deadLetter'],
  depends: ['dependsOn'],
  disabled: ['enabled'],
  dlq: ['deadLetter'],
  elsesteps: ['else'],
  enddate: ['end'],
  entry: ['code'],
  entrypoint: ['code', 'entry'],
  environment: ['env'],
  environmentvariables: ['env'],
  estimator: ['image'],
  eventpattern: ['event'],
  every: ['schedule'],
  expireafter: ['cache'],
  expireaftermin: ['for'],
  hparams: ['hyperparameters'],
  hyperparams: ['hyperparameters'],
  ifsteps: ['then'],
  initialinstancecount: ['instance'],
  input: ['parameters'],
  instancecount: ['instance'],
  intervalseconds: ['interval'],
  jobarguments: ['args'],
  jobs: ['steps'],
  kind: ['type'],
  maxage: ['age', 'retry'],
  maxattempts: ['attempts', 'retry'],
  maximumeventageinseconds: ['retry', 'age'],
  maximumretryattempts: ['retry', 'attempts'],
  maximumwindowinminutes: ['window'],
  maxjobs: ['jobs'],
  maxparalleljobs: ['jobs'],
  maxrun: ['timeout'],
  maxruntimeinseconds: ['timeout'],
  memorysizeinmb: ['memory'],
  modelapprovalstatus: ['approval'],
  modelgroup: ['model'],
  modelpackagegroup: ['group', 'model'],
  modelpackagegroupname: ['group', 'model'],
  monitor: ['drift'],
  monitoringschedulename: ['drift'],
  needs: ['dependsOn'],
  params: ['parameters', 'hyperparameters', 'args'],
  pattern: ['event'],
  prefix: ['s3'],
  propertyfiles: ['reports'],
  pipeline: ['name'],
  rate: ['schedule'],
  replicas: ['copies'],
  requires: ['dependsOn'],
  retrypolicies: ['retry'],
  retries: ['retry'],
  s3uri: ['from'],
  script: ['code'],
  source: ['from', 'code'],
  sourcedir: ['code', 'dir'],
  state: ['enabled'],
  tasks: ['steps'],
  tz: ['timezone'],
  upstream: ['pipeline'],
  uri: ['from', 'image'],
  value: ['default'],
  variables: ['env', 'parameters'],
  volumesize: ['instance'],
  volumesizeingb: ['volume', 'instance'],
  when: ['if', 'triggers'],
  environments: ['targets'],
}

/** The key that was probably meant. A word of another tool counts before one that only looks alike. */
export function suggestKey(key: string, known: readonly string[]): string | undefined {
  const plain = key.toLowerCase().replace(/[-_\s]/g, '')
  const words = Object.hasOwn(otherWords, plain) ? (otherWords[plain] ?? []) : []
  return (
    words.find((word) => known.includes(word)) ??
    nearestName(key, known) ??
    knownWordIn(key, known) ??
    sameBeginning(plain, known)
  )
}

/** `sqs_queue_url` has the word `queue` in it, `InstanceType` the word `instance`. */
function knownWordIn(key: string, known: readonly string[]): string | undefined {
  const words = key
    .replace(/([a-z])(?=[A-Z])/g, '$1_')
    .toLowerCase()
    .split(/[-_\s]+/)
  return words.length < 2 ? undefined : known.find((name) => words.includes(name.toLowerCase()))
}

/** `dataset` begins with the key `data`, `config` is how `configuration` begins. */
function sameBeginning(plain: string, known: readonly string[]): string | undefined {
  return known.find((name) => {
    const [short = '', long = ''] = [plain, name.toLowerCase()].sort((a, b) => a.length - b.length)
    return short.length >= 4 && long.startsWith(short)
  })
}

const otherKinds: Readonly<Record<string, string>> = {
  batchtransform: 'transform',
  createmodel: 'model',
  evaluate: 'processing',
  evaluation: 'processing',
  featurize: 'processing',
  hyperparametertuning: 'tuning',
  preprocess: 'processing',
  preprocessing: 'processing',
  process: 'processing',
  python: 'processing',
  registermodel: 'register',
  script: 'processing',
  shell: 'processing',
  sklearn: 'training',
  sqs: 'callback',
  train: 'training',
  tune: 'tuning',
}

/** The step type that was probably meant: `RegisterModel`, `TrainingStep`, `train`. */
export function suggestKind(written: string, known: readonly string[]): string | undefined {
  const plain = written
    .toLowerCase()
    .replace(/[-_\s]/g, '')
    .replace(/(?<=.)(?:step|job)$/, '')
  const same = known.find((kind) => kind.replaceAll('-', '') === plain)
  return same ?? (Object.hasOwn(otherKinds, plain) ? otherKinds[plain] : undefined) ?? nearestName(written, known)
}
