// What `mlpipe delete` says before and after.
import {expect, it} from 'vitest'
import type {DeleteResult} from '../../src/actions/delete/delete-result.ts'
import {deleteProposal, deleteView} from '../../src/views/delete.ts'

const screen = {width: 100, colour: false}

const result: DeleteResult = {
  formatVersion: 1,
  outcome: 'deleted',
  pipeline: 'churn',
  target: 'prod',
  arn: 'arn:aws:sagemaker:us-east-1:111122223333:pipeline/churn',
  executions: 2,
  triggers: [
    {kind: 'schedule', name: 'nightly', within: 'default'},
    {kind: 'rule', name: 'shared', within: 'default', keptForOthers: true},
  ],
  alarms: ['churn-drift'],
  scheduleGroup: 'churn',
  role: 'churn-trigger',
  stays: {data: 's3://b/churn/', groups: ['churn'], endpoints: []},
}

it('names what goes before, and the same in the past after', () => {
  const before = deleteProposal(result, screen).join('\n')
  const after = deleteView.human(result, screen)
  expect(before).toMatch(/^goes +pipeline churn, its 2 executions, schedule nightly/)
  expect(before).toContain('the target in rule shared, which starts other things too')
  expect(before.replace(/\s+/g, ' ')).toContain('alarm churn-drift, schedule group churn, role churn-trigger')
  expect(before).toMatch(/^stays +data under s3:\/\/b\/churn\/, model package group churn/m)
  expect(after).toMatch(/^deleted +pipeline churn, its 2 executions, schedule nightly/)
  expect(after).not.toMatch(/^goes/m)
  expect(after).toMatch(/^target +prod$/m)
})

it.each([
  ['dry-run', /nothing is deleted: this was a dry run$/],
  ['kept', /^nothing was deleted: churn on prod is as it was$/],
  ['nothing-there', /^there is no pipeline churn on prod: nothing to delete$/],
] as const)('says of %s that nothing was done', (outcome, said) => {
  expect(deleteView.human({...result, outcome}, screen)).toMatch(said)
})

it('says of a pipeline that somebody else made that mlpipe did not', () => {
  expect(deleteProposal({...result, isForeign: true}, screen).join('\n')).toContain('it was not made by mlpipe')
})
