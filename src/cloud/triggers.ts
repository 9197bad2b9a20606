// To be written.

import type {CloudOptions} from './client-options.ts'
import type {TriggersPort} from './trigger-ports.ts'

export function triggersPort(_options: CloudOptions): TriggersPort {
  throw new Error('not written yet')
}
