// The list of steps: search, states to show, all unfolded or folded, and the keys: / to search, arrows from step to step.

export function stepList() {
  const steps = /** @type {HTMLDetailsElement[]} */ ([...document.querySelectorAll('.steps > .step')])
  const search = /** @type {HTMLInputElement | null} */ (document.querySelector('#search'))
  const chips = /** @type {HTMLButtonElement[]} */ ([...document.querySelectorAll('.chip')])
  const unfold = document.querySelector('.unfold')
  const none = /** @type {HTMLElement | null} */ (document.querySelector('.none'))
  document.querySelector('.toolbar')?.removeAttribute('hidden')
  /** @type {Map<HTMLElement, string>} */
  const texts = new Map()

  // The line of a step, and all that is told of it; read when it is first searched.
  const textOf = (/** @type {HTMLElement} */ step) => {
    const text = texts.get(step) ?? (step.textContent ?? '').toLowerCase()
    texts.set(step, text)
    return text
  }

  const filter = () => {
    const words = (search?.value ?? '')
      .toLowerCase()
      .split(/\s+/)
      .filter((word) => word !== '')
    const states = chips
      .filter((chip) => chip.getAttribute('aria-pressed') === 'true')
      .map((chip) => chip.dataset.state)
    let shown = 0
    for (const step of steps) {
      const isWanted = states.length === 0 || states.includes(step.dataset.state)
      const isShown = isWanted && words.every((word) => textOf(step).includes(word))
      step.hidden = !isShown
      if (isShown) shown += 1
      for (const other of document.querySelectorAll(`[data-step="${step.id}"]`))
        other.classList.toggle('away', !isShown)
    }
    if (none) none.hidden = shown > 0
  }

  const reach = (/** @type {HTMLElement | undefined} */ step) => {
    const summary = step?.querySelector('summary')
    if (!summary) return false
    summary.focus()
    summary.scrollIntoView({block: 'nearest'})
    return true
  }

  // A link to a step shows it, whatever was searched for.
  const openLinked = () => {
    const step = steps.find(({id}) => id === decodeURIComponent(location.hash.slice(1)))
    if (!step) return
    step.hidden = false
    step.open = true
    reach(step)
  }

  search?.addEventListener('input', filter)
  for (const chip of chips) {
    chip.addEventListener('click', () => {
      chip.setAttribute('aria-pressed', String(chip.getAttribute('aria-pressed') !== 'true'))
      filter()
    })
  }
  unfold?.addEventListener('click', () => {
    const isOpen = unfold.getAttribute('aria-pressed') !== 'true'
    unfold.setAttribute('aria-pressed', String(isOpen))
    unfold.textContent = isOpen ? 'Fold all' : 'Unfold all'
    for (const step of steps) step.open = isOpen
  })
  document.addEventListener('keydown', (event) => {
    const isTyping = event.target instanceof HTMLInputElement
    if (event.key === '/' && !isTyping && !event.ctrlKey && !event.metaKey && !event.altKey && search) {
      event.preventDefault()
      search.focus()
      search.select()
      search.scrollIntoView({block: 'center'})
    }
    if (event.key === 'Escape' && event.target === search && search) {
      search.value = ''
      filter()
      search.blur()
    }
    if (event.key === 'ArrowDown' && event.target === search) {
      event.preventDefault()
      reach(steps.find((step) => !step.hidden))
    }
  })
  document.querySelector('.steps')?.addEventListener('keydown', (event) => {
    const step =
      event.target instanceof Element && event.target.localName === 'summary' ? event.target.parentElement : null
    if (!(event instanceof KeyboardEvent) || !step?.classList.contains('step')) return
    const shown = steps.filter((one) => !one.hidden)
    const at = shown.findIndex(({id}) => id === step.id)
    const ways = {ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: shown.length - 1}
    const to = Object.entries(ways).find(([key]) => key === event.key)?.[1]
    if (to !== undefined && reach(shown[to])) event.preventDefault()
    if (event.key === 'Escape') step.removeAttribute('open')
  })
  window.addEventListener('hashchange', openLinked)
  openLinked()
}
