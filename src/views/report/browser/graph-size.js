// A picture that is wider than the page scrolls, or is made to fit; each has a button of its own.

export function graphSize() {
  for (const graph of document.querySelectorAll('.graph')) {
    const tools = graph.nextElementSibling
    const button = tools?.querySelector('button')
    if (!tools || !button) continue

    const offer = () => {
      const isWide = graph.scrollWidth > graph.clientWidth || graph.classList.contains('fit')
      tools.toggleAttribute('hidden', !isWide)
    }
    button.addEventListener('click', () => {
      const isFit = graph.classList.toggle('fit')
      button.textContent = isFit ? 'Full size' : 'Fit to width'
    })
    window.addEventListener('resize', offer)
    offer()
  }
}
