// The same page on a small screen and on paper.

export const narrowAndPrint = `
@media screen and (min-width: 64rem) { .beside body { padding-right: 28rem } .beside .panel { width: 28rem; box-shadow: none } }
@media (max-width: 60rem) {
.step summary { grid-template-columns: 1rem minmax(0, 1fr) auto; gap: .1rem .8rem }
.step .type { order: 3; grid-column: 2 }
.step .state { order: 1; text-align: right }
.step .spent { order: 4 }
.step .why { order: 5; grid-column: 2 / -1 }
.body { padding-left: 2.2rem }
}
@media (max-width: 36rem) {
body { font-size: 14.5px }
.head { padding-top: 1.6rem }
.head > .facts { grid-template-columns: repeat(auto-fill, minmax(min(9rem, 100%), 1fr)) }
table.wide, table.wide tbody, table.wide tr, table.wide td { display: block; width: auto }
table.wide thead { display: none }
table.wide tr { border-bottom: 1px solid var(--line); padding: .5rem 0 }
table.wide td { border: 0; padding: .15rem 0; display: grid; grid-template-columns: 6rem minmax(0, 1fr) }
table.wide td::before { content: attr(data-label); color: var(--soft); font-size: .86rem; grid-row: 1 / 9 }
table.wide td > * { grid-column: 2 }
section { padding-top: 2.4rem }
.timeline { --name: 6.2rem; --time: 4.4rem }
.timeline a, .axis { gap: .5rem }
.body { padding-left: .4rem }
.body .facts > div, .panel .facts > div { grid-template-columns: minmax(0, 1fr) }
.panel { inset: auto 0 0 0; width: auto; max-height: 75vh; border-left: 0; border-top: 1px solid var(--line); border-radius: 12px 12px 0 0 }
.fold pre { padding-right: 1rem; padding-top: 3rem }
}
@media (prefers-reduced-motion: no-preference) { html { scroll-behavior: smooth } }
@media print {
@page { margin: 16mm 14mm }
body { font-size: 10pt; background: #fff }
main { max-width: none; padding: 0 }
.bar, .skip, .toolbar, .panel, .copy, .graph-tools, .none { display: none !important }
.step, .timeline li, section { content-visibility: visible }
details::details-content { content-visibility: visible; display: block; height: auto }
.steps .step[hidden] { display: block !important }
.away { opacity: 1 }
.graph { max-height: none; overflow: visible; border: 0; padding: 0 }
.graph svg { max-width: 100%; height: auto }
.graph:not(.long) svg { max-height: 230mm }
.log, .fold pre { max-height: none; overflow: visible; white-space: pre-wrap; overflow-wrap: anywhere }
.scroll { overflow: visible }
.cards { grid-template-columns: 1fr 1fr }
.card { padding: .6rem .8rem }
.values table { font-size: 7.5pt }
.values th, .values td { padding-right: .5rem }
section, .head { break-inside: auto }
h2, h3, summary { break-after: avoid }
.card, .callout, tr, .timeline li { break-inside: avoid }
a { color: inherit; text-decoration: none }
.badge, .callout, .swatch, .track { print-color-adjust: exact; -webkit-print-color-adjust: exact }
}
`
