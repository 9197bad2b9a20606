// Spec text to a typed spec. Every mistake of shape is found in one pass; what names mean is the compiler's business.

import type {DiagnosticCollector} from '../diagnostics/diagnostic.ts'
import {knownNames} from '../text/nearest-name.ts'
import {expandBranches, expandDeploy, reportTakenNames} from './expand-deploy.ts'
import {
  anyMap,
  entriesOf,
  flag,
  integer,
  optional,
  type Reader,
  reader,
  readFields,
  record,
  recordSchema,
  required,
  scalar,
  text,
} from './fields.ts'
import {describeNode, keyRangesOf, type MapEntry, type MapNode, type Node} from './node.ts'
import {suggestKind} from './other-words.ts'
import {parameters, parameterValues} from './parse-parameters.ts'
import {plainText} from './parse-reference.ts'
import type {DefaultsSpec, PipelineSpec, StepSpec, TargetSpec} from './pipeline-spec.ts'
import {readYaml} from './read-yaml.ts'
import {jobFields} from './shapes/shapes.ts'
import {type StepKindName, type SugarKindName, stepKinds, sugarKinds, writtenKindNames} from './step-kinds.ts'
import {triggers} from './triggers/parse-triggers.ts'

const {image, instance, role, env, timeout, cache, retry, local} = jobFields
const fingerprint = optional(flag, 'true: inputs in S3 count by the content of their objects')
const defaultsRecord = record({image, instance, role, env, timeout, cache, retry, fingerprint, local}, 'defaults')

const experimentFields = {
  name: required(scalar, 'the experiment, such as ${pipeline.name}'),
  trial: required(scalar, 'the trial that an execution makes in it, such as ${execution.id}'),
}

const mlflowFields = {
  server: required(scalar, 'ARN of the MLflow tracking server or app'),
  experiment: optional(scalar, 'the MLflow experiment; a run can name another'),
}

const targetFields = {
  region: optional(text, 'AWS region'),
  account: optional(text, 'account id, quoted; credentials of another account are refused'),
  role: optional(text, 'ARN of the role that the pipeline assumes'),
  bucket: optional(text, 'bucket for code, data and outputs'),
  profile: optional(text, 'named profile of the AWS configuration'),
  default: optional(flag, 'true for the target used when none is named'),
  parameters: optional(parameterValues, 'values in place of the defaults'),
}

type Steps = {readonly steps: readonly StepSpec[]; readonly unread: readonly string[]}

/** The spec, or undefined when the text is not even a mapping. Parts that were wrong are left out of it. */
export function parseSpec(source: string, findings: DiagnosticCollector): PipelineSpec | undefined {
  const root = readYaml(source, findings)
  if (!root) return undefined

  if (isDefinition(root)) {
    findings.error('not-a-mapping', root.entries[0]?.keyRange ?? root.range, 'this is a definition, not a spec', {
      help: 'mlpipe import FILE makes a spec out of it',
    })
    return undefined
  }
  const fields = readFields(root, specFields, findings, 'the spec')
  return {
    name: fields.name,
    description: fields.description,
    tags: fields.tags ?? [],
    parallelism: fields.parallelism,
    experiment: fields.experiment,
    mlflow: fields.mlflow,
    parameters: fields.parameters ?? [],
    defaults: fields.defaults ?? noDefaults,
    steps: fields.steps?.steps ?? [],
    unreadSteps: fields.steps?.unread ?? [],
    targets: fields.targets ?? [],
    triggers: fields.triggers ?? [],
    definition: fields.definition,
  }
}

/** SageMaker's own document, which has a capital where a spec has none. */
function isDefinition({entries}: MapNode): boolean {
  return ['Version', 'Steps'].every((name) => entries.some(({key}) => key === name))
}

const noDefaults: DefaultsSpec = {
  image: undefined,
  instance: undefined,
  role: undefined,
  env: undefined,
  timeout: undefined,
  cache: undefined,
  retry: undefined,
  fingerprint: undefined,
  local: undefined,
  keyRanges: new Map(),
}

function readDefaults(node: Node, findings: DiagnosticCollector): DefaultsSpec | undefined {
  const fields = defaultsRecord(node, findings)
  return fields && {...fields, keyRanges: keyRangesOf(node)}
}

function readSteps(node: Node, findings: DiagnosticCollector): Steps | undefined {
  if (node.kind !== 'map' || node.entries.length === 0) {
    const isEmpty = node.kind === 'map' || (node.kind === 'scalar' && node.value === null)
    if (isEmpty) findings.error('no-steps', node.range, 'the pipeline has no steps')
    else
      findings.error(
        'wrong-type',
        node.range,
        `expected a mapping from step names to steps, found ${describeNode(node)}`,
        {help: 'the name of a step is its key: prepare: {type: processing}'},
      )
    return undefined
  }
  const steps: StepSpec[] = []
  const unread: string[] = []
  const expansion = new Map<string, string[]>()
  for (const entry of node.entries) {
    const read = readStep(entry, findings)
    const names = (read ?? []).map(({name}) => name)
    if (!read) unread.push(entry.key)
    if (names.length > 1) expansion.set(entry.key, names)
    steps.push(...(read ?? []))
  }
  reportTakenNames(steps, expansion, findings)
  return {steps: expandBranches(steps, expansion), unread}
}

