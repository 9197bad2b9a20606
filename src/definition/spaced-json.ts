// JSON as text inside a request, as Python writes it by default: a space behind every comma and colon. SageMaker's own
// tools write such members in Python, and what is held against a cache key is the text, not its meaning.

import {ExactNumber, isJsonObject, type Json} from './json.ts'

export function spacedJson(value: Json): string {
  if (value instanceof ExactNumber) return value.text
  if (Array.isArray(value)) return `[${value.map(spacedJson).join(', ')}]`
  if (!isJsonObject(value)) return JSON.stringify(value)
  const members = Object.entries(value)
  return `{${members.map(([key, member]) => `${JSON.stringify(key)}: ${spacedJson(member)}`).join(', ')}}`
}
