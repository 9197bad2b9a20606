// Texts of a definition as far as they are known of the executions that a trigger starts: its constants, the defaults of what
// it does not give, and the bucket that it waits for.

import {evaluate, joinText, type Resolver} from '../definition/evaluate.ts'
import {isJsonObject, type Json} from '../definition/json.ts'
import type {PipelineDefinition} from '../definition/types.ts'
import {parseEventPath} from '../events/event-path.ts'
import type {TriggerParameter, TriggerSource} from './trigger.ts'

export type Started = {
  readonly pipelineName: string
  readonly definition: PipelineDefinition
  /** As the trigger gives them. */
  readonly parameters: readonly TriggerParameter[]
  readonly source: TriggerSource | undefined
}

/** The text from its beginning; when it is not whole, only the event or the run can tell how it goes on. */
type KnownText = {readonly text: string; readonly isWhole: boolean}

export function knownText(value: Json | undefined, started: Started): KnownText {
  return value === undefined ? nothing : textOf(value, resolverOf(started))
}

const nothing: KnownText = {text: '', isWhole: false}

function textOf(value: Json, resolver: Resolver): KnownText {
  const join = isJsonObject(value) ? value['Std:Join'] : undefined
  if (isJsonObject(join) && Array.isArray(join.Values)) {
    return joined(join.Values, textOf(join.On ?? '', resolver).text, resolver)
  }
  const result = evaluate(value, resolver)
  return result.kind === 'known' ? {text: joinText(result.value), isWhole: true} : nothing
}

function joined(values: readonly Json[], on: string, resolver: Resolver): KnownText {
  let text = ''
  for (const [index, value] of values.entries()) {
    const part = textOf(value, resolver)
    text += `${index === 0 ? '' : on}${part.text}`
    if (!part.isWhole) return {text, isWhole: false}
  }
  return {text, isWhole: true}
}

function resolverOf({pipelineName, definition, parameters, source}: Started): Resolver {
  const unknown = {kind: 'unknown', reason: 'only the run can tell'} as const
  const known = (value: Json) => ({kind: 'known', value}) as const
  return (reference) => {
    if (reference.kind === 'execution') return reference.variable === 'PipelineName' ? known(pipelineName) : unknown
    if (reference.kind !== 'parameter') return unknown
    const given = parameters.find(({name}) => name === reference.name)?.value
    if (given === undefined) {
      const value = definition.Parameters.find(({Name}) => Name === reference.name)?.DefaultValue
      return value === undefined ? unknown : known(value)
    }
    const path = parseEventPath(given)
    if (path && source?.kind === 's3' && path.join('.') === 'detail.bucket.name') return known(source.bucket)
    return path ? unknown : known(given)
  }
}
