// Marks the section that is being read in the way through the page.

export function whereabouts() {
  const links = [...document.querySelectorAll('.bar nav a')]
  const sections = links.flatMap((link) => document.getElementById(link.getAttribute('href')?.slice(1) ?? '') ?? [])
  /** @type {Set<string>} */
  const seen = new Set()

  const mark = () => {
    const current = sections.find(({id}) => seen.has(id))?.id
    for (const link of links) {
      if (link.getAttribute('href') === `#${current}`) link.setAttribute('aria-current', 'true')
      else link.removeAttribute('aria-current')
    }
  }
  const observer = new IntersectionObserver(
    (entries) => {
      for (const {target, isIntersecting} of entries) {
        if (isIntersecting) seen.add(target.id)
        else seen.delete(target.id)
      }
      mark()
    },
    // What lies under the bar, and the lower half, is not being read.
    {rootMargin: '-64px 0px -55% 0px'},
  )
  for (const section of sections) observer.observe(section)
}
