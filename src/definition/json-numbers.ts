// The numbers of a report.

import {isJsonObject, type Json} from './json.ts'

/** The numbers in a document with their dotted paths, in the document's order. */
export function flattenNumbers(document: Json | undefined, path = ''): {path: string; value: number}[] {
  if (typeof document === 'number') return [{path, value: document}]
  if (Array.isArray(document)) return document.flatMap((item, index) => flattenNumbers(item, `${path}[${index}]`))
  if (!isJsonObject(document)) return []
  return Object.entries(document).flatMap(([key, value]) => flattenNumbers(value, path === '' ? key : `${path}.${key}`))
}
