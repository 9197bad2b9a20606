import {expect, it} from 'vitest'
import {connect} from '../../src/actions/connect.ts'
import {chooseTarget} from '../../src/project/target.ts'
import {executionArn, fakeConnection, fakeState, fakeWorld} from '../support/fake-cloud.ts'

it('an execution that lost its process is told with commands that name the same file and target', async () => {
  const state = fakeState()
  const lost = {arn: executionArn('mjrltdmn6zgd'), pipelineName: 'churn', interruptedSteps: ['train']}
  const world = {...fakeWorld(state), connect: async () => ({...fakeConnection(state), recovered: [lost]})}
  const target = chooseTarget({targets: []}, '/p', 'local', {})
  await connect(target, {file: 'my specs/churn.yaml', target: 'local'}, world)
  expect(world.events).toEqual([
    {
      kind: 'recovered',
      execution: lost,
      next: [
        "mlpipe executions show mjrltdmn6zgd -f 'my specs/churn.yaml' -t local",
        "mlpipe executions retry mjrltdmn6zgd -f 'my specs/churn.yaml' -t local  (keeps the steps that had succeeded)",
      ],
    },
  ])
})
