// The report as one HTML file: nothing is loaded, and nothing can be sent. Works opened from disk.

import {createHash} from 'node:crypto'
import type {ReportResult} from '../../actions/report/report-data.ts'
import {anchorsOf} from './anchors.ts'
import {behaviours} from './browser/behaviours.js'
import {graphSection} from './graph-section.ts'
import {headSection} from './head-section.ts'
import {asMarkup, type Html, html} from './html.ts'
import {moment} from './layout.ts'
import {lineageSection} from './lineage-section.ts'
import {metricsSection} from './metrics-section.ts'
import {parametersSection} from './parameters-section.ts'
import {nextSection, sourceSection} from './source-sections.ts'
import {stepsSection} from './steps-section.ts'
import {colours} from './styles/colours.ts'
import {narrowAndPrint} from './styles/narrow-and-print.ts'
import {page} from './styles/page.ts'
import {sections} from './styles/sections.ts'
import {timelineSection} from './timeline-section.ts'

/** By this a file is known as a report, which another may take the place of. */
export const reportMark = '<meta name="generator" content="mlpipe report">'

const style = [colours, page, sections, narrowAndPrint].join('\n')
const script = behaviours.map((behaviour) => `(${behaviour})();`).join('\n')

export function renderReport(report: ReportResult): string {
  const {pipeline, execution, status, takenAt, target} = report
  const anchors = anchorsOf(report.steps)
  const body = html`<body>
<a class="skip" href="#steps">Skip to the steps</a>
<div class="bar"><nav aria-label="Sections">${links()}</nav><button type="button" class="theme">Theme</button></div>
<main>
${headSection(report)}${graphSection(report)}${timelineSection(report, anchors)}${stepsSection(report, anchors)}${metricsSection(report)}${parametersSection(report)}${lineageSection(report, anchors)}${sourceSection(report)}${nextSection(report)}
<footer><p>Taken by mlpipe on ${moment(takenAt)} from ${target}. This file loads nothing and sends nothing.</p></footer>
</main>
${panel()}`
  const {markup} = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
${asMarkup(reportMark)}
<meta http-equiv="Content-Security-Policy" content="${policy(body)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${pipeline} ${execution}: ${status}</title>
<style>${asMarkup(style)}</style>
</head>
${body}
<script>${asMarkup(script)}</script>
</body>
</html>
`
  return markup
}

/** The page's own styles and script, known by their hashes, and nothing else from anywhere. */
function policy(body: Html): string {
  const hash = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`
  // A drawing brings a style sheet of its own. What others wrote is text by now, and opens no element.
  const drawn = [...body.markup.matchAll(/<style>(.*?)<\/style>/gs)].map(([, text = '']) => text)
  const styles = [style, ...drawn].map(hash).join(' ')
  return `default-src 'none'; style-src ${styles}; script-src ${hash(script)}; base-uri 'none'; form-action 'none'`
}

function links(): Html {
  const all: readonly (readonly [string, string])[] = [
    ['top', 'Overview'],
    ['graph', 'Graph'],
    ['timeline', 'Timeline'],
    ['steps', 'Steps'],
    ['metrics', 'Metrics'],
    ['parameters', 'Parameters'],
    ['lineage', 'Lineage'],
    ['source', 'Source'],
    ['next', 'From here'],
  ]
  return html`${all.map(([id, title]) => html`<a href="#${id}">${title}</a>`)}`
}

/** Filled by the script with what is known of the step that was chosen. */
function panel(): Html {
  return html`<aside class="panel" hidden tabindex="-1" aria-label="Step"><header><h2></h2><p></p><button type="button" data-move="-1" aria-label="Previous step">←</button><button type="button" data-move="1" aria-label="Next step">→</button><button type="button" data-move="close">Close</button></header><div class="body"></div></aside>`
}
