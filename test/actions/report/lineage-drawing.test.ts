// Which lineages are drawn in a report, and what is said of the others.

import {describe, expect, it} from 'vitest'
import {drawLineage} from '../../../src/actions/report/lineage-drawing.ts'
import type {Provenance} from '../../../src/lineage/provenance.ts'
import {stepRun} from '../../support/step-run.ts'

const own = 'arn:aws:sagemaker:us-east-1:111122223333:pipeline/churn/execution/abc123'

/** Each step takes data of its own, and something from as many of the steps before it. */
function provenance(steps: number, before = 0): Provenance {
  const runs = Array.from({length: steps}, (_, index) =>
    stepRun({
      executionArn: own,
      step: `step-${index}`,
      inputs: [
        {name: 'raw', uri: `s3://lake/${index}`},
        ...Array.from({length: Math.min(index, before)}, (_, back) => ({
          name: `from-${back}`,
          uri: 's3://b/x',
          madeBy: {executionArn: own, step: `step-${index - back - 1}`},
        })),
      ],
    }),
  )
  return {executions: [], steps: runs, models: [], gaps: []}
}

describe('the drawing of a lineage', () => {
  it('is the picture of up to 120 nodes', () => {
    const {picture, undrawn} = drawLineage(provenance(60), own, {})
    expect(picture).toMatchObject({title: 'lineage of abc123', nodes: {length: 120}, edges: {length: 60}})
    expect(undrawn).toBeUndefined()
  })

  it('is with more nodes or many edges the command that draws it, for the same file and target', () => {
    expect(drawLineage(provenance(61), own, {file: 'my spec.yaml', target: 'prod'})).toEqual({
      undrawn: {nodes: 122, edges: 61, command: "mlpipe lineage abc123 -o lineage.dot -f 'my spec.yaml' -t prod"},
    })
    expect(drawLineage(provenance(50, 10), own, {})).toMatchObject({undrawn: {nodes: 100, edges: 495}})
  })

  it('is nothing where nothing leads to anything', () => {
    expect(drawLineage(provenance(0), own, {})).toEqual({})
    const alone = {...provenance(0), steps: [stepRun({executionArn: own, step: 'alone'})]}
    expect(drawLineage(alone, own, {})).toEqual({})
  })
})
