// To be written.

import type {QuotasPort} from './account-ports.ts'
import type {CloudOptions} from './client-options.ts'

export function quotasPort(_options: CloudOptions): QuotasPort {
  throw new Error('not written yet')
}
