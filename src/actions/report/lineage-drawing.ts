// The lineage of an execution as a picture for its report, or the command that draws it, where it is too large for a page.

import {lineagePicture} from '../../lineage/lineage-picture.ts'
import type {Provenance} from '../../lineage/provenance.ts'
import {executionId} from '../executions/execution-arn.ts'
import {nextCommand, type Place, quoted} from '../next-commands.ts'
import type {ReportLineage} from './report-data.ts'

/** More can neither be read on a page nor be laid out in a moment. */
const mostNodes = 120
const mostEdges = 400

/** Nothing, where nothing leads to anything: the graph tells as much. */
export function drawLineage(
  provenance: Provenance,
  arn: string,
  place: Place,
): Pick<ReportLineage, 'picture' | 'undrawn'> {
  const id = executionId(arn)
  const picture = lineagePicture(provenance, id, arn)
  const {nodes, edges} = picture
  if (edges.length === 0) return {}
  if (nodes.length <= mostNodes && edges.length <= mostEdges) return {picture}
  const command = nextCommand(`lineage ${quoted(id)} -o lineage.dot`, place)
  return {undrawn: {nodes: nodes.length, edges: edges.length, command}}
}
