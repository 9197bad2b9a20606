// The steps that the end of an execution waited for: from the step that ended last back to that one, among those it needs,
// which ended last. Pure.

import type {Graph} from '../../graph/graph.ts'
import type {StepReport} from '../executions/execution-report.ts'

/** In the order in which they ran; empty while nothing has ended. */
export function criticalPath(steps: readonly StepReport[], graph: Graph): string[] {
  const endedAt = new Map(steps.flatMap(({name, endedAt}) => (endedAt === undefined ? [] : [[name, endedAt] as const])))
  const latest = (names: readonly string[]): string | undefined => {
    const ended = names.filter((name) => endedAt.has(name))
    // Of several that ended together the last in the order of the definition.
    return ended.reduce<string | undefined>(
      (best, name) => (best === undefined || (endedAt.get(name) ?? '') >= (endedAt.get(best) ?? '') ? name : best),
      undefined,
    )
  }
  const path: string[] = []
  let step = latest(graph.nodes)
  while (step !== undefined && !path.includes(step)) {
    path.unshift(step)
    step = latest(graph.upstream.get(step) ?? [])
  }
  return path
}
