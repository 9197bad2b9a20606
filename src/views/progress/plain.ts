// Progress without a terminal: one line when a step ends, now and then one of a long upload, nothing that moves.

import type {Reporter} from '../../actions/reporter.ts'
import {eventLines, type LineOptions} from './event-lines.ts'
import {sparseUploadLines} from './upload-progress.ts'

export function plainReporter(write: (text: string) => void, options: Omit<LineOptions, 'cut'>): Reporter {
  const lines = eventLines({...options, cut: false})
  const uploadLines = sparseUploadLines()
  return {
    report: (event) => {
      const text = event.kind === 'upload-progress' ? uploadLines(event) : lines(event)
      if (text.length > 0) write(`${text.join('\n')}\n`)
    },
    end: () => {},
  }
}

/** For --json and --quiet. */
export const silentReporter: Reporter = {report: () => {}, end: () => {}}
