// Between /opt/ml, where a job believes to be, and the directory on disk that plays its part.

import {join, posix} from 'node:path'
import type {Json} from '../../definition/json.ts'
import {isJsonObject} from '../../definition/json.ts'
import {clientFault} from './job-fault.ts'

export const mlRoot = '/opt/ml'

/** Where a path of the container contract lies on disk. SageMaker takes no path outside of /opt/ml, nor can this. */
export function hostPath(mlDirectory: string, path: string, owner: string): string {
  const normal = posix.normalize(path)
  if (normal === mlRoot || normal === `${mlRoot}/`) return mlDirectory
  if (!normal.startsWith(`${mlRoot}/`))
    throw clientFault(`${owner} has the path "${path}", which is not under ${mlRoot}`)
  return join(mlDirectory, normal.slice(mlRoot.length + 1))
}

/** The same text with /opt/ml replaced by a directory wherever a path may begin: at the start, or after ` `, `=`, `:`, `,` or a quote. */
export function mapMlText(text: string, mlDirectory: string): string {
  return text.replace(/(^|[\s=:,;("'])\/opt\/ml(?=$|[/\s:,;)"'])/g, (_whole, before: string) => before + mlDirectory)
}

/** The same value with every text mapped. */
export function mapMlJson(value: Json, mlDirectory: string): Json {
  if (typeof value === 'string') return mapMlText(value, mlDirectory)
  if (Array.isArray(value)) return value.map((element: Json) => mapMlJson(element, mlDirectory))
  if (!isJsonObject(value)) return value
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, mapMlJson(member, mlDirectory)]))
}
