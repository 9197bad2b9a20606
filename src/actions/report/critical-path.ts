// The steps that the end of an execution waited for: from the step that ended last back to that one, among those it needs,
// which ended last, or to the one that it had to wait for because no more steps may run at once. Where no step ran for long, as before
// an execution was retried, nothing waited for a place. Pure.

import type {Graph} from '../../graph/graph.ts'
import type {IdleStretch, StepReport} from '../executions/execution-report.ts'

type Ran = {readonly name: string; readonly startedAt: string; readonly endedAt: string}

/** In the order in which they ran; empty while nothing has ended. */
export function criticalPath(steps: readonly StepReport[], graph: Graph, idle: readonly IdleStretch[] = []): string[] {
  const ran = new Map(
    steps.flatMap(({name, startedAt, endedAt}) =>
      endedAt === undefined ? [] : [[name, {name, startedAt: startedAt ?? endedAt, endedAt}] as const],
    ),
  )
  const known = (names: readonly string[]) => names.flatMap((name) => ran.get(name) ?? [])
  const queue = queueOf([...ran.values()], idle)
  const path: string[] = []
  let step = latest(known(graph.nodes))
  while (step !== undefined && !path.includes(step.name)) {
    path.unshift(step.name)
    const needed = latest(known(graph.upstream.get(step.name) ?? []))
    step = queue(step, needed?.endedAt ?? '') ?? needed
  }
  return path
}

/** Of several that ended together the last in the order of the definition. */
function latest(steps: readonly Ran[]): Ran | undefined {
  return steps.reduce<Ran | undefined>(
    (best, step) => (best === undefined || step.endedAt >= best.endedAt ? step : best),
    undefined,
  )
}

/**
 * Tells whose place a step took: what ended last before it began and after `readyAt`, while as many steps ran as ever did at once. The
 * limit itself is not asked for: it may have been another when the execution ran.
 */
function queueOf(steps: readonly Ran[], idle: readonly IdleStretch[]): (step: Ran, readyAt: string) => Ran | undefined {
  const took = steps.filter(({startedAt, endedAt}) => startedAt < endedAt)
  const amountBefore = (moment: string) =>
    took.filter(({startedAt, endedAt}) => startedAt < moment && endedAt >= moment).length
  const most = Math.max(0, ...took.map(({endedAt}) => amountBefore(endedAt)))
  return ({startedAt}, readyAt) => {
    const before = latest(took.filter(({endedAt}) => endedAt > readyAt && endedAt <= startedAt))
    if (!before || amountBefore(before.endedAt) < most) return undefined
    return idle.some((stretch) => stretch.startedAt >= before.endedAt && stretch.endedAt <= startedAt)
      ? undefined
      : before
  }
}
