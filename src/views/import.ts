// `mlpipe import`: the spec alone, so that it can be piped.

import type {ImportResult} from '../actions/import.ts'
import {count} from './time.ts'
import type {View} from './view.ts'

export const importView: View<ImportResult> = {
  human: ({spec}) => spec.replace(/\n$/, ''),
  json: (result) => result,
}

/** The spec went into a file. */
export const importedFileView: View<ImportResult> = {
  human: ({file, pipeline, summary}) =>
    `${file} holds the spec of ${pipeline} (${count(summary.steps.length, 'step')}, ${count(summary.parameters, 'parameter')})`,
  json: importView.json,
}
