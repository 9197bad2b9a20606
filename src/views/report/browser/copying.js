// Buttons that copy a text of the page.

export function copying() {
  // Where a browser keeps the clipboard from a file that lies on disk, the text is left selected.
  const select = (/** @type {Element} */ element) => {
    const selection = getSelection()
    selection?.selectAllChildren(element)
    return document.execCommand('copy')
  }
  document.addEventListener('click', async (event) => {
    const button = event.target instanceof Element ? event.target.closest('[data-copy]') : null
    const source = document.getElementById(button?.getAttribute('data-copy') ?? '')
    if (!button || !source) return
    let isCopied = true
    try {
      await navigator.clipboard.writeText(source.textContent ?? '')
    } catch {
      isCopied = select(source)
    }
    button.textContent = isCopied ? 'Copied' : 'Selected'
    setTimeout(() => {
      button.textContent = 'Copy'
    }, 1500)
  })
}
