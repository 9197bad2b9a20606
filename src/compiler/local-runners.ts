// How the embedded engine is to run the steps, carried in the definition's Metadata for the target `local` only: the engine
// reads the deployed JSON and never the spec. A member `local-<step>` holds JSON text; no key of the cache sees it.

import {isJsonObject, type Json, type JsonObject, plainJson} from '../definition/json.ts'
import type {Entry} from '../spec/fields.ts'
import type {PipelineSpec, StepSpec} from '../spec/pipeline-spec.ts'
import type {Located, Value} from '../spec/value.ts'
import type {LocalPath, Scope, StepScope} from './context.ts'
import {uploadLocal} from './local-content.ts'
import {compileValue} from './values/compile-value.ts'

export function localMetadata(spec: PipelineSpec, scope: Scope): JsonObject {
  if (scope.target.kind !== 'local') return {}
  const entries = spec.steps.flatMap((step) => {
    const hints = localHints(step, {...scope, stepName: step.name})
    return Object.keys(hints).length === 0 ? [] : [[`local-${step.name}`, JSON.stringify(hints)] as const]
  })
  return Object.fromEntries(entries)
}

/** The files of local Lambda functions. */
export function handlerPaths(steps: readonly StepSpec[], scope: Scope): LocalPath[] {
  if (scope.target.kind !== 'local') return []
  return steps.flatMap((step) => {
    const handler = 'local' in step ? step.local?.handler : undefined
    return handler ? [{path: splitHandler(handler).file, use: 'code' as const, range: handler.range}] : []
  })
}

function localHints(step: StepSpec, scope: StepScope): JsonObject {
  const own = 'local' in step ? step.local : undefined
  const runner = own?.runner ?? ('local' in step ? scope.defaults.local?.runner : undefined)
  return {
    ...(runner ? {runner: runner.value} : {}),
    ...(own?.handler ? localHandler(own.handler, scope) : {}),
    ...(own?.reports ? {reports: literals(own.reports, scope)} : {}),
    ...(own?.metrics ? {metrics: Object.fromEntries(own.metrics.map(({name, value}) => [name, value.value]))} : {}),
    ...(own?.outputs ? {outputs: literals(own.outputs, scope)} : {}),
    ...(own?.properties ? {properties: asObject(plainJson(compileValue(own.properties, scope)))} : {}),
  }
}

function localHandler(handler: Located<string>, scope: StepScope): JsonObject {
  const {file, name} = splitHandler(handler)
  const uri = uploadLocal(file, 'code', scope)
  return uri === undefined ? {} : {handler: {uri, function: name}}
}

function literals(entries: readonly Entry<Value>[], scope: StepScope): JsonObject {
  return Object.fromEntries(entries.map(({name, value}) => [name, plainJson(compileValue(value, scope))]))
}

function asObject(value: Json): JsonObject {
  return isJsonObject(value) ? value : {}
}

/** `src/notify.py:handler`; the function is `handler` when none is named. */
function splitHandler({value}: Located<string>): {readonly file: string; readonly name: string} {
  const [, file = value, name = 'handler'] = /^(.*\.\w+):(\w+)$/.exec(value) ?? []
  return {file, name}
}
