// What a diagnostic code, a step type, a kind of trigger, or a key of the spec means. Reads no file: it works anywhere.

import {stepCompilers} from '../compiler/step-compilers.ts'
import {diagnosticCodes} from '../diagnostics/diagnostic.ts'
import {explanations} from '../diagnostics/explanations.ts'
import {MlpipeError} from '../diagnostics/mlpipe-error.ts'
import {recordSchema} from '../spec/fields.ts'
import {suggestKey, suggestKind} from '../spec/other-words.ts'
import {specFields} from '../spec/parse-spec.ts'
import {type KeyReference, keyReferences} from '../spec/reference/key-reference.ts'
import {kindSchema, triggerKindSchema, type WrittenKindName} from '../spec/reference/schema.ts'
import {stepKindExamples} from '../spec/reference/step-kind-examples.ts'
import {triggerKindExamples} from '../spec/reference/trigger-kind-examples.ts'
import {stepKindDescriptions, writtenKindNames} from '../spec/step-kinds.ts'
import {type TriggerKindName, triggerKindDescriptions, triggerKindNames} from '../spec/triggers/trigger-kinds.ts'

export type CodeExplanation = {
  readonly kind: 'code'
  readonly code: string
  readonly text: string
  readonly wrong: string
  readonly right: string
}

export type StepTypeExplanation = {
  readonly kind: 'step-type'
  readonly name: WrittenKindName
  /** SageMaker's name of the step type. */
  readonly stepType: string
  readonly description: string
  readonly keys: readonly KeyReference[]
  /** What `${steps.<name>.…}` can end in. */
  readonly references: readonly string[]
  readonly example: string
}

/** Asked for as `triggers.schedule`: some kinds have the name of a step type. */
export type TriggerKindExplanation = {
  readonly kind: 'trigger-kind'
  readonly name: TriggerKindName
  readonly description: string
  readonly keys: readonly KeyReference[]
  readonly example: string
}

export type KeyExplanation = KeyReference & {readonly kind: 'key'; readonly path: string}

export type ExplainIndex = {
  readonly kind: 'index'
  readonly codes: readonly string[]
  readonly stepTypes: readonly {readonly name: string; readonly description: string}[]
  readonly triggerKinds: readonly {readonly name: string; readonly description: string}[]
  readonly keys: readonly {readonly name: string; readonly description: string}[]
}

export type ExplainResult = {readonly formatVersion: 1} & (
  | CodeExplanation
  | StepTypeExplanation
  | TriggerKindExplanation
  | KeyExplanation
  | ExplainIndex
)

export function explain(topic: string | undefined): ExplainResult {
  const found = topic === undefined ? index() : findTopic(topic)
  if (!found) throw unknownTopic(topic ?? '')
  return {formatVersion: 1, ...found}
}

function findTopic(topic: string) {
  return explainCode(topic) ?? explainStepType(topic) ?? explainTriggerKind(topic) ?? explainKey(topic)
}

function index(): ExplainIndex {
  return {
    kind: 'index',
    codes: [...diagnosticCodes].sort(),
    stepTypes: writtenKindNames.map((name) => ({name, description: stepKindDescriptions[name]})),
    triggerKinds: triggerKindNames.map((name) => ({
      name: `triggers.${name}`,
      description: triggerKindDescriptions[name],
    })),
    keys: topKeys().map(({name, description}) => ({name, description})),
  }
}

function explainCode(topic: string): CodeExplanation | undefined {
  const code = diagnosticCodes.find((known) => known === topic)
  return code && {kind: 'code', code, ...explanations[code]}
}

function explainStepType(topic: string): StepTypeExplanation | undefined {
  const name = writtenKindNames.find((known) => known === topic)
  if (!name) return undefined
  // A deploy step is three steps, of which the endpoint has its name.
  const {type, propertyNames} = stepCompilers[name === 'deploy' ? 'endpoint' : name]
  return {
    kind: 'step-type',
    name,
    stepType: name === 'deploy' ? 'Model, EndpointConfig, Endpoint' : type,
    description: stepKindDescriptions[name],
    keys: kindKeys(name),
    references: propertyNames,
    example: stepKindExamples[name],
  }
}

function explainTriggerKind(topic: string): TriggerKindExplanation | undefined {
  const name = triggerKindNames.find((known) => `triggers.${known}` === topic)
  if (!name) return undefined
  return {
    kind: 'trigger-kind',
    name,
    description: triggerKindDescriptions[name],
    keys: keyReferences(triggerKindSchema(name)),
    example: triggerKindExamples[name],
  }
}

/** `training.inputs.from`, `targets.region`, `triggers.s3.suffix`: a step type or a key at the top of the spec, then keys. */
function explainKey(topic: string): KeyExplanation | undefined {
  const [first = '', ...rest] = topic.split('.')
  const kind = writtenKindNames.find((known) => known === first)
  const path = kind ? rest : [first, ...rest]
  let keys: readonly KeyReference[] = kind ? kindKeys(kind) : topKeys()
  let found: KeyReference | undefined
  for (const name of path) {
    found = keys.find((key) => key.name === name)
    if (!found) return undefined
    keys = found.keys
  }
  return found && {kind: 'key', path: topic, ...found}
}

function topKeys(): KeyReference[] {
  return keyReferences(recordSchema(specFields)).map((key) =>
    key.name === 'triggers' ? {...key, keys: triggerKindNames.map(triggerKindKey)} : key,
  )
}

/** A kind as a key of `triggers`, with its own keys below. */
function triggerKindKey(name: TriggerKindName): KeyReference {
  const keys = keyReferences(triggerKindSchema(name))
  const form = keys.find((key) => key.name === name)?.form ?? ''
  return {name, isRequired: false, description: triggerKindDescriptions[name], form, keys}
}

function kindKeys(name: WrittenKindName): KeyReference[] {
  const keys = keyReferences(kindSchema(name))
  // What must be there comes first; otherwise the order of the tables stays.
  return keys.sort((a, b) => Number(b.isRequired) - Number(a.isRequired))
}

function unknownTopic(topic: string): MlpipeError {
  const [head, meant] = nearestTopic(topic)
  const known = meant === undefined ? '' : `: did you mean "${meant}"?`
  return new MlpipeError({
    code: 'unknown-topic',
    message: `there is no diagnostic code, step type or key "${topic}"${known}`,
    nextSteps: [head === '' ? 'mlpipe explain  (lists everything)' : `mlpipe explain ${head}  (lists its keys)`],
  })
}

/** The part of a path that is there, and the whole path with the nearest name behind it. */
function nearestTopic(topic: string): [head: string, meant: string | undefined] {
  const dot = topic.lastIndexOf('.')
  const head = topic.slice(0, Math.max(0, dot))
  const inner = explainStepType(head) ?? explainTriggerKind(head) ?? explainKey(head)
  if (inner) {
    const names = inner.keys.map(({name}) => name)
    const name = suggestKey(topic.slice(dot + 1), names)
    return [head, name && `${head}.${name}`]
  }
  const names = [...diagnosticCodes, ...writtenKindNames, ...topKeys().map(({name}) => name)]
  return ['', suggestKind(topic, names)]
}
