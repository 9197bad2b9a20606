// A graph that is wider than the page scrolls, or is made to fit.

export function graphSize() {
  const graph = document.querySelector('.graph')
  const button = document.querySelector('.graph-tools button')
  if (!graph || !button) return

  const offer = () => {
    const isWide = graph.scrollWidth > graph.clientWidth || graph.classList.contains('fit')
    button.parentElement?.toggleAttribute('hidden', !isWide)
  }
  button.addEventListener('click', () => {
    const isFit = graph.classList.toggle('fit')
    button.textContent = isFit ? 'Full size' : 'Fit to width'
  })
  window.addEventListener('resize', offer)
  offer()
}
