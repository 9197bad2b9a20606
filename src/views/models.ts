// `mlpipe models list`, `show`, `approve` and `reject`.

import type {ModelsResult} from '../actions/models/list-models.ts'
import type {ApprovalResult} from '../actions/models/set-approval.ts'
import type {ModelResult} from '../actions/models/show-model.ts'
import {oneLine} from './printable.ts'
import {type Paint, painter} from './style.ts'
import {fields, table} from './table.ts'
import {ago, clock} from './time.ts'
import {asItIs, nextLines, type View} from './view.ts'

export const modelsView: View<ModelsResult> = {
  human: (result, {width, colour}) => {
    if (result.models.length === 0) return `${result.pipeline} has registered no model on ${result.target}`
    const paint = painter(colour)
    const rows = result.models.map(({model, approval, status, createdAt, agoSeconds, description}) => [
      model,
      paintApproval(approval, paint),
      status,
      clock(createdAt),
      paint.dim(ago(agoSeconds)),
      oneLine(description ?? ''),
    ])
    return table(['MODEL', 'APPROVAL', 'STATUS', 'REGISTERED (UTC)', '', ''], rows, width)
  },
  json: asItIs,
}

export const modelView: View<ModelResult> = {
  human: (result, {width, colour}) => {
    const approved = paintApproval(result.approval, painter(colour))
    const reason = result.approvalDescription === undefined ? '' : ` (${oneLine(result.approvalDescription)})`
    const lines = fields(
      [
        ['model', result.model],
        ['approval', `${approved}${reason}`],
        ['status', result.status],
        ['description', oneLine(result.description ?? '')],
        ['registered', `${result.createdAt} (${ago(result.agoSeconds)})`],
        ['execution', result.execution],
        ['artifact', result.modelDataUrl],
        ['image', result.image],
        ['metrics', result.metricsUri],
        ['takes', result.contentTypes.join(', ')],
        ['answers', result.responseTypes.join(', ')],
        ['arn', result.arn],
        ...result.properties.map(({name, value}) => [name, oneLine(value)] as const),
      ],
      width,
    )
    return [...lines, ...nextLines(result.next)].join('\n')
  },
  json: asItIs,
}

export const approvalView: View<ApprovalResult> = {
  human: ({model, before, approval}, {colour}) => {
    const now = paintApproval(approval, painter(colour))
    return before === approval ? `${model} is ${now}, as it was` : `${model} is ${now} (was ${before})`
  },
  json: asItIs,
}

function paintApproval(approval: string, paint: Paint): string {
  if (approval === 'Approved') return paint.green(approval)
  return approval === 'Rejected' ? paint.red(approval) : paint.yellow(approval)
}
