// Reads members out of a job's request, which reaches the runners as plain JSON.

import type {Json, JsonObject} from '../../definition/json.ts'
import {objectAt, textAt} from '../../definition/json-members.ts'
import {clientFault} from './job-fault.ts'

/** The text, or a fault that names what lacks it. */
export function requiredText(parent: JsonObject, name: string, owner: string): string {
  const value = textAt(parent, name)
  if (value === undefined || value === '') throw clientFault(`${owner} has no ${name}`)
  return value
}

/** Numbers also as text: a Join makes text of everything. */
export function numberAt(parent: JsonObject, name: string): number | undefined {
  const value = parent[name]
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value
  return typeof number === 'number' && Number.isFinite(number) ? number : undefined
}

export function textsAt(parent: JsonObject, name: string): string[] {
  const value = parent[name]
  return Array.isArray(value) ? value.map(asText) : []
}

/** A flat map whose values SageMaker types as strings. */
export function textMapAt(parent: JsonObject, name: string): Record<string, string> {
  return Object.fromEntries(Object.entries(objectAt(parent, name)).map(([key, value]) => [key, asText(value)]))
}

function asText(value: Json): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}
