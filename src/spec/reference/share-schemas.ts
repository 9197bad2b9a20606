// Puts what stands in a JSON Schema many times among its definitions once: an editor reads the schema of every step type at a time.

import type {JsonSchema} from '../fields.ts'

/** Shorter ones stay where they are: a reference would save little, and is harder to read. */
const shortestShared = 200

/** The same schema, with the properties that occur more than once in `definitions`, and `$comment` schemas as `value`. */
export function shareSchemas(schema: JsonSchema): JsonSchema {
  const uses = new Map<string, number>()
  countProperties(schema, uses)
  const sharing: Sharing = {uses, names: new Map(), definitions: {}}
  const {definitions, ...top} = replaced(schema, sharing) as {readonly definitions?: JsonSchema}
  return {...top, definitions: {...definitions, ...sharing.definitions}}
}

type Sharing = {
  readonly uses: ReadonlyMap<string, number>
  /** By the text of the schema. */
  readonly names: Map<string, string>
  readonly definitions: Record<string, unknown>
}

function countProperties(node: unknown, uses: Map<string, number>): void {
  if (typeof node !== 'object' || node === null) return
  for (const [key, member] of Object.entries(node)) {
    if (key === 'properties') {
      for (const property of Object.values(member as JsonSchema)) {
        const text = JSON.stringify(property)
        uses.set(text, (uses.get(text) ?? 0) + 1)
      }
    }
    countProperties(member, uses)
  }
}

function replaced(node: unknown, sharing: Sharing): unknown {
  if (Array.isArray(node)) return node.map((item) => replaced(item, sharing))
  if (typeof node !== 'object' || node === null) return node
  if ('$comment' in node) return valueReference(node, sharing)
  return Object.fromEntries(
    Object.entries(node).map(([key, member]) => [
      key,
      key === 'properties' ? replacedProperties(member as JsonSchema, sharing) : replaced(member, sharing),
    ]),
  )
}

/** Beside `$ref` draft-07 knows no other keyword, so that a description needs a level of its own. */
function valueReference({description, ...schema}: JsonSchema, {definitions}: Sharing): JsonSchema {
  definitions['value'] = schema
  const reference = {$ref: '#/definitions/value'}
  return description === undefined ? reference : {description, allOf: [reference]}
}

function replacedProperties(properties: JsonSchema, sharing: Sharing): JsonSchema {
  return Object.fromEntries(
    Object.entries(properties).map(([name, property]) => {
      const text = JSON.stringify(property)
      const isShared =
        text.length >= shortestShared && (sharing.uses.get(text) ?? 0) > 1 && !text.startsWith('{"$comment')
      return [
        name,
        isShared ? {$ref: `#/definitions/${sharedName(name, property, text, sharing)}`} : replaced(property, sharing),
      ]
    }),
  )
}

function sharedName(key: string, property: unknown, text: string, sharing: Sharing): string {
  const {names, definitions} = sharing
  const known = names.get(text)
  if (known !== undefined) return known
  const base = `key-${key}`
  const name =
    [base, ...Array.from({length: 100}, (_, index) => `${base}-${index + 2}`)].find((each) => !(each in definitions)) ??
    base
  names.set(text, name)
  definitions[name] = undefined
  definitions[name] = replaced(property, sharing)
  return name
}
