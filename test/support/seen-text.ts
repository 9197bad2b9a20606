// What a reader would see of the text of a page: where each line stands, and how well it stands out. Runs in the browser, SVG
// included; given to it as text, since the program that tests has no types of a browser.

/** An expression: pairs of lines of text that overlap, as `one × other`. */
export const overlapping = `(() => {
  ${lines()}
  const all = lines().sort((a, b) => a.top - b.top)
  const found = []
  for (const [index, one] of all.entries()) {
    for (let next = index + 1; next < all.length && all[next].top < one.bottom - 1.5; next += 1) {
      const other = all[next]
      const across = Math.min(one.right, other.right) - Math.max(one.left, other.left)
      const down = Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top)
      // A text that ends in an ellipsis is told twice, by what is seen of it and by all of it.
      const isCut = one.node === other.node && one.top === other.top
      if (across > 1.5 && down > 2.5 && !isCut) found.push(one.text + ' × ' + other.text)
    }
  }
  return found
})()`

/** An expression: what is wider than the window. */
export const beyondWindow = `(() => {
  ${lines()}
  const page = document.documentElement.scrollWidth > innerWidth ? ['the page: ' + document.documentElement.scrollWidth] : []
  return [...page, ...lines().filter(({right}) => right > innerWidth + 1).map(({text, right}) => text + ': ' + right)]
})()`

/** An expression: texts whose colour has less than 4.5 of contrast to what they stand on (WCAG 2.2, 1.4.3). */
export const faint = `(() => {
  ${lines()}
  const channel = (value) => (value <= 0.03928 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4)
  const parse = (colour) => {
    const [r, g, b, a = 1] = (colour.match(/[\\d.]+/g) ?? []).map(Number)
    return {rgb: [r, g, b], a}
  }
  const luminance = ([r, g, b]) => 0.2126 * channel(r / 255) + 0.7152 * channel(g / 255) + 0.0722 * channel(b / 255)
  const groundOf = (element) => {
    const node = element.closest('.graph .node')
    if (node && element instanceof SVGElement) return parse(getComputedStyle(node.querySelector('.box')).fill).rgb
    const drawn = element.closest('.graph svg')
    if (drawn) return parse(getComputedStyle(drawn.querySelector('.ground')).fill).rgb
    for (let each = element; each; each = each.parentElement) {
      const {rgb, a} = parse(getComputedStyle(each).backgroundColor)
      if (a === 1 && rgb.length === 3) return rgb
    }
    return [255, 255, 255]
  }
  const seen = new Map()
  for (const {element, text} of lines()) {
    const style = getComputedStyle(element)
    const ink = parse(element instanceof SVGElement ? style.fill : style.color).rgb
    const [light, dark] = [luminance(ink), luminance(groundOf(element))].sort((a, b) => b - a)
    const contrast = (light + 0.05) / (dark + 0.05)
    if (contrast < 4.5) seen.set(element.getAttribute('class') + ' ' + ink, text + ': ' + contrast.toFixed(2))
  }
  return [...seen.values()]
})()`

/** Each line of each text, cut to what its surroundings let through. */
function lines(): string {
  return `
  function lines() {
    const found = []
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const element = node.parentElement
      if (node.data.trim() === '' || element.closest('script, style, title, desc, .sr, .skip, [aria-hidden=true] kbd')) continue
      if (!element.checkVisibility({visibilityProperty: true, contentVisibilityAuto: false})) continue
      const range = document.createRange()
      range.selectNodeContents(node)
      for (const box of range.getClientRects()) {
        let {left, right, top, bottom} = box
        for (let each = element; each && each !== document.body; each = each.parentElement) {
          if (getComputedStyle(each).overflow === 'visible' || each instanceof SVGElement) continue
          const frame = each.getBoundingClientRect()
          left = Math.max(left, frame.left)
          right = Math.min(right, frame.right)
          top = Math.max(top, frame.top)
          bottom = Math.min(bottom, frame.bottom)
        }
        if (right - left > 1 && bottom - top > 1) found.push({node, element, text: node.data.trim().slice(0, 40), left, right, top: top + scrollY, bottom: bottom + scrollY})
      }
    }
    return found
  }`
}
