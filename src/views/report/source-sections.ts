// What was deployed, word for word, and where to go from here.

import type {ReportResult} from '../../actions/report/report-data.ts'
import {bytes} from '../time.ts'
import {type Html, html} from './html.ts'
import {copyButton, foldable, gapNotes, section} from './layout.ts'

export function sourceSection(report: ReportResult): Html {
  const {spec, definition} = report
  const known =
    spec?.known === 'by-hash' ? 'the very text it was deployed from' : 'it compiles to the definition that ran'
  const body = html`${gapNotes(report, 'spec')}${
    spec && foldable('spec', html`<b>${spec.file}</b> <span class="aside">the spec: ${known}</span>`, spec.text)
  }${
    definition !== undefined &&
    foldable(
      'definition',
      html`<b>definition.json</b> <span class="aside">what SageMaker runs, ${bytes(definition.length)}</span>`,
      lessIndented(definition),
    )
  }`
  return section({id: 'source', title: 'Spec and definition', body})
}

export function nextSection({next}: ReportResult): Html {
  const body = html`<ul class="commands">${next.map((command, index) => html`<li><code id="next-${index}">${command}</code>${copyButton(`next-${index}`, command)}</li>`)}</ul>`
  return section({id: 'next', title: 'From here', body})
}

/** From here on every blank counts. */
const longDefinition = 500_000

function lessIndented(text: string): string {
  return text.length < longDefinition ? text : text.replace(/^ +/gm, (blanks) => blanks.slice(blanks.length / 2))
}
