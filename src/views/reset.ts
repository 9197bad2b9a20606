// `mlpipe local reset`.

import type {ResetResult} from '../actions/reset-local.ts'
import {asItIs, type View} from './view.ts'

export const resetView: View<ResetResult> = {
  human: ({directory, outcome}) => {
    if (outcome === 'nothing-there') return `there is no local state in ${directory}`
    return outcome === 'deleted' ? `${directory} is deleted` : `${directory} is kept`
  },
  json: asItIs,
}
