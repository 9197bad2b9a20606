// What was in an input or a script then. mlpipe uploads code and data under the hash of their content, so that the URI tells it; of
// data that lies in S3 anyway a fingerprint tells it, where the step carries one.

import {fingerprintVariable, unseenFingerprint} from '../definition/fingerprints.ts'
import type {JsonObject} from '../definition/json.ts'
import type {ContentIdentity} from './provenance.ts'

/** `…/code/<sha256>/train.py`, `…/data/<sha256>`; the SageMaker SDK lays code there likewise. */
const hashedPlace = /^s3:\/\/[^/]+\/(?:.+\/)?(?:code|data)\/([0-9a-f]{64})(?:\/|$)/

export function contentHash(uri: string): string | undefined {
  return hashedPlace.exec(uri)?.[1]
}

/** `environment` is that of the job, which carries the fingerprints of its inputs. */
export function contentOf(inputName: string, uri: string, environment: JsonObject): ContentIdentity | undefined {
  const hash = contentHash(uri)
  if (hash !== undefined) return {kind: 'content-hash', value: hash}
  const fingerprint = environment[fingerprintVariable(inputName)]
  if (typeof fingerprint !== 'string' || fingerprint === unseenFingerprint) return undefined
  return {kind: 'fingerprint', value: fingerprint}
}

/** Whether a URI names what was written to a place, or something below it. */
export function liesAt(uri: string, place: string): boolean {
  const folder = place.replace(/\/+$/, '')
  return uri.replace(/\/+$/, '') === folder || uri.startsWith(`${folder}/`)
}
