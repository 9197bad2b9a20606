// The keys of a mapping in words, out of the schema that its readers carry: for `explain` and the reference in the README.

import type {JsonSchema} from '../fields.ts'

export type KeyReference = {
  readonly name: string
  readonly isRequired: boolean
  readonly description: string
  /** What may stand there: `text`, `list of value`, `text or {dir, entry}`. */
  readonly form: string
  /** The keys of the mapping that may stand there. */
  readonly keys: readonly KeyReference[]
}

export function keyReferences(schema: JsonSchema): KeyReference[] {
  const required = listOf(schema['required'])
  return Object.entries(mapOf(schema['properties'])).map(([name, property]) => ({
    name,
    isRequired: required.includes(name),
    description: typeof property['description'] === 'string' ? property['description'] : '',
    form: formOf(property),
    keys: records(property).flatMap(keyReferences),
  }))
}

/** The mappings with known keys that a schema allows, also inside lists and below free names. */
function records(schema: JsonSchema): JsonSchema[] {
  if ('$comment' in schema) return []
  const forms = alternatives(schema)
  if (forms) return unique(forms.flatMap(records), (form) => Object.keys(mapOf(form['properties'])).join())
  if (schema['properties']) return [schema]
  return [schema['items'], schema['additionalProperties']].flatMap((inner) => (isSchema(inner) ? records(inner) : []))
}

/** What a schema takes, in a few words. A *value* may hold references, a *text* may not. */
export function formOf(schema: JsonSchema): string {
  if ('$comment' in schema) return 'value'
  const forms = alternatives(schema)
  if (forms) return joined(unique(forms.map(formOf), (form) => form))
  if ('const' in schema) return String(schema['const'])
  if (Array.isArray(schema['enum'])) return oneOfThese(schema['enum'])
  if (typeof schema['$ref'] === 'string') return schema['$ref'].replace(/^.*\//, '')
  return typedForm(schema)
}

function typedForm(schema: JsonSchema): string {
  const {type, minimum, maximum} = schema
  switch (type) {
    case 'object':
      return mappingForm(schema)
    case 'array':
      return `list of ${isSchema(schema['items']) ? grouped(formOf(schema['items'])) : 'anything'}`
    case 'boolean':
      return 'true or false'
    case 'integer':
      return `whole number from ${String(minimum)} to ${String(maximum)}`
    case 'number':
      return Number(maximum) < Number.MAX_VALUE ? `number from ${String(minimum)} to ${String(maximum)}` : 'number'
    case 'null':
      return 'nothing'
    default:
      return type === undefined ? 'anything' : textForm(schema)
  }
}

function textForm(schema: JsonSchema): string {
  return Array.isArray(schema['examples']) ? `duration such as ${schema['examples'][0]}` : 'text'
}

/** The simple forms first; one thing, or several of its kind, are said in one. */
function joined(forms: readonly string[]): string {
  const sorted = [...forms].sort((a, b) => Number(isCompound(a)) - Number(isCompound(b)))
  const [first, second] = sorted
  if (sorted.length === 2 && first && second === `list of ${grouped(first)}`) return `${first}; or a list of these`
  return sorted.join(' or ')
}

/** What may be written in any case is said once. */
function oneOfThese(written: readonly unknown[]): string {
  const choices = unique([...written].reverse(), (choice) => String(choice).toLowerCase()).reverse()
  return choices.length < 2 ? choices.join() : `${choices.slice(0, -1).join(', ')} or ${choices.at(-1)}`
}

function mappingForm(schema: JsonSchema): string {
  if (schema['properties']) return `{${Object.keys(mapOf(schema['properties'])).join(', ')}}`
  const inner = schema['additionalProperties']
  return isSchema(inner) ? `mapping of names to ${grouped(formOf(inner))}` : 'mapping'
}

function grouped(form: string): string {
  return form.includes(' or ') && form !== 'true or false' ? `(${form})` : form
}

function isCompound(form: string): boolean {
  return /^(?:list|mapping|\{)/.test(form)
}

function alternatives(schema: JsonSchema): JsonSchema[] | undefined {
  return Array.isArray(schema['anyOf']) ? schema['anyOf'].filter(isSchema) : undefined
}

function isSchema(value: unknown): value is JsonSchema {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function mapOf(value: unknown): Readonly<Record<string, JsonSchema>> {
  return isSchema(value) ? (value as Readonly<Record<string, JsonSchema>>) : {}
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}

function unique<T>(items: readonly T[], key: (item: T) => string): T[] {
  return [...new Map(items.map((item) => [key(item), item])).values()]
}
