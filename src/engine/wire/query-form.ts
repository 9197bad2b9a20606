// The input of the query protocol: a form in which the place of a value in the request is its name, as in
// `Tags.member.2.Key`. Every value is text; the operation's table says what it stands for.

import type {Json, JsonObject} from '../../definition/json.ts'
import type {Rule, Shape} from '../validations/shape.ts'

export type Form = ReadonlyMap<string, string>

export function parseForm(text: string): Form {
  return new Map(new URLSearchParams(text))
}

/** The request that the form stands for; what is not in the table is left out. */
export function readForm(form: Form, shape: Shape): JsonObject {
  return readMembers(form, shape, '')
}

function readMembers(form: Form, shape: Shape, path: string): JsonObject {
  const members: Record<string, Json> = {}
  for (const [name, rule] of Object.entries(shape)) {
    const value = readValue(form, rule, path + name)
    if (value !== undefined) members[name] = value
  }
  return members
}

function readValue(form: Form, rule: Rule, path: string): Json | undefined {
  if (rule.kind === 'list') return readList(form, rule.of, path)
  if (rule.kind === 'structure') return isThere(form, path) ? readMembers(form, rule.members, `${path}.`) : undefined
  const text = form.get(path)
  return text === undefined ? undefined : readScalar(text, rule)
}

/** A list without items is written as an empty value. */
function readList(form: Form, rule: Rule, path: string): Json[] | undefined {
  const items: Json[] = []
  for (let number = 1; ; number += 1) {
    const item = readValue(form, rule, `${path}.member.${number}`)
    if (item === undefined) break
    items.push(item)
  }
  return items.length > 0 || form.has(path) ? items : undefined
}

function isThere(form: Form, path: string): boolean {
  return [...form.keys()].some((name) => name.startsWith(`${path}.`))
}

/** What is no number stays text, which the table refuses. */
function readScalar(text: string, rule: Rule): Json {
  if (rule.kind === 'integer' && /^-?\d{1,15}$/.test(text)) return Number(text)
  if (rule.kind === 'double' && text.trim() !== '' && Number.isFinite(Number(text))) return Number(text)
  if (rule.kind === 'timestamp' && !Number.isNaN(Date.parse(text))) return Date.parse(text) / 1000
  if (rule.kind === 'boolean' && (text === 'true' || text === 'false')) return text === 'true'
  return text
}