/** Undefined when it cannot be read; a deploy step is several. */
function readStep(entry: MapEntry, findings: DiagnosticCollector): StepSpec[] | undefined {
  const {key: name, keyRange, value: node} = entry
  if (node.kind !== 'map') {
    const help = 'the keys of a step are indented below its name'
    findings.error('wrong-type', node.range, `step "${name}" must be a mapping, not ${describeNode(node)}`, {help})
    return undefined
  }
  const kind = readKind(name, entry, node, findings)
  if (!kind) return undefined
  const owner = `step "${name}" (${kind})`
  const place = {name, nameRange: keyRange, range: node.range, keyRanges: keyRangesOf(node)}
  if (kind === 'deploy')
    return expandDeploy(readFields(node, sugarKinds[kind], findings, owner, ['type']), place, findings)
  const fields = readFields(node, stepKinds[kind], findings, owner, ['type'])
  // The table chosen by `kind` is the one that read the fields; the compiler cannot follow that through the lookup.
  return [{...fields, kind, ...place} as StepSpec]
}

function readKind(
  name: string,
  entry: MapEntry,
  node: MapNode,
  findings: DiagnosticCollector,
): StepKindName | SugarKindName | undefined {
  const typeNode = node.entries.find(({key}) => key === 'type')?.value
  if (!typeNode) {
    const help = 'such as type: processing; mlpipe explain lists all types of steps'
    findings.error('missing-key', entry.keyRange, `step "${name}" has no "type"`, {help})
    return undefined
  }
  const written = plainText(typeNode, findings)
  if (written === undefined) return undefined
  const kind = writtenKindNames.find((known) => known === written)
  if (!kind) {
    const meant = suggestKind(written, writtenKindNames)
    const help = meant === undefined ? knownNames(writtenKindNames) : `did you mean "${meant}"?`
    findings.error('unknown-step-type', typeNode.range, `"${written}" is not a step type`, {help})
  }
  return kind
}

function readTargets(node: Node, findings: DiagnosticCollector): TargetSpec[] | undefined {
  if (node.kind !== 'map') {
    findings.error(
      'wrong-type',
      node.range,
      `expected a mapping from target names to targets, found ${describeNode(node)}`,
    )
    return undefined
  }
  const targets = node.entries.flatMap((entry) => readTarget(entry, findings) ?? [])
  const [, second] = targets.filter(({isDefault}) => isDefault)
  if (second) findings.error('exclusive-keys', second.nameRange, 'only one target can be the default')
  return targets
}

const targetRecord: Reader<Omit<TargetSpec, 'name' | 'nameRange'>> = reader(
  recordSchema(targetFields),
  (node, findings) => {
    if (node.kind !== 'map') {
      findings.error('wrong-type', node.range, `a target must be a mapping, not ${describeNode(node)}`)
      return undefined
    }
    const {default: isDefault, parameters: values, ...fields} = readFields(node, targetFields, findings, 'target')
    return {...fields, isDefault: isDefault?.value ?? false, parameters: values ?? []}
  },
)

function readTarget({key, keyRange, value: node}: MapEntry, findings: DiagnosticCollector): TargetSpec | undefined {
  if (key === 'local') {
    findings.error('invalid-name', keyRange, 'the target "local" always exists and needs no settings')
    return undefined
  }
  const target = targetRecord(node, findings)
  return target && {...target, name: key, nameRange: keyRange}
}

const defaults: Reader<DefaultsSpec> = reader(defaultsRecord.schema, readDefaults)

const steps: Reader<Steps> = reader(
  {type: 'object', minProperties: 1, additionalProperties: {$ref: '#/definitions/step'}},
  readSteps,
)

const targets: Reader<TargetSpec[]> = reader({type: 'object', additionalProperties: targetRecord.schema}, readTargets)

/** The keys at the top of a spec. */
export const specFields = {
  name: required(text, 'the name of the pipeline'),
  description: optional(text, 'what the pipeline is for'),
  tags: optional(entriesOf(text), 'tags of the pipeline'),
  parallelism: optional(integer(1, 1_000_000), 'how many steps may run at the same time'),
  experiment: optional(record(experimentFields, 'experiment'), 'the SageMaker experiment that executions belong to'),
  mlflow: optional(record(mlflowFields, 'mlflow'), 'where jobs log to MLflow'),
  parameters: optional(parameters, 'values that a run can set'),
  defaults: optional(defaults, 'laid under every step that runs a job'),
  steps: required(steps, 'the steps, by name'),
  targets: optional(targets, 'AWS accounts and regions to deploy to'),
  triggers: optional(triggers, 'what starts executions, by name'),
  definition: optional(anyMap, "merged last into the definition, in SageMaker's own names"),
}
