// What particular sections look like: graph, timeline, steps, charts, texts to fold, and the panel of one step.

import {axisLabelStyles} from '../axis-labels.ts'

export const sections = `
.graph :is(#picture, #lineage-picture) .ground { fill: var(--raised) }
.graph :is(#picture, #lineage-picture) :is(.label, .heading, .legend text) { fill: var(--ink) }
.graph :is(#picture, #lineage-picture) :is(.caption, .note, .edge-label) { fill: var(--soft) }
.graph :is(#picture, #lineage-picture) .edge { stroke: var(--edge) }
.graph :is(#picture, #lineage-picture) .tip { fill: var(--edge) }
.graph :is(#picture, #lineage-picture) :is(.good, .reused, .work, .open, .bad, .idle, .plain) .box { fill: var(--ground); stroke: var(--tone) }
.graph :is(#picture, #lineage-picture) :is(.good, .reused, .work, .open, .bad, .idle, .plain) .inner { stroke: var(--tone) }
.graph :is(#picture, #lineage-picture) :is(.good, .reused, .work, .open, .bad, .idle, .plain) .status { fill: var(--tone) }
.graph :is(#picture, #lineage-picture) .node:focus-visible { outline: none }
.graph :is(#picture, #lineage-picture) .node:focus-visible .box, .graph :is(#picture, #lineage-picture) .chosen .box { stroke: var(--focus); stroke-width: 3 }
.graph { overflow: auto; max-height: min(75vh, 46rem); border: 1px solid var(--line); border-radius: 6px; background: var(--raised); padding: 1rem }
.graph svg { display: block; margin: 0 auto; max-width: none }
.graph.fit svg { max-width: 100%; height: auto }
.graph [data-opens] { cursor: pointer }
.graph-tools { display: flex; justify-content: flex-end; margin-top: .5rem }
html:not(.scripted) .graph-tools { display: none }
.away { opacity: .25 }

.timeline { position: relative; --name: clamp(6.5rem, 22vw, 16rem); --time: 5.2rem }
.timeline ol { list-style: none; margin: 0; padding: 26px 0 0; position: relative }
.timeline li { content-visibility: auto; contain-intrinsic-size: auto 24px }
.timeline a { display: grid; grid-template-columns: var(--name) minmax(0, 1fr) var(--time); gap: .8rem; align-items: center; height: 24px; color: var(--ink); text-decoration: none; font-size: .86rem; line-height: 24px; border-radius: 3px }
.timeline a:hover, .timeline li.chosen a { background: var(--sunken) }
.timeline .name { overflow: hidden; text-overflow: ellipsis; white-space: nowrap }
.timeline .spent { text-align: right; color: var(--soft); font-variant-numeric: tabular-nums; white-space: nowrap }
.axis { position: absolute; inset: 0; display: grid; grid-template-columns: var(--name) minmax(0, 1fr) var(--time); grid-template-rows: minmax(0, 1fr); gap: .8rem; pointer-events: none }
.axis > div { grid-column: 2; container: axis / inline-size }
.axis svg { height: 100% }
${axisLabelStyles}
.axis line { stroke: var(--line) }
.axis text { fill: var(--soft); font-size: 11.5px }
.timeline.broken ol { padding-bottom: 20px }
.timeline.broken .axis { bottom: 20px }
.axis .break { fill: url(#hatch); fill-opacity: 1; stroke: none; height: calc(100% - 22px) }
.axis pattern path { stroke: var(--strong-line); stroke-width: 2px; fill: none }
.track { display: block; width: 100%; overflow: visible }
.track rect { fill: var(--tone); stroke: var(--tone); stroke-width: 1.5px; fill-opacity: .38 }
.track.critical rect { fill-opacity: 1 }
.track path { fill: var(--paper); stroke: var(--tone); stroke-width: 1.8px }
.track.critical path { fill: var(--tone) }
.legend { display: flex; flex-wrap: wrap; gap: .3rem 1.6rem; margin: .9rem 0 0; font-size: .84rem; color: var(--soft) }
.legend span { display: inline-flex; gap: .5rem; align-items: center }
.swatch { width: 18px; height: 11px; border-radius: 2px; background: var(--good); flex: none }
.swatch.hatched { background: repeating-linear-gradient(135deg, var(--strong-line) 0 1.5px, transparent 1.5px 4px) }
.swatch.taken { width: 9px; height: 9px; border-radius: 0; background: none; border: 1.8px solid var(--reused); rotate: 45deg; margin: 0 4px }

.toolbar { display: flex; flex-wrap: wrap; gap: .6rem; align-items: center; margin-bottom: .8rem }
.search { position: relative; flex: 1 1 14rem; max-width: 22rem }
.search input { width: 100%; font: inherit; font-size: .92rem; color: var(--ink); background: var(--raised); border: 1px solid var(--strong-line); border-radius: 5px; padding: .35rem 2rem .35rem .7rem }
.search input::placeholder { color: var(--soft); opacity: 1 }
.search kbd { position: absolute; right: .6rem; top: 50%; translate: 0 -50%; color: var(--soft); border: 1px solid var(--line); border-radius: 3px; padding: 0 .4em; line-height: 1.4; pointer-events: none }
.search input:focus + kbd, .search input:not(:placeholder-shown) + kbd { display: none }
.chips { display: flex; flex-wrap: wrap; gap: .4rem; flex: 1 1 auto }
.chip { border-radius: 1em; color: var(--tone) }
.chip[aria-pressed=true] { background: var(--tone); border-color: var(--tone); color: var(--paper) }

.steps { border-top: 1px solid var(--line) }
.step { border-bottom: 1px solid var(--line); content-visibility: auto; contain-intrinsic-size: auto 42px }
.step summary { display: grid; grid-template-columns: 1rem minmax(9rem, 1.2fr) minmax(6rem, .8fr) 5.6rem 5.4rem minmax(0, 2.6fr); gap: .2rem 1rem; align-items: baseline; padding: .55rem .4rem; cursor: pointer; list-style: none }
.step summary::-webkit-details-marker { display: none }
.step summary:hover, .step[open] summary { background: var(--sunken) }
.step summary:focus-visible { outline-offset: -2px }
.step .mark, .step .state { color: var(--tone); font-weight: 550 }
.step .mark { text-align: center }
.step .name { font-weight: 600 }
.step .type, .step .why { color: var(--soft); font-size: .9rem }
.step .why { overflow: hidden; display: -webkit-box; -webkit-box-orient: vertical; -webkit-line-clamp: 2 }
.step .state, .step .spent { font-size: .9rem; white-space: nowrap }
.step .spent { text-align: right; font-variant-numeric: tabular-nums }
.step em { font-style: normal; color: var(--open) }
.step .verdict { color: var(--ink) }
.body { padding: .9rem .4rem 1.4rem 2.4rem }
.body .facts, .panel .facts { grid-template-columns: minmax(0, 1fr); gap: .6rem }
.body .facts > div, .panel .facts > div { display: grid; grid-template-columns: 8.5rem minmax(0, 1fr); gap: .2rem 1rem }
.body .facts dt, .panel .facts dt { font-size: .88rem }
.facts .place { color: var(--soft); font-size: .86em; white-space: nowrap }
.tail > p { margin: 1rem 0 0; color: var(--soft); font-size: .88rem }
.none { color: var(--soft) }

.panel { position: fixed; z-index: 20; inset: 0 0 0 auto; width: min(32rem, 100vw); overflow-y: auto; background: var(--raised); border-left: 1px solid var(--line); box-shadow: var(--shadow); padding: 1.1rem 1.4rem 3rem }
.panel header { position: sticky; top: -1.1rem; margin: -1.1rem -1.4rem 1rem; padding: 1.1rem 1.4rem .8rem; background: var(--raised); border-bottom: 1px solid var(--line); display: flex; flex-wrap: wrap; gap: .4rem .6rem; align-items: center }
.panel h2 { flex: 1 1 100%; font-size: 1.15rem }
.panel header p { margin: 0; flex: 1; color: var(--soft) }
.panel .body { padding: 0 }

.cards { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(21rem, 100%), 1fr)); gap: 1rem }
.card { min-width: 0; background: var(--raised); border: 1px solid var(--line); border-radius: 6px; padding: .9rem 1.1rem }
.card h3 { margin: 0 }
.of { margin: 0; color: var(--soft); font-size: .86rem }
.value { margin: .3rem 0 .5rem; font-size: 1.55rem; line-height: 1.3; font-weight: 600; letter-spacing: -.01em; font-variant-numeric: tabular-nums }
.value small { font-size: .88rem; font-weight: 400; letter-spacing: 0; color: var(--soft); margin-left: .35rem }
.value .absent { font-size: 1rem; font-weight: 400 }
.chart { display: grid; grid-template-columns: auto minmax(0, 1fr); gap: .6rem }
.chart .scale { display: flex; flex-direction: column; justify-content: space-between; text-align: right; color: var(--soft); font-size: .76rem; line-height: 16px; font-variant-numeric: tabular-nums }
.chart > svg { width: 100%; display: block; overflow: visible }
.chart .edge { stroke: var(--line) }
.chart svg svg { width: 100%; overflow: visible }
.chart polyline { fill: none; stroke: var(--soft); stroke-width: 1.5px; stroke-linejoin: round }
.chart circle { fill: var(--raised); stroke: var(--soft); stroke-width: 1.5px }
.chart circle.this { fill: var(--link); stroke: var(--raised); stroke-width: 2px }
.values { margin-top: .5rem; font-size: .86rem }
.values table { font-size: .78rem }
.values summary { color: var(--soft); cursor: pointer; width: fit-content }
.values tr.this > * { font-weight: 650 }
.values th, .values td { padding: .25rem .7rem .25rem 0; white-space: nowrap }
.values-list { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(13rem, 100%), 1fr)); gap: 0 2rem; margin: .6rem 0 0 }
.values-list div { display: flex; justify-content: space-between; gap: 1rem; border-bottom: 1px solid var(--line); padding: .3rem 0 }

.values-list dt { min-width: 0; color: var(--soft) }
.fold .padded { padding: .7rem 1rem 1rem }
.values-list dd { margin: 0; flex: none; max-width: 60%; text-align: right; font-variant-numeric: tabular-nums }

.fold { border: 1px solid var(--line); border-radius: 6px; margin-top: .7rem; background: var(--raised) }
.fold summary { padding: .6rem 1rem; cursor: pointer }
.fold .aside { color: var(--soft); font-size: .88rem; margin-left: .5rem }
.fold .text { position: relative; border-top: 1px solid var(--line) }
.fold .copy { position: absolute; right: .8rem; top: .7rem }
.fold pre { padding: 1rem 5rem 1rem 1rem; max-height: 34rem; overflow: auto; font-size: .8rem; white-space: pre; overflow-wrap: normal }
.commands { list-style: none; margin: 0; padding: 0 }
.commands li { display: flex; gap: 1rem; justify-content: space-between; align-items: center; border-bottom: 1px solid var(--line); padding: .45rem 0 }
`
