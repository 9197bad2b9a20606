// Of many boxes in a picture, or links on the timeline, the Tab key reaches one; the arrow keys go from one to the next.

export function roving() {
  for (const group of document.querySelectorAll('.graph, .timeline ol')) {
    const items = /** @type {(HTMLElement | SVGElement)[]} */ ([...group.querySelectorAll('.node, [data-opens]')])
    for (const [index, item] of items.entries()) item.setAttribute('tabindex', index === 0 ? '0' : '-1')

    const reach = (/** @type {number} */ to) => {
      const item = items[to]
      if (!item) return false
      for (const other of items) other.setAttribute('tabindex', other === item ? '0' : '-1')
      item.focus()
      return true
    }
    group.addEventListener('keydown', (event) => {
      const item = event.target instanceof Element ? event.target.closest('.node, [data-opens]') : null
      if (!(event instanceof KeyboardEvent) || !item) return
      const at = items.findIndex((one) => one.isSameNode(item))
      const ways = {
        ArrowDown: at + 1,
        ArrowRight: at + 1,
        ArrowUp: at - 1,
        ArrowLeft: at - 1,
        Home: 0,
        End: items.length - 1,
      }
      const to = Object.entries(ways).find(([key]) => key === event.key)?.[1]
      if (to !== undefined && reach(to)) event.preventDefault()
    })
  }
}
