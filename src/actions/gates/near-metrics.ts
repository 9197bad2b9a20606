// The numbers of a report that may be meant by a path at which there is nothing, as a gate has to write them.

import {isJsonObject, type Json} from '../../definition/json.ts'
import {nearestName} from '../../text/nearest-name.ts'

const shown = 5

type Place = {readonly text: string; readonly keys: readonly string[]}

/** For the end of a sentence that names the document: `which has accuracy, f1`. `report`: `steps.evaluate.reports.metrics`. */
export function whatItHas(metric: string, document: Json, report = ''): string {
  if (typeof document === 'number') return `which is the number ${document} alone`
  const near = nearMetrics(metric, document, report)
  return near.length === 0 ? 'which has no numbers' : `which has ${near.join(', ')}`
}

/** Paths that end in the same name, however they are wrapped; else the nearest; else the first of all. */
function nearMetrics(metric: string, document: Json, report: string): string[] {
  const places = numbersIn(document, {text: '', keys: []})
  const name = lastName(metric)
  const wrapped = places.filter(({keys}) => keys.includes(name) || keys.includes(metric))
  if (wrapped.length > 0) return wrapped.slice(0, shown).map((place) => written(place, report))
  const texts = places.map(({text}) => text)
  const nearest = nearestName(metric, texts) ?? places.find(({keys}) => isNear(name, keys.at(-1)))?.text
  const found = nearest === undefined ? places.slice(0, shown) : places.filter(({text}) => text === nearest).slice(0, 1)
  return found.map((place) => written(place, report))
}

function isNear(name: string, key: string | undefined): boolean {
  return key !== undefined && nearestName(name, [key]) !== undefined
}

/** A path that begins with a key in brackets has to have the report in front of it. */
function written({text}: Place, report: string): string {
  return text.startsWith('[') ? `${report}${text}` : text
}

function numbersIn(value: Json, at: Place): Place[] {
  if (typeof value === 'number') return [at]
  if (Array.isArray(value)) {
    return value.flatMap((item, index) => numbersIn(item, {...at, text: `${at.text}[${index}]`}))
  }
  if (!isJsonObject(value)) return []
  return Object.entries(value).flatMap(([key, item]) =>
    numbersIn(item, {text: `${at.text}${member(key, at.text === '')}`, keys: [...at.keys, key]}),
  )
}

function member(key: string, isFirst: boolean): string {
  const isName = isFirst ? /^[A-Za-z_][\w-]*$/.test(key) : /^\w[\w-]*$/.test(key)
  if (isName) return isFirst ? key : `.${key}`
  return key.includes("'") ? `["${key}"]` : `['${key}']`
}

function lastName(path: string): string {
  return path.split(/[.[\]]+/).findLast((part) => part !== '' && !/^\d+$/.test(part)) ?? path
}
