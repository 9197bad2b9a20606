// Why the conditions of an execution came out as they did: the values that were compared, put together again from its reports,
// its parameters, and what its gates read of the champion then.

import type {Cloud, ExecutionStep, NameValue} from '../../cloud/ports.ts'
import {championRequirement, conditionsOf, formulaText, isBeyond} from '../../definition/champion-thresholds.ts'
import {comparedValues, describeCondition} from '../../definition/condition-words.ts'
import {evaluateCondition} from '../../definition/conditions.ts'
import {evaluate, type Resolver} from '../../definition/evaluate.ts'
import {flattenSteps} from '../../definition/flat-steps.ts'
import type {Json} from '../../definition/json.ts'
import {objectAt, textAt} from '../../definition/json-members.ts'
import {formatReference} from '../../definition/references.ts'
import type {PipelineDefinition, StepDefinition} from '../../definition/types.ts'
import {typedParameters} from '../forecast/run-history.ts'
import {championRecord} from '../gates/champion-records.ts'
import type {ComparisonReport, ConditionReport} from './execution-report.ts'

export type DecidedInput = {
  readonly definition: PipelineDefinition
  readonly steps: readonly ExecutionStep[]
  readonly parameters: readonly NameValue[]
  /** The reports of its steps, by the text of the Get that names them. */
  readonly documents: ReadonlyMap<string, Json>
}

/** Conditions of which nothing can be said again are left out. */
export async function decidedConditions(input: DecidedInput, cloud: Cloud): Promise<ConditionReport[]> {
  const outcomes = new Map(input.steps.map((step) => [step.name, step]))
  const reports: ConditionReport[] = []
  for (const {step} of flattenSteps(input.definition)) {
    const ended = outcomes.get(step.Name)
    if (ended?.outcome === undefined) continue
    const resolver = resolverOf(input, await readRecords(step, ended, cloud))
    const comparisons = conditionsOf(step).flatMap(
      (condition) => explainCondition(condition, step.Name, resolver) ?? [],
    )
    if (comparisons.length > 0) reports.push({step: step.Name, result: ended.outcome === 'True', comparisons})
  }
  return reports
}

/** What the champion's object held when the condition was decided, by its URI. */
async function readRecords(step: StepDefinition, {endedAtMs, startedAtMs}: ExecutionStep, cloud: Cloud) {
  const records = new Map<string, Json>()
  const atMs = endedAtMs ?? startedAtMs
  const uris = conditionsOf(step).flatMap((condition) => championRequirement(condition, step.Name)?.uri ?? [])
  for (const uri of new Set(uris)) {
    const record = atMs === undefined ? undefined : await championRecord(uri, atMs, cloud)
    if (record) records.set(uri, record)
  }
  return records
}

function resolverOf(
  {definition, parameters: given, documents}: DecidedInput,
  records: ReadonlyMap<string, Json>,
): Resolver {
  const parameters = typedParameters(definition, given)
  return (reference) => {
    const text = formatReference(reference)
    const known = {
      parameter: () => (reference.kind === 'parameter' ? parameters.get(reference.name) : undefined),
      propertyFile: () => documents.get(text),
      s3Json: () => records.get(text),
    }
    const value = Object.hasOwn(known, reference.kind) ? known[reference.kind as keyof typeof known]() : undefined
    return value === undefined ? {kind: 'unknown', reason: text} : {kind: 'known', value}
  }
}

/** Undefined where a value is not known, or more than two are put together. */
export function explainCondition(condition: Json, stepName: string, resolver: Resolver): ComparisonReport | undefined {
  const compared = comparedValues(condition)
  const result = evaluateCondition(condition, resolver)
  if (!compared || result.kind !== 'known') return undefined
  const left = evaluate(compared.left, resolver)
  const right = evaluate(compared.right, resolver)
  if (left.kind === 'unknown' || right.kind === 'unknown') return undefined
  const text = describeCondition(condition, stepName)
  const {sign} = compared
  const asks = championRequirement(condition, stepName)
  const document = asks && resolver({kind: 's3Json', uri: asks.uri})
  const champion = document?.kind === 'known' ? objectAt(document.value, 'champion') : {}
  const metric = asks && objectAt(champion, 'metrics')[asks.requirement.metric]
  const model = textAt(champion, 'model')
  const isOpen = asks !== undefined && typeof right.value === 'number' && isBeyond(right.value)
  const how = asks?.requirement.sign && metric !== undefined ? `: ${formulaText(asks.requirement, String(metric))}` : ''
  const from = model === undefined ? '' : ` (champion ${model}${how})`
  const [subject = '', ...rest] = text.split(` ${sign} `)
  const said = `${subject} ${JSON.stringify(left.value)} ${result.value ? '' : 'is not '}${sign} `
  return {
    text,
    left: left.value,
    sign,
    right: right.value,
    holds: result.value,
    ...(model === undefined ? {} : {champion: {model, ...(typeof metric === 'number' ? {value: metric} : {})}}),
    told: isOpen
      ? `${said}${rest.join(` ${sign} `)} (there was no champion)`
      : `${said}${JSON.stringify(right.value)}${from}`,
  }
}
