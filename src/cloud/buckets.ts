// To be written.

import type {BucketsPort} from './account-ports.ts'
import type {CloudOptions} from './client-options.ts'

export function bucketsPort(_options: CloudOptions): BucketsPort {
  throw new Error('not written yet')
}
