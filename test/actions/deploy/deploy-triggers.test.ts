// What deploy says of triggers, and what --triggers does about it.

import {describe, expect, it} from 'vitest'
import {MlpipeError} from '../../../src/diagnostics/mlpipe-error.ts'
import {refusal} from '../../support/aws-account.ts'
import {writeFiles} from '../../support/temp-dir.ts'
import {
  changesIn,
  create,
  deployedAccount,
  deployTo,
  newData,
  nightly,
  refused,
  ruleOf,
  scheduleOf,
  specWith,
  type TriggerAccount,
  triggerAccount,
} from '../../support/trigger-account.ts'

const both = `${nightly}${newData.replace('triggers:\n', '')}`
const bringIn = 'mlpipe deploy --triggers -t prod'

const change = (account: TriggerAccount, triggers: string) =>
  writeFiles(account.directory, {'mlpipe.yaml': specWith(triggers)})

const aboutTriggers = /[Rr]ule|[Ss]chedule|[Tt]arget|EventBus|Alarm|Role/

describe('without --triggers', () => {
  it('nothing is asked about them when the spec declares none', async () => {
    const account = await deployedAccount(specWith(''))
    const {triggers} = await deployTo(account)
    expect(triggers).toBeUndefined()
    expect(account.calls.filter((call) => aboutTriggers.test(call))).toEqual([])
  })

  it('those that are not made yet are named, with the command that makes them', async () => {
    const account = triggerAccount(specWith(both))
    const result = await deployTo(account)
    expect(result).toMatchObject({
      outcome: 'created',
      triggers: {
        declared: 2,
        isBroughtInLine: false,
        differences: [
          {name: 'nightly', action: 'create', starter: 'schedule churn-nightly (churn)'},
          {name: 'new-data', action: 'create', starter: 'rule churn-new-data'},
        ],
      },
      next: ['mlpipe run -t prod', bringIn],
    })
    expect(changesIn(account).filter((call) => aboutTriggers.test(call))).toEqual([])
  })

  it('what differs is named by its fields; what is as declared is not', async () => {
    const account = await deployedAccount(specWith(both))
    await create(account)
    expect((await deployTo(account)).triggers).toMatchObject({declared: 2, differences: []})
    change(account, both.replace('epochs: 50', 'epochs: 9').replace('.csv', '.parquet'))
    const {triggers} = await deployTo(account)
    expect(
      triggers?.differences.map(({name, action, changes}) => [name, action, changes.map(({field}) => field)]),
    ).toEqual([
      ['nightly', 'update', ['parameter epochs']],
      ['new-data', 'update', ['pattern']],
    ])
  })

  it('what is declared no longer is named; what the command line declared, or others made, is not', async () => {
    const account = await deployedAccount(specWith(both))
    await create(account)
    await create(account, {name: 'weekly', options: {schedule: 'rate(7 days)'}})
    change(account, newData)
    expect((await deployTo(account)).triggers?.differences).toEqual([
      {name: 'nightly', action: 'keep', starter: 'schedule churn-nightly (churn)', changes: []},
    ])
  })

  it('who may not look at triggers deploys all the same', async () => {
    const account = await deployedAccount(specWith(both))
    const denied = new MlpipeError({code: 'access-denied', message: 'no', who: 'service'})
    account.override = ({triggers}) => ({triggers: {...triggers, rules: () => Promise.reject(denied)}})
    const result = await deployTo(account)
    expect(result.triggers).toBeUndefined()
    expect(account.events).toContainEqual({kind: 'warning', message: expect.stringContaining('could not be looked at')})
  })
})

