// `mlpipe compile`: the definition alone, so that it can be piped.

import type {CompileResult} from '../actions/compile.ts'
import {count} from './time.ts'
import type {View} from './view.ts'

export const compileView: View<CompileResult> = {
  human: ({definition}) => definition.replace(/\n$/, ''),
  json: (result) => ({...result, definition: JSON.parse(result.definition) as unknown}),
}

/** The definition went into a file. */
export function compiledFileView(path: string): View<CompileResult> {
  return {
    human: ({pipeline, target, uploads}) =>
      `${path} holds the definition of ${pipeline} for target ${target} (${count(uploads.length, 'file')} to upload)`,
    json: compileView.json,
  }
}
