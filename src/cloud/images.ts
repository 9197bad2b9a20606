// To be written.

import type {ImagesPort} from './account-ports.ts'
import type {CloudOptions} from './client-options.ts'

export function imagesPort(_options: CloudOptions): ImagesPort {
  throw new Error('not written yet')
}