describe('with --triggers', () => {
  it('a first deploy makes the pipeline, then its triggers', async () => {
    const account = triggerAccount(specWith(both))
    const result = await deployTo(account, {triggers: true})
    expect(result).toMatchObject({
      outcome: 'created',
      triggers: {
        isBroughtInLine: true,
        differences: [
          {name: 'nightly', action: 'create'},
          {name: 'new-data', action: 'create'},
        ],
        role: {action: 'create'},
        buckets: ['lake'],
      },
      next: ['mlpipe run -t prod'],
    })
    const order = changesIn(account)
    expect(order.indexOf('CreatePipeline')).toBeLessThan(order.indexOf('CreateRole'))
    expect(await scheduleOf(account, 'churn-nightly')).toMatchObject({State: 'ENABLED'})

    account.calls = []
    expect(await deployTo(account, {triggers: true, yes: false})).toMatchObject({triggers: {differences: []}})
    expect(changesIn(account)).toEqual([])
    expect(account.questions).toEqual([])
  })

  it('asks, also when the pipeline stays as it is', async () => {
    const account = await deployedAccount(specWith(both))
    account.reply = false
    expect(await deployTo(account, {triggers: true, yes: false})).toMatchObject({outcome: 'kept'})
    expect(account.questions).toMatchObject([{yesCommand: 'mlpipe deploy --triggers -t prod --yes'}])
    expect(account.events).toContainEqual({
      kind: 'proposal',
      proposal: expect.objectContaining({triggers: expect.objectContaining({isBroughtInLine: true})}),
    })
    expect(changesIn(account)).toEqual([])
  })

  it('a dry run shows all of it and changes nothing', async () => {
    const account = await deployedAccount(specWith(both))
    const result = await deployTo(account, {triggers: true, yes: false, dryRun: true})
    expect(result).toMatchObject({
      outcome: 'dry-run',
      triggers: {differences: [{action: 'create'}, {action: 'create'}], buckets: ['lake']},
      next: [bringIn],
    })
    expect(changesIn(account)).toEqual([])
  })

  it('what is wrong with a trigger is found before anything is deployed', async () => {
    const account = triggerAccount(specWith(both))
    delete account.buckets['lake']
    expect(await refused(deployTo(account, {triggers: true}))).toMatchObject({code: 'no-such-bucket'})
    expect(changesIn(account)).toEqual([])
  })

  it('what breaks off says that the pipeline is deployed', async () => {
    const account = triggerAccount(specWith(both))
    account.answer = (call) => (call === 'PutRule' ? refusal('AccessDeniedException', 'no', 403) : undefined)
    const error = await refused(deployTo(account, {triggers: true}))
    expect(error.message).toContain(
      'not all of it is done (done so far: the pipeline is created, the role churn-trigger',
    )
    expect(error.nextSteps.at(-1)).toBe(`${bringIn}  (goes on from there)`)
  })

  it('a plan leaves triggers alone', async () => {
    const account = await deployedAccount(specWith(both))
    expect(await refused(deployTo(account, {triggers: true, plan: 'plan.json'}))).toMatchObject({code: 'usage'})
  })

  describe('what is declared no longer', () => {
    async function withoutNightly(answer?: 'keep' | 'remove'): Promise<TriggerAccount> {
      const account = await deployedAccount(specWith(both))
      await create(account)
      change(account, newData)
      account.calls = []
      const choose: TriggerAccount['world']['choose'] = async (question, words) => {
        account.questions.push({question, yesCommand: ''})
        return words.find((word) => word === answer) ?? 'no-terminal'
      }
      return Object.assign(account, {world: {...account.world, choose}})
    }

    it('goes when that is answered', async () => {
      const account = await withoutNightly('remove')
      const {triggers} = await deployTo(account, {triggers: true, yes: false})
      expect(triggers?.differences).toMatchObject([{name: 'nightly', action: 'remove'}])
      expect(account.questions.map(({question}) => question)).toEqual([
        'trigger nightly is no longer declared in the spec: keep or remove? [keep]',
      ])
      await expect(scheduleOf(account, 'churn-nightly')).rejects.toThrow()
      expect(await ruleOf(account, 'churn-new-data')).toMatchObject({State: 'ENABLED'})
    })

    it.each([
      ['that is answered', 'keep' as const],
      ['there is no terminal to ask on', undefined],
    ])('stays, and is named, when %s', async (_what, answer) => {
      const account = await withoutNightly(answer)
      const result = await deployTo(account, {triggers: true, yes: false})
      expect(result.triggers?.differences).toMatchObject([{name: 'nightly', action: 'keep'}])
      expect(result.next).toContain('mlpipe deploy --triggers --yes -t prod')
      expect(changesIn(account)).toEqual([])
    })

    it('goes with --yes', async () => {
      const account = await withoutNightly()
      expect((await deployTo(account, {triggers: true})).triggers?.differences).toMatchObject([{action: 'remove'}])
      expect(account.questions).toEqual([])
      await expect(scheduleOf(account, 'churn-nightly')).rejects.toThrow()
    })
  })
})
