// `mlpipe trigger enable` and `disable`.

import type {SwitchTriggerResult} from '../../actions/triggers/switch-trigger.ts'
import {painter} from '../style.ts'
import {fields} from '../table.ts'
import {asItIs, nextLines, type View} from '../view.ts'

export const switchTriggerView: View<SwitchTriggerResult> = {
  human: ({trigger, outcome, isEnabled, starters, pipeline, target, isForeign, next}, {width, colour}) => {
    const paint = painter(colour)
    const state = isEnabled ? 'enabled' : 'disabled'
    const word = outcome === 'unchanged' ? `was ${state} already` : paint.green(state)
    const lines = fields(
      [
        ['trigger', `${trigger} ${word}`],
        ...starters.map(({kind, name, within}) => [kind, within === 'default' ? name : `${name} (${within})`] as const),
        ['pipeline', pipeline],
        ['target', target],
      ],
      width,
    )
    const foreign = isForeign ? [paint.yellow('it was not made by mlpipe')] : []
    return [...lines, ...foreign, ...nextLines(next)].join('\n')
  },
  json: asItIs,
}
