// What a gate's object held at a time that is past.

import type {Cloud} from '../../cloud/ports.ts'
import type {JsonObject} from '../../definition/json.ts'
import {MlpipeError} from '../../diagnostics/mlpipe-error.ts'
import {parseObject, recordsPrefix, recordUri} from './keep-champions.ts'

/** The newest record up to then; undefined where there is none, or none that may be read. */
export async function championRecord(uri: string, atMs: number, {objects}: Cloud): Promise<JsonObject | undefined> {
  const prefix = recordsPrefix(uri)
  const last = recordUri(uri, new Date(atMs).toISOString())
  try {
    const found = await objects.list(prefix)
    const uris = found.map(({key}) => `${prefix}${key.slice(key.lastIndexOf('/') + 1)}`)
    const [newest] = uris.filter((one) => one <= last).sort((a, b) => (a < b ? 1 : -1))
    return newest === undefined ? undefined : parseObject(await objects.getText(newest))
  } catch (error) {
    if (!(error instanceof MlpipeError) || error.who !== 'service') throw error
    return undefined
  }
}
