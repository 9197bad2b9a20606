// `mlpipe init`.

import type {InitResult} from '../actions/init.ts'
import {asItIs, nextLines, type View} from './view.ts'

export const initView: View<InitResult> = {
  human: ({template, directory, files, next}) =>
    [`${template} is ready in ${directory}:`, ...files.map((file) => `  ${file}`), ...nextLines(next)].join('\n'),
  json: asItIs,
}
