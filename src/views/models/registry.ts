// `mlpipe models list`, `show`, `approve` and `reject`.

import type {ListedModel, ModelsResult} from '../../actions/models/list-models.ts'
import type {ModelMetric} from '../../actions/models/model-metrics.ts'
import type {ApprovalResult} from '../../actions/models/set-approval.ts'
import type {ModelResult} from '../../actions/models/show-model.ts'
import {gateFields} from '../gate/words.ts'
import {oneLine} from '../printable.ts'
import {type Paint, painter, truncate} from '../style.ts'
import {fields, table} from '../table.ts'
import {ago, shortNumber} from '../time.ts'
import {asItIs, nextLines, type View} from '../view.ts'

/** Two metrics from so many columns on. */
const wideColumns = 90
const metricColumns = 24

export const modelsView: View<ModelsResult> = {
  human: (result, {width, colour}) => {
    if (result.models.length === 0) return noModels(result)
    const paint = painter(colour)
    const hasEndpoints = result.models.some(({endpoints}) => endpoints.length > 0)
    const rows = result.models.map((model) => [
      model.model,
      stateOf(model, paint),
      truncate(
        describeMetrics(model.metrics, width >= wideColumns ? 2 : 1),
        metricColumns * (width >= wideColumns ? 2 : 1),
      ),
      ...(hasEndpoints ? [model.endpoints.join(', ')] : []),
      paint.dim(ago(model.agoSeconds)),
      model.execution ?? '',
      oneLine(model.description ?? ''),
    ])
    const head = ['MODEL', 'APPROVAL', 'METRICS', ...(hasEndpoints ? ['ENDPOINT'] : []), 'REGISTERED', 'EXECUTION', '']
    const more = result.more === 0 ? [] : [paint.dim(`${result.more} older (--limit)`)]
    return [table(head, rows, width), ...more].join('\n')
  },
  json: asItIs,
}

function noModels({pipeline, target, approval}: ModelsResult): string {
  if (approval === undefined) return `${pipeline} has registered no model on ${target}`
  return `no model of ${pipeline} on ${target} is ${approval}`
}

/** A package that is not complete says so. */
function stateOf({approval, status}: ListedModel, paint: Paint): string {
  return status === 'Completed' ? shortApproval(approval, paint) : paint.yellow(status)
}

/** `Pending`: SageMaker's own word would be as wide as the other columns together. */
export function shortApproval(approval: string, paint: Paint): string {
  return approval === 'PendingManualApproval' ? paint.yellow('Pending') : paintApproval(approval, paint)
}

/** The first of the report, without what leads to them: `accuracy 0.9649`. */
function describeMetrics(metrics: readonly ModelMetric[], most: number): string {
  const shown = metrics.slice(0, most).map(({name, value}) => `${lastPart(name)} ${Number(value.toPrecision(4))}`)
  return oneLine(shown.join(', '))
}

function lastPart(name: string): string {
  return name.slice(name.lastIndexOf('.') + 1)
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
        ['endpoints', result.endpoints.join(', ')],
        ['metrics', commas(result.metrics.map(({name, value}) => `${oneLine(name)} ${shortNumber(value)}`))],
        ['artifact', result.modelDataUrl],
        ['image', result.image],
        ['report', result.metricsUri],
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
  human: ({model, before, approval, gates, endpoints = [], next = []}, {width, colour}) => {
    const paint = painter(colour)
    const now = paintApproval(approval, paint)
    const told = before === approval ? `${model} is ${now}, as it was` : `${model} is ${now} (was ${before})`
    const serving = endpoints.map((name) => paint.yellow(`endpoint ${name} serves it all the same`))
    return [told, ...fields(gateFields(gates), width), ...serving, ...nextLines(next)].join('\n')
  },
  json: asItIs,
}

function paintApproval(approval: string, paint: Paint): string {
  if (approval === 'Approved') return paint.green(approval)
  return approval === 'Rejected' ? paint.red(approval) : paint.yellow(approval)
}

function commas(items: readonly string[]): string[] {
  return items.map((item, index) => (index < items.length - 1 ? `${item},` : item))
}
