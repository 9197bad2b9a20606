// `mlpipe validate`.

import type {ValidateResult} from '../actions/validate.ts'
import {painter} from './style.ts'
import {count} from './time.ts'
import {asItIs, type View} from './view.ts'

export const validateView: View<ValidateResult> = {
  human: ({file, pipeline, target, parameters, steps, warnings}, {colour}) => {
    const verdict = painter(colour).green('valid')
    const warned = warnings.length === 0 ? '' : `, ${count(warnings.length, 'warning')}`
    const size = `${count(steps.length, 'step')}, ${count(parameters, 'parameter')}${warned}`
    return `${file} is ${verdict}: pipeline ${pipeline} for target ${target}, ${size}`
  },
  json: asItIs,
}
