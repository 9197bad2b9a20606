// Light, dark, or as the system has it; kept for the next time where the browser lets a file keep anything.

export function theme() {
  const button = document.querySelector('.theme')
  const names = ['auto', 'light', 'dark']

  const kept = () => {
    try {
      return localStorage.getItem('mlpipe-theme') ?? 'auto'
    } catch {
      return 'auto'
    }
  }
  const keep = (/** @type {string} */ name) => {
    try {
      localStorage.setItem('mlpipe-theme', name)
    } catch {
      // Then it is for this time only.
    }
  }
  const show = (/** @type {string} */ name) => {
    const root = document.documentElement
    if (name === 'auto') root.removeAttribute('data-theme')
    else root.setAttribute('data-theme', name)
    if (button) button.textContent = `Theme: ${name}`
  }

  document.documentElement.classList.add('scripted')
  let current = names.includes(kept()) ? kept() : 'auto'
  show(current)
  button?.addEventListener('click', () => {
    current = names[(names.indexOf(current) + 1) % names.length] ?? 'auto'
    show(current)
    keep(current)
  })
}
