// JSON values and their one canonical text, so that equal values have equal bytes whatever the order of their keys.

import {isJsonNumber} from '../text/json-number.ts'

/**
 * A number that JavaScript would write otherwise: `6.0`, `1e5`, `9007199254740993`. Made by the exact reader and by the
 * compiler, and gone where a definition is looked into: `plainJson`.
 */
export class ExactNumber {
  readonly text: string

  constructor(text: string) {
    this.text = text
  }
}

export type Json = null | boolean | number | string | ExactNumber | readonly Json[] | JsonObject
export type JsonObject = {readonly [key: string]: Json}

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof ExactNumber)
}

/** A number with the text it was written with, where that is JSON's and says more than the number alone. */
export function numberJson(value: number, text: string): number | ExactNumber {
  return String(value) !== text && isJsonNumber(text) ? new ExactNumber(text) : value
}

/** Compact JSON with the keys of every object sorted by code unit; numbers keep their own text. */
export function canonicalJson(value: Json): string {
  if (value instanceof ExactNumber) return value.text
  if (value === null || typeof value !== 'object') return JSON.stringify(value)
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`
  const object = value as JsonObject
  const members = Object.keys(object)
    .sort()
    .map((key) => `${JSON.stringify(key)}:${canonicalJson(object[key] ?? null)}`)
  return `{${members.join(',')}}`
}

/** The value with numbers as JavaScript has them. */
export function plainJson(value: Json): Json {
  if (value instanceof ExactNumber) return Number(value.text)
  if (Array.isArray(value)) return value.map(plainJson)
  if (!isJsonObject(value)) return value
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, plainJson(member)]))
}
