// The page as a whole: type, measure, the way through it, and what all sections share.

export const page = `
*, ::before, ::after { box-sizing: border-box }
html { scroll-padding-top: 4rem; -webkit-text-size-adjust: 100% }
body { margin: 0; background: var(--paper); color: var(--ink); font: 15px/1.55 ui-sans-serif, system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif; overflow-wrap: anywhere }
code, pre, kbd { font-family: ui-monospace, "SF Mono", SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", "Liberation Mono", monospace; font-size: .88em }
code { unicode-bidi: isolate }
a { color: var(--link); text-underline-offset: .2em; text-decoration-thickness: 1px }
b, strong { font-weight: 600 }
:focus-visible { outline: 2px solid var(--focus); outline-offset: 2px; border-radius: 3px }
.sr { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap }
.skip { position: absolute; left: 1rem; top: -4rem; z-index: 30; padding: .5rem 1rem; background: var(--raised); border: 1px solid var(--strong-line); border-radius: 4px }
.skip:focus { top: .6rem }

.bar { position: sticky; top: 0; z-index: 10; display: flex; gap: 1rem; align-items: center; padding: .5rem clamp(1rem, 4vw, 2.5rem); background: var(--paper); border-bottom: 1px solid var(--line) }
.bar nav { flex: 1; min-width: 0; overflow-x: auto; scrollbar-width: none; display: flex; gap: 1.1rem; padding: 3px }
.bar nav a { flex: none; color: var(--soft); text-decoration: none; font-size: .9rem; padding: .3rem 0; white-space: nowrap }
.bar nav a:hover, .bar nav a[aria-current] { color: var(--ink) }
.bar nav a[aria-current] { box-shadow: 0 2px 0 var(--ink) }
main { max-width: 75rem; margin: 0 auto; padding: 0 clamp(1rem, 4vw, 2.5rem) 5rem }

.head { padding: 2.6rem 0 0 }
.crumbs { margin: 0; color: var(--soft); font-size: .9rem }
.dot { padding: 0 .15em }
h1 { margin: .1rem 0 .5rem; font-size: clamp(1.6rem, 1.1rem + 2vw, 2.3rem); line-height: 1.2; font-weight: 650; letter-spacing: -.015em }
.subject { margin: 0; display: flex; flex-wrap: wrap; gap: .5rem .8rem; align-items: center }
.description { max-width: 42rem; margin: .8rem 0 0; color: var(--soft) }
.head > .facts { margin: 1.7rem 0 0; padding: 1.2rem 0; border-block: 1px solid var(--line) }
section { padding-top: 3.2rem }
.title { display: flex; flex-wrap: wrap; gap: .2rem 1rem; align-items: baseline; margin-bottom: 1rem }
.title p { margin: 0; color: var(--soft); font-size: .9rem }
h2 { margin: 0; font-size: 1.3rem; line-height: 1.3; font-weight: 650; letter-spacing: -.01em }
h3 { margin: 1.7rem 0 .5rem; font-size: 1rem; font-weight: 600 }
h3 small { font-weight: 400; font-size: .88rem; color: var(--soft) }

.badge { display: inline-flex; gap: .35em; align-items: baseline; padding: .1em .6em; border-radius: 1em; font-size: .85rem; font-weight: 550; color: var(--tone); background: var(--ground); white-space: nowrap }
.tag { padding: .05em .5em; border-radius: 3px; font-size: .82rem; color: var(--soft); background: var(--idle-ground) }
.line { display: block }
.absent { color: var(--soft) }
.note { margin: .5rem 0; color: var(--soft); max-width: 46rem }
.note strong { color: var(--ink) }
.hash { font-size: .82em; color: var(--soft); font-family: ui-monospace, Menlo, Consolas, "DejaVu Sans Mono", monospace }
.callout { margin: 1.2rem 0 0; padding: .8rem 1.1rem; border-left: 3px solid var(--tone); background: var(--ground); border-radius: 0 5px 5px 0 }
.callout p { margin: 0; max-width: 46rem }
.callout strong { color: var(--tone) }
pre { margin: 0; white-space: pre-wrap; unicode-bidi: plaintext; line-height: 1.5 }
.reason { margin-top: .3rem; font-size: .88rem }
.log { margin-top: .6rem; padding: .7rem .9rem; max-height: 22rem; overflow-y: auto; background: var(--sunken); border: 1px solid var(--line); border-radius: 5px; font-size: .8rem; color: var(--ink) }

.facts { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(15rem, 100%), 1fr)); gap: 1rem 2rem; margin: 0 }
.facts dt { color: var(--soft); font-size: .82rem }
.facts dd { margin: 0 }
.facts .whole { grid-column: 1 / -1 }
.facts ul { margin: .2rem 0 0; padding-left: 1.1em }

button { font: inherit; font-size: .86rem; color: var(--ink); background: var(--raised); border: 1px solid var(--strong-line); border-radius: 5px; padding: .3rem .7rem; cursor: pointer; white-space: nowrap }
button:hover { border-color: var(--soft) }
button[aria-pressed=true] { background: var(--ink); color: var(--paper); border-color: var(--ink) }
html:not(.scripted) :is(.copy, .theme) { display: none }
[hidden] { display: none !important }

.scroll { overflow-x: auto }
table { width: 100%; border-collapse: collapse; font-size: .92rem }
th, td { padding: .45rem 1rem .45rem 0; text-align: left; vertical-align: top; border-bottom: 1px solid var(--line); font-variant-numeric: tabular-nums }
thead th { font-weight: 500; font-size: .82rem; color: var(--soft); border-bottom-color: var(--strong-line) }
tbody th { font-weight: 500 }
.number { text-align: right; padding-right: 0 }
tr.set th, tr.set td:nth-child(2) { font-weight: 650 }
table.wide td { min-width: 8rem }

footer { margin-top: 4rem; padding-top: 1.2rem; border-top: 1px solid var(--line); color: var(--soft); font-size: .86rem }
footer p { margin: 0 }
`
