// On paper everything is unfolded; afterwards the page is as it was.

export function printing() {
  /** @type {HTMLDetailsElement[]} */
  let opened = []
  window.addEventListener('beforeprint', () => {
    opened = /** @type {HTMLDetailsElement[]} */ ([...document.querySelectorAll('details:not([open])')])
    for (const each of opened) each.open = true
  })
  window.addEventListener('afterprint', () => {
    for (const each of opened) each.open = false
    opened = []
  })
}
