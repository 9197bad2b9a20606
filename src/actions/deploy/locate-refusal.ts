// Where in the spec stands what the service has refused.

import type {ServiceError} from '../../cloud/service-error.ts'
import {flattenSteps} from '../../definition/flat-steps.ts'
import {isJsonObject, type Json} from '../../definition/json.ts'
import type {StepDefinition} from '../../definition/types.ts'
import {amended, MlpipeError} from '../../diagnostics/mlpipe-error.ts'
import {readDefinition} from '../executions/definition-outline.ts'
import type {Deployment} from './deployment.ts'

/** A ValidationException with the line of the step or member that its text names; any other error as it is. */
export function locateRefusal(error: unknown, {definition, file, lines}: Deployment): unknown {
  if (!lines || !isValidation(error)) return error
  const parsed = readDefinition(definition)
  const steps = parsed ? flattenSteps(parsed).map(({step}) => step) : []
  const text = error.cause instanceof Error ? error.cause.message : error.message
  const place = namedStep(text, steps) ?? quotedValue(text, steps)
  const line = place && lines.step(place.step, place.path)
  if (!place || line === undefined) return error
  return amended(error, {message: `${error.message} (${file}:${line}, step "${place.step}")`})
}

function isValidation(error: unknown): error is ServiceError {
  return error instanceof MlpipeError && 'awsError' in error && error.awsError === 'ValidationException'
}

type StepPlace = {readonly step: string; readonly path: string}

/** `… step 'Train' …`, `Steps.Train.Arguments.RoleArn`: of several names the longest, which may hold another. */
function namedStep(text: string, steps: readonly StepDefinition[]): StepPlace | undefined {
  const named = steps.map(({Name}) => Name).filter((name) => isNamed(text, name))
  const [step] = named.sort((a, b) => b.length - a.length)
  if (step === undefined) return undefined
  const [path = ''] = /\b(?:Arguments|CacheConfig|RetryPolicies|PropertyFiles|DependsOn)\b[\w.[\]']*/.exec(text) ?? []
  return {step, path: path.replace(/[.']+$/, '')}
}

/** A step may be called `a` or `model`: such a word counts only where the text says that it is a name. */
function isNamed(text: string, name: string): boolean {
  const escaped = name.replace(/[-_]/g, '[-_]')
  return new RegExp(`['"\`]${escaped}['"\`]|\\b[Ss]teps?[ ./:]+\\[?['"]?${escaped}(?![\\w-])`).test(text)
}

/** `Value 'FastFile' for 'ProcessingS3InputMode' failed …`: the member or value, where one step alone has it. */
function quotedValue(text: string, steps: readonly StepDefinition[]): StepPlace | undefined {
  const quoted = [...text.matchAll(/'([^']+)'/g)].map(([, word = '']) => word)
  for (const word of quoted) {
    const places = steps.flatMap(({Name, Arguments}) =>
      pathsTo(word, Arguments, 'Arguments').map((path) => ({step: Name, path})),
    )
    const [only, another] = places
    if (only && !another) return only
  }
  return undefined
}

function pathsTo(word: string, value: Json, path: string): string[] {
  if (value === word) return [path]
  if (Array.isArray(value)) return value.flatMap((item, index) => pathsTo(word, item, `${path}[${index}]`))
  if (!isJsonObject(value)) return []
  return Object.entries(value).flatMap(([key, inner]) => pathsTo(word, inner, `${path}.${key}`))
}
