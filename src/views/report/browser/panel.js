// The panel at the side: what is known of the step that was chosen in the graph or the timeline, which stay in view.

export function panel() {
  const aside = /** @type {HTMLElement | null} */ (document.querySelector('.panel'))
  if (!aside) return
  const title = aside.querySelector('h2')
  const line = aside.querySelector('header p')
  const body = aside.querySelector('.body')
  const steps = [...document.querySelectorAll('.steps > .step')]
  /** @type {Element | null} */
  let opener = null
  let current = -1

  // A step of the graph is told by its name.
  const byName = new Map(steps.map((step) => [step.querySelector('.name')?.textContent ?? '', step.id]))
  for (const node of document.querySelectorAll('.graph [data-node]')) {
    const id = byName.get(node.getAttribute('data-node') ?? '')
    if (id === undefined) continue
    node.setAttribute('data-opens', id)
    node.setAttribute('data-step', id)
    node.setAttribute('role', 'button')
  }

  const mark = (/** @type {boolean} */ isChosen) => {
    const id = steps[current]?.id
    if (id === undefined) return
    for (const other of document.querySelectorAll(`[data-step="${id}"]`)) other.classList.toggle('chosen', isChosen)
  }
  const show = (/** @type {number} */ index) => {
    const step = steps[index]
    if (!step || !title || !line || !body) return
    mark(false)
    current = index
    mark(true)
    title.textContent = step.querySelector('.name')?.textContent ?? ''
    line.textContent = ['.type', '.state', '.spent']
      .map((part) => step.querySelector(part)?.textContent ?? '')
      .filter((text) => text !== '')
      .join(' · ')
    body.replaceChildren(...[...(step.querySelector('.body')?.childNodes ?? [])].map((node) => node.cloneNode(true)))
    aside.hidden = false
    document.documentElement.classList.add('beside')
    aside.scrollTop = 0
    document.querySelector(`.timeline [data-step="${step.id}"]`)?.scrollIntoView({block: 'nearest'})
  }
  const close = () => {
    mark(false)
    current = -1
    aside.hidden = true
    document.documentElement.classList.remove('beside')
    if (opener instanceof HTMLElement || opener instanceof SVGElement) opener.focus()
    opener = null
  }
  const open = (/** @type {Element} */ from) => {
    const index = steps.findIndex(({id}) => id === from.getAttribute('data-opens'))
    if (index < 0) return
    opener = from
    show(index)
    aside.focus()
  }

  document.addEventListener('click', (event) => {
    const target = event.target instanceof Element ? event.target : null
    const from = target?.closest('[data-opens]')
    if (from && !(event instanceof MouseEvent && (event.ctrlKey || event.metaKey))) {
      event.preventDefault()
      open(from)
    }
    const move = target?.closest('.panel [data-move]')?.getAttribute('data-move')
    if (move === 'close') close()
    else if (move) show(current + Number(move))
    if (target?.closest('.panel a[href^="#step"]')) close()
  })
  document.addEventListener('keydown', (event) => {
    const from = event.target instanceof SVGElement ? event.target.closest('[data-opens]') : null
    if (from && (event.key === 'Enter' || event.key === ' ')) {
      event.preventDefault()
      open(from)
      return
    }
    if (aside.hidden) return
    if (event.key === 'Escape') close()
    // A text in the panel scrolls by the same keys.
    if (event.target instanceof HTMLElement && event.target.closest('pre, input')) return
    const by = new Map([
      ['ArrowDown', 1],
      ['ArrowRight', 1],
      ['ArrowUp', -1],
      ['ArrowLeft', -1],
    ]).get(event.key)
    if (by === undefined) return
    event.preventDefault()
    show(current + by)
  })
}
