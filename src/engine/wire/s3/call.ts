// One S3 request on its way to its operation, and what the operation answers.

import type {Db} from '../../store/database.ts'
import type {ObjectStore} from '../../store/objects.ts'
import type {UploadStore} from '../../store/uploads.ts'
import type {Incoming, WireResponse} from '../message.ts'
import type {S3Fault} from './faults.ts'

export type S3Call = {
  readonly incoming: Incoming
  readonly bucket: string
  readonly key: string
  readonly objects: ObjectStore
  readonly uploads: UploadStore
  readonly db: Db
  now(): number
}

export type S3Answer = WireResponse | {readonly fault: S3Fault}

export type S3Operation = (call: S3Call) => Promise<S3Answer>

/** A member of the query string; empty when it is absent. */
export function queryText({incoming}: S3Call, name: string): string {
  return String(incoming.request.query[name] ?? '')
}
