// `mlpipe executions callback`.

import type {CallbackResult} from '../actions/executions/callback.ts'
import {oneLine} from './printable.ts'
import {asItIs, nextLines, type View} from './view.ts'

export const callbackView: View<CallbackResult> = {
  human: ({step, token, execution, answer, outputs, reason, next}) => {
    const what = `${step ?? token} of ${execution}`
    const values = outputs.map(({name, value}) => `${name}=${oneLine(value)}`).join(', ')
    const detail = answer === 'success' ? values : oneLine(reason ?? '')
    return [`${what} is answered with ${answer}${detail === '' ? '' : `: ${detail}`}`, ...nextLines(next)].join('\n')
  },
  json: asItIs,
}
