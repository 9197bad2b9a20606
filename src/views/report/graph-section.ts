// The graph of the pipeline, coloured by how each step went; a step in it opens what is known of it.

import type {StepReport} from '../../actions/executions/execution-report.ts'
import type {ReportResult} from '../../actions/report/report-data.ts'
import {withStates} from '../graph/with-states.ts'
import {count} from '../time.ts'
import {type Html, html} from './html.ts'
import {gapNotes, section} from './layout.ts'
import {pictureFrame} from './picture-frame.ts'

export function graphSection(report: ReportResult): Html {
  const {graph} = report
  const notes = gapNotes(report, 'definition')
  if (!graph) return section({id: 'graph', title: 'Graph', body: notes})
  const drawn = withStates(graph, report.steps.map(withoutAge))
  const body = html`${notes}${pictureFrame(drawn, {id: 'picture', name: 'Graph'})}`
  return section({
    id: 'graph',
    title: 'Graph',
    body,
    aside: `${count(graph.nodes.length, 'node')}, ${count(graph.edges.length, 'edge')}`,
  })
}

/** A page is read long after it was written: ages say nothing in it. */
function withoutAge(step: StepReport): StepReport {
  const {cachedFrom, reusedFrom} = step
  return {
    ...step,
    ...(cachedFrom ? {cachedFrom: {execution: cachedFrom.execution, arn: cachedFrom.arn}} : {}),
    ...(reusedFrom ? {reusedFrom: {execution: reusedFrom.execution, arn: reusedFrom.arn}} : {}),
  }
}
