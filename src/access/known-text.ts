// The texts of a definition as far as they are known before a run: parameters at their defaults, the pipeline's own name,
// and a mark for everything that only the run can tell.

import {joinText} from '../definition/evaluate.ts'
import {isJsonObject, type Json} from '../definition/json.ts'
import {getText, parseGet} from '../definition/references.ts'
import type {ParameterDefinition} from '../definition/types.ts'

/** Stands for what only the run can tell: a character for private use, which no text of a definition has. */
export const unknownMark = '\uE000'

export type Known = {
  readonly pipelineName: string
  readonly parameters: ReadonlyMap<string, ParameterDefinition>
}

export type FoundText = {
  /** The names of the members that lead to it. */
  readonly path: readonly string[]
  readonly text: string
  /** The parameter whose value it is, when it is nothing else. */
  readonly parameter?: string
}

/** Every text within a value; a function (Get, Std:Join) is one text, and what it has inside is not looked at again. */
export function textsIn(value: Json | undefined, known: Known, path: readonly string[] = []): FoundText[] {
  if (value === undefined || value === null) return []
  if (Array.isArray(value)) return value.flatMap((element: Json) => textsIn(element, known, path))
  if (!isJsonObject(value)) return typeof value === 'string' ? [{path, text: value}] : []

  const get = getText(value)
  if (get !== undefined) return [getFound(get, known, path)]
  if (isJsonObject(value['Std:Join'])) return [{path, text: knownText(value, known)}]
  const jsonGet = value['Std:JsonGet']
  if (isJsonObject(jsonGet)) return textsIn(jsonGet.S3Uri, known, [...path, 'S3Uri'])
  return Object.entries(value).flatMap(([name, member]) => textsIn(member, known, [...path, name]))
}

/** The value as text, with marks where it is not known. */
export function knownText(value: Json | undefined, known: Known): string {
  if (value === undefined || value === null) return ''
  const get = getText(value)
  if (get !== undefined) return referredText(get, known)
  if (!isJsonObject(value)) return Array.isArray(value) ? unknownMark : joinText(value)
  const join = value['Std:Join']
  if (!isJsonObject(join) || !Array.isArray(join.Values)) return unknownMark
  return join.Values.map((part: Json) => knownText(part, known)).join(knownText(join.On, known))
}

function getFound(get: string, known: Known, path: readonly string[]): FoundText {
  const reference = parseGet(get)
  const text = referredText(get, known)
  return {path, text, ...(reference?.kind === 'parameter' ? {parameter: reference.name} : {})}
}

function referredText(get: string, {parameters, pipelineName}: Known): string {
  const reference = parseGet(get)
  if (reference?.kind === 'execution' && reference.variable === 'PipelineName') return pipelineName
  if (reference?.kind !== 'parameter') return unknownMark
  const value = parameters.get(reference.name)?.DefaultValue
  return value === undefined ? unknownMark : joinText(value)
}

/** The text up to what is not known of it; `*` follows in a policy where it is not whole. */
export function knownPattern(text: string): string {
  const end = text.indexOf(unknownMark)
  return end === -1 ? text : `${text.slice(0, end)}*`
}

export function isWhole(text: string): boolean {
  return text !== '' && !text.includes(unknownMark)
}
