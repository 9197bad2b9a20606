// `fingerprint: true` on an input: a parameter for the digest of its data, and a variable that puts it into the step's key.

import {fingerprintParameter, fingerprintVariable, unseenFingerprint} from '../definition/fingerprints.ts'
import type {JsonObject} from '../definition/json.ts'
import type {ParameterDefinition} from '../definition/types.ts'
import type {Range} from '../diagnostics/diagnostic.ts'
import type {Entry} from '../spec/fields.ts'
import type {DefaultsSpec, PipelineSpec, ProcessingSpec, TrainingSpec} from '../spec/pipeline-spec.ts'
import type {InputSpec} from '../spec/shapes/shapes.ts'
import {type Reference, referencesIn} from '../spec/value.ts'
import {maximumParameters} from './compile-parameters.ts'
import type {Scope, StepScope} from './context.ts'
import {isUri} from './local-content.ts'
import {memberPath, type Place} from './place.ts'
import {staticText} from './values/compile-value.ts'

type JobSpec = ProcessingSpec | TrainingSpec

/** The variables of a step's fingerprints; their parameters are noted in the scope. */
export function fingerprintEnvironment(step: JobSpec, scope: StepScope): JsonObject {
  const environment: Record<string, JsonObject> = {}
  const taken = new Set([...(scope.defaults.env ?? []), ...(step.env ?? [])].map(({name}) => name))
  for (const {name, value: input} of step.inputs ?? []) {
    const range = wantedAt(input, scope.defaults)
    if (!range || !canBeSeen(name, input, scope)) continue
    const variable = fingerprintVariable(name)
    if (taken.has(variable)) reportTaken(`the environment variable ${variable}`, range, scope)
    taken.add(variable)
    const parameter = fingerprintParameter(step.name, name)
    noteParameter({name: parameter, range, input: name}, scope)
    environment[variable] = {Get: `Parameters.${parameter}`}
  }
  return environment
}

/** The parameters of all fingerprints, in the order of the steps and their inputs. */
export function fingerprintParameters(scope: Scope): ParameterDefinition[] {
  const fingerprints = [...scope.fingerprints.values()]
  const room = maximumParameters - scope.parameters.size
  const over = room < 0 ? undefined : fingerprints[room]
  if (over) {
    const count = scope.parameters.size + fingerprints.length
    const message = `with its fingerprints the pipeline has ${count} parameters; SageMaker allows ${maximumParameters}`
    scope.findings.error('out-of-range', over.range, message)
  }
  return fingerprints.map(({name, step, input}) => ({
    Name: name,
    Type: 'String',
    DefaultValue: unseenFingerprint,
    Description: `digest of the data of input "${input}" of step "${step}"; mlpipe run gives it`,
  }))
}

/** What in the spec asks for the fingerprints of a step. */
export function fingerprintPlaces(step: JobSpec, {defaults}: {readonly defaults: DefaultsSpec}): Place[] {
  return (step.inputs ?? []).map(({name, value}) => [
    memberPath('Environment', fingerprintVariable(name)),
    wantedAt(value, defaults),
  ])
}

/** What in the spec asks for the fingerprint with this parameter. */
export function fingerprintRange(spec: PipelineSpec, parameter: string): Range | undefined {
  const jobs = spec.steps.filter((step) => step.kind === 'processing' || step.kind === 'training')
  return jobs
    .flatMap((step) => (step.inputs ?? []).map((input) => ({step, input})))
    .filter(({step, input}) => fingerprintParameter(step.name, input.name) === parameter)
    .map(({input}: {input: Entry<InputSpec>}) => wantedAt(input.value, spec.defaults))
    .find((range) => range !== undefined)
}

/** Where a fingerprint is asked for; undefined when it is not. */
function wantedAt({fingerprint}: InputSpec, defaults: DefaultsSpec): Range | undefined {
  const asked = fingerprint ?? defaults.fingerprint
  return asked?.value ? asked.range : undefined
}

/** References whose values are known before a run begins. */
const knownRoots: ReadonlySet<Reference['root']> = new Set(['parameters', 'pipeline', 'target', 'env'])

/** Whether there is something to look at before a run. What `defaults:` asks for is passed over where there is not. */
function canBeSeen(name: string, {from, fingerprint}: InputSpec, scope: StepScope): boolean {
  if (!from) return false
  const text = staticText(from, scope)
  if (text !== undefined) {
    if (text.startsWith('s3://')) return true
    if (fingerprint && !isUri(text)) {
      const message = `the data of "${name}" counts by its content already: a local path is uploaded under its hash`
      scope.findings.warning('needless-fingerprint', fingerprint.range, message, {help: 'leave it out'})
    }
    return false
  }
  const maker = referencesIn(from).find(({root}) => !knownRoots.has(root))
  if (!maker) return true
  if (fingerprint) {
    const [first] = maker.parts
    const isMade = maker.root === 'steps' && first?.kind === 'name'
    const why = isMade ? `step "${first.name}" makes it` : `${maker.text} is not known before`
    const message = `the data of "${name}" cannot have a fingerprint: ${why}, and a fingerprint is taken before the run`
    const help = isMade
      ? `leave it out: "${first.name}" writes to a new place whenever it runs`
      : 'leave it out: the URI is new in every execution, and so the step reruns anyway'
    scope.findings.error('unknown-fingerprint', fingerprint.range, message, {help})
  }
  return false
}

function noteParameter({name, range, input}: {name: string; range: Range; input: string}, scope: StepScope): void {
  if (scope.parameters.has(name) || scope.fingerprints.has(name)) reportTaken(`the parameter "${name}"`, range, scope)
  scope.fingerprints.set(name, {name, range, input, step: scope.stepName})
}

function reportTaken(what: string, range: Range, scope: Scope): void {
  scope.findings.error('name-collision', range, `${what}, which the fingerprint needs, is taken`, {
    help: 'give the input another name',
  })
}
