// The members of a step beside its Arguments: the shapes that everything else relies on, and what their values may be.
// Sources: SageMaker Python SDK, workflow/steps.py, lambda_step.py, callback_step.py and retry.py; AWS's JSON schema of pipeline definitions.

import {isJsonObject, type Json, type JsonObject} from './json.ts'

const shapes: Readonly<Record<string, (value: Json, step: string) => string | undefined>> = {
  DependsOn: checkDependsOn,
  CacheConfig: checkCacheConfig,
  RetryPolicies: checkRetryPolicies,
  PropertyFiles: checkPropertyFiles,
  OutputParameters: checkOutputParameters,
  DisplayName: (value, step) =>
    typeof value === 'string' ? undefined : `DisplayName of step "${step}" must be a String`,
  Description: (value, step) =>
    typeof value === 'string' ? undefined : `Description of step "${step}" must be a String`,
}

/** What a step of the type cannot do without. */
const required = new Map<Json | undefined, string>([
  ['Lambda', 'FunctionArn'],
  ['Callback', 'SqsQueueUrl'],
])

/** What is wrong with it, if anything is; null is as good as nothing. */
export function checkEnvelope(step: JsonObject, name: string): string | undefined {
  for (const [key, check] of Object.entries(shapes)) {
    const value = step[key]
    const problem = isPresent(value) ? check(value, name) : undefined
    if (problem) return problem
  }
  const needed = required.get(step.Type)
  return needed !== undefined && !isPresent(step[needed]) ? `step "${name}" needs a ${needed}` : undefined
}

function checkDependsOn(value: Json, step: string): string | undefined {
  const isNames = Array.isArray(value) && value.every((name: Json) => typeof name === 'string')
  return isNames ? undefined : `DependsOn of step "${step}" must be a list of step names`
}

function checkCacheConfig(value: Json, step: string): string | undefined {
  if (!isJsonObject(value)) return `CacheConfig of step "${step}" must be an object`
  if (typeof value.Enabled !== 'boolean') return `CacheConfig of step "${step}" needs Enabled, true or false`
  return !isPresent(value.ExpireAfter) || typeof value.ExpireAfter === 'string'
    ? undefined
    : `ExpireAfter in the CacheConfig of step "${step}" must be a String`
}

/**
 * The published schema types ExceptionType as one text, the SDK writes a list: both are read.
 * Source: Developer Guide, "Retry Policy for Pipeline Steps"; SageMaker Python SDK, workflow/retry.py.
 */
function checkRetryPolicies(value: Json, step: string): string | undefined {
  const policies = listOfObjects(value)
  const arePolicies = policies?.every(
    (policy) =>
      listOfTexts(policy.ExceptionType ?? null) !== undefined &&
      [...Object.keys(retryLimits), 'BackoffRate'].every(
        (key) => !isPresent(policy[key]) || typeof policy[key] === 'number',
      ),
  )
  if (!policies || !arePolicies)
    return `RetryPolicies of step "${step}" must be a list of objects with an ExceptionType and numbers`
  return policies.map((policy) => checkRetryLimits(policy, step)).find((problem) => problem !== undefined)
}

/** Whole numbers from 0 up to these. */
const retryLimits: Readonly<Record<string, number>> = {IntervalSeconds: 43_200, MaxAttempts: 20, ExpireAfterMin: 14_400}

function checkRetryLimits(policy: JsonObject, step: string): string | undefined {
  for (const [key, most] of Object.entries(retryLimits)) {
    const value = policy[key] ?? 0
    if (typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= most) continue
    return `${key} in the RetryPolicies of step "${step}" must be a whole number from 0 to ${most}`
  }
  return isPresent(policy.MaxAttempts) && isPresent(policy.ExpireAfterMin)
    ? `a policy in the RetryPolicies of step "${step}" has both MaxAttempts and ExpireAfterMin: it takes one of them`
    : undefined
}

function checkPropertyFiles(value: Json, step: string): string | undefined {
  const areFiles = listOfObjects(value)?.every((file) =>
    ['PropertyFileName', 'OutputName', 'FilePath'].every((key) => typeof file[key] === 'string'),
  )
  return areFiles
    ? undefined
    : `PropertyFiles of step "${step}" must be a list of {PropertyFileName, OutputName, FilePath}`
}

const outputTypes: readonly Json[] = ['String', 'Integer', 'Float', 'Boolean']

/** Of Lambda and Callback steps. */
function checkOutputParameters(value: Json, step: string): string | undefined {
  const outputs = listOfObjects(value)
  const areOutputs = outputs?.every(
    ({OutputName, OutputType}) => typeof OutputName === 'string' && outputTypes.includes(OutputType ?? null),
  )
  if (!outputs || !areOutputs) {
    return `OutputParameters of step "${step}" must be a list of {OutputName, OutputType}, of type String, Integer, Float or Boolean`
  }
  const names = outputs.map(({OutputName}) => OutputName)
  const twice = names.find((name, index) => names.indexOf(name) < index)
  return twice === undefined ? undefined : `OutputParameters of step "${step}" has ${JSON.stringify(twice)} twice`
}

/** What is in it, where that is objects and nothing else. */
function listOfObjects(value: Json): readonly JsonObject[] | undefined {
  return Array.isArray(value) && value.every(isJsonObject) ? value : undefined
}

/** One text, or a list of them. */
export function listOfTexts(value: Json): string[] | undefined {
  if (typeof value === 'string') return [value]
  return Array.isArray(value) && value.every((text: Json) => typeof text === 'string') ? [...value] : undefined
}

export function isPresent(value: Json | undefined): value is Json {
  return value !== undefined && value !== null
}
