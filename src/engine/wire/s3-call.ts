// One S3 request on its way to its operation, and what the operation answers.

import type {ObjectStore} from '../store/objects.ts'
import type {Incoming, WireResponse} from './message.ts'

export type S3Call = {
  readonly incoming: Incoming
  readonly bucket: string
  readonly key: string
  readonly objects: ObjectStore
}

export type S3Fault = {readonly code: string; readonly message: string; readonly status: number}

export type S3Answer = WireResponse | {readonly fault: S3Fault}
