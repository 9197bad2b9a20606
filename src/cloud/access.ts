// To be written.

import type {AccessPort} from './account-ports.ts'
import type {CloudOptions} from './client-options.ts'

export function accessPort(_options: CloudOptions): AccessPort {
  throw new Error('not written yet')
}
