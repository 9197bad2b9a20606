// The order of rows: each node after all that it comes after, and what follows a node as near below it as that allows, so that few rails
// run side by side.

import type {PictureEdge} from '../picture.ts'

/** The edges point from earlier to later nodes, without a cycle. */
export function rowOrder(ids: readonly string[], edges: readonly Pick<PictureEdge, 'from' | 'to'>[]): string[] {
  const waiting = new Map(ids.map((id) => [id, 0]))
  const following = new Map<string, string[]>(ids.map((id) => [id, []]))
  for (const {from, to} of edges) {
    waiting.set(to, (waiting.get(to) ?? 0) + 1)
    following.get(from)?.push(to)
  }
  const position = new Map(ids.map((id, index) => [id, index]))
  const ready = ids.filter((id) => waiting.get(id) === 0).reverse()
  const order: string[] = []
  for (let id = ready.pop(); id !== undefined; id = ready.pop()) {
    order.push(id)
    const next = (following.get(id) ?? []).filter((to) => {
      const left = (waiting.get(to) ?? 0) - 1
      waiting.set(to, left)
      return left === 0
    })
    next.sort((a, b) => (position.get(b) ?? 0) - (position.get(a) ?? 0))
    ready.push(...next)
  }
  return order
}
