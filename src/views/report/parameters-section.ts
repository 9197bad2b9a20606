// What the execution was started with, and what stands in for what it was not.

import type {ReportParameter, ReportResult} from '../../actions/report/report-data.ts'
import {count} from '../time.ts'
import {type Html, html} from './html.ts'
import {section} from './layout.ts'

export function parametersSection({parameters}: ReportResult): Html {
  const given = parameters.filter(({isDefault}) => !isDefault).length
  const body =
    parameters.length === 0
      ? html`<p class="note">The pipeline takes no parameters.</p>`
      : html`<div class="scroll"><table><thead><tr><th scope="col">Parameter</th><th scope="col">Value</th><th scope="col">Default</th><th scope="col">Type</th></tr></thead><tbody>${parameters.map(row)}</tbody></table></div>`
  const aside =
    parameters.length === 0
      ? undefined
      : `${count(parameters.length, 'parameter')}, ${given === 0 ? 'all at their defaults' : `${given} set for this execution`}`
  return section({id: 'parameters', title: 'Parameters', body, ...(aside === undefined ? {} : {aside})})
}

function row({name, value, type, default: fallback, isDefault}: ReportParameter): Html {
  const standard = isDefault
    ? html`<span class="tag">default</span>`
    : html`${fallback === undefined ? html`<span class="absent">none</span>` : html`<code>${fallback}</code>`}`
  return html`<tr${!isDefault && html` class="set"`}><th scope="row"><bdi>${name}</bdi></th><td><code>${value}</code></td><td>${standard}</td><td>${type ?? html`<span class="absent">not declared</span>`}</td></tr>`
}
