// What `mlpipe local serve` tells on stderr while it runs, a line each.

export type RequestSeen = {
  readonly method: string
  readonly service: string
  readonly operation: string
  readonly status: number
  readonly ms: number
}

export function requestLine({method, service, operation, status, ms}: RequestSeen): string {
  return `${method} ${service} ${operation} ${status} ${ms} ms`
}

export type FiringSeen = {
  readonly arn: string
  readonly scheduledMs: number
  readonly firedMs: number
  readonly targets: number
  readonly tooLate: number
}

export function firingLine({arn, scheduledMs, firedMs, targets, tooLate}: FiringSeen): string {
  const at = `${sourceOf(arn)}, ${timeOf(scheduledMs)}`
  if (tooLate > 0) return `missed ${at}: nobody served then, and now it is too late`
  const late = Math.round((firedMs - scheduledMs) / 1000)
  return `fired ${at}${late > 60 ? `, ${late} seconds late` : ''}, to ${targets} ${targets === 1 ? 'target' : 'targets'}`
}

export type DeliverySeen =
  | SettledDelivery
  /** Not even what became of it could be written. */
  | {readonly kind: 'unsettled'; readonly id: string; readonly message: string}

type SettledDelivery = {readonly sourceArn: string; readonly targetArn: string} & (
  | {readonly kind: 'started'; readonly executionArn: string}
  | {readonly kind: 'postponed'; readonly untilMs: number; readonly errorCode: string; readonly message: string}
  | {readonly kind: 'dead-letter'; readonly file: string; readonly errorCode: string; readonly message: string}
  | {readonly kind: 'dropped'; readonly errorCode: string; readonly message: string}
)

export function deliveryLine(delivery: DeliverySeen): string {
  if (delivery.kind === 'unsettled') return `cannot deliver ${delivery.id} now, it is tried again: ${delivery.message}`
  const source = sourceOf(delivery.sourceArn)
  if (delivery.kind === 'started') return `${source} started ${delivery.executionArn}`
  const failure = `${source} could not start ${delivery.targetArn}: ${delivery.errorCode}, ${delivery.message}`
  switch (delivery.kind) {
    case 'postponed':
      return `${failure}; tried again at ${timeOf(delivery.untilMs)}`
    case 'dead-letter':
      return `${failure}; kept in ${delivery.file}`
    case 'dropped':
      return `${failure}; given up`
  }
}

export function preparedLines(
  bucket: string,
  {isNew, isSwitchedOn}: {isNew: boolean; isSwitchedOn: boolean},
): string[] {
  return [
    ...(isNew ? [`made the bucket ${bucket}`] : []),
    ...(isSwitchedOn ? [`the bucket ${bucket} sends its events to EventBridge from now on`] : []),
  ]
}

export function takenLine({relativePath, size}: {relativePath: string; size: number}, uri: string): string {
  return `took ${relativePath}, ${size} bytes, as ${uri}`
}

export function troubleLine(what: string, error: unknown): string {
  return `cannot read ${what} now, it is tried again: ${error instanceof Error ? error.message : String(error)}`
}

/** `rule NAME`, `schedule GROUP/NAME`. */
function sourceOf(arn: string): string {
  return arn.slice(arn.lastIndexOf(':') + 1).replace('/', ' ')
}

function timeOf(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 19)}Z`
}
