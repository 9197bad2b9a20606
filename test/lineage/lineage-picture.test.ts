// A lineage as a picture: what its boxes are called, and what leads to what.

import {describe, expect, it} from 'vitest'
import {lineagePicture} from '../../src/lineage/lineage-picture.ts'
import type {Provenance, Since, StepRun, Taken} from '../../src/lineage/provenance.ts'
import {stepRun} from '../support/step-run.ts'

const arn = (id: string) => `arn:aws:sagemaker:us-east-1:111122223333:pipeline/churn/execution/${id}`
const takenOver = (id: string) => ({executionArn: arn(id), how: 'cached' as const})

function provenance(steps: readonly StepRun[], rest: Partial<Provenance> = {}): Provenance {
  return {executions: [], steps, models: [], gaps: [], ...rest}
}

const chain = provenance(
  [
    stepRun({executionArn: arn('first'), step: 'fetch', image: 'a.example/base/fetch:2'}),
    stepRun({
      executionArn: arn('second'),
      step: 'prepare',
      takenOverBy: [takenOver('this'), takenOver('other')],
      inputs: [{name: 'rows', uri: 's3://b/rows', madeBy: {executionArn: arn('first'), step: 'fetch'}}],
    }),
    stepRun({
      executionArn: arn('this'),
      step: 'train',
      inputs: [{name: 'train', uri: 's3://b/train', madeBy: {executionArn: arn('second'), step: 'prepare'}}],
    }),
    stepRun({executionArn: arn('this'), step: 'register', after: [{executionArn: arn('this'), step: 'train'}]}),
  ],
  {
    models: [
      {
        arn: 'arn:aws:sagemaker:us-east-1:111122223333:model-package/churn/7',
        model: 'churn/7',
        approval: 'Approved',
        createdAtMs: 0,
        metrics: [],
        registeredBy: {executionArn: arn('this'), step: 'register'},
        endpoints: ['churn-prod'],
      },
    ],
  },
)

const edgesOf = ({steps, ...rest}: Provenance, own?: string) =>
  lineagePicture({...rest, steps}, 'x', own).edges.map(({from, to}) => `${from} -> ${to}`)

describe('the picture of a lineage', () => {
  it('of an execution names its steps as the graph does, whoever ran them, and others by their execution', () => {
    expect(edgesOf(chain, arn('this'))).toEqual([
      'image a.example/base/fetch:2 -> step first fetch',
      'step first fetch -> prepare',
      'prepare -> train',
      'train -> register',
      'register -> model arn:aws:sagemaker:us-east-1:111122223333:model-package/churn/7',
      'model arn:aws:sagemaker:us-east-1:111122223333:model-package/churn/7 -> endpoint churn-prod',
    ])
  })

  it('of an execution says where another one ran a step, and nothing of what goes without saying', () => {
    const told = lineagePicture(chain, 'x', arn('this')).nodes.filter(({kind}) => kind === 'step')
    expect(told.map(({label, caption, notes}) => [label, caption, notes])).toEqual([
      ['fetch', 'Training in first', []],
      ['prepare', 'Training in second', ['cached by other']],
      ['train', 'Training', []],
      ['register', 'Training', []],
    ])
  })

  it('of no execution in particular names the execution at every step', () => {
    const told = lineagePicture(chain, 'x').nodes.filter(({kind}) => kind === 'step')
    expect(told.map(({id, caption}) => [id, caption])).toEqual([
      ['step first fetch', 'Training in first'],
      ['step second prepare', 'Training in second'],
      ['step this train', 'Training in this'],
      ['step this register', 'Training in this'],
    ])
    expect(told[1]?.notes).toEqual(['cached by this', 'cached by other'])
  })

  it.each([
    ['few run is a box that leads to them', 6, true],
    ['many run is told at each of them', 7, false],
  ])('an image that %s', (_words, amount, isDrawn) => {
    const image = 'a.example/base/sklearn:1.2'
    const steps = Array.from({length: amount}, (_, index) =>
      stepRun({executionArn: arn('this'), step: `step-${index}`, image}),
    )
    const {nodes, edges} = lineagePicture(provenance(steps), 'x')
    expect(nodes.filter(({kind}) => kind === 'image').map(({label}) => label)).toEqual(isDrawn ? ['sklearn:1.2'] : [])
    expect(edges).toHaveLength(isDrawn ? amount : 0)
    expect(nodes.filter(({notes}) => notes.includes('image sklearn:1.2'))).toHaveLength(isDrawn ? 0 : amount)
  })
})

// One node for one content, as far as contents are known.
const written = (state: 'older' | 'written-since'): Since => ({state, writtenAtMs: 5})

it.each([
  ['read by two runs', undefined, undefined, [[]]],
  ['read twice, and not written since', written('older'), written('older'), [[]]],
  ['written between two runs', written('written-since'), written('older'), [['written since'], []]],
  ['written after both', written('written-since'), written('written-since'), [['written since']]],
] as const)('a place %s', (_name, first, second, notes) => {
  const reading = (step: string, since: Since | undefined) => {
    const raw: Taken = {name: 'raw', uri: 's3://lake/raw.csv', ...(since ? {since} : {})}
    return stepRun({executionArn: 'arn:pipeline/a/execution/b', step, inputs: [raw]})
  }
  const steps = [reading('one', first), reading('two', second)]
  const {nodes} = lineagePicture({steps, executions: [], models: [], gaps: []}, 'a')
  expect(nodes.filter(({kind}) => kind === 'data').map((node) => node.notes)).toEqual(notes)
})
