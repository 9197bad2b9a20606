// Which executions are listed: filters over as many pages as it takes.
import {expect, it} from 'vitest'
import {listExecutions} from '../../../src/actions/executions/list-executions.ts'
import {parameterFilter} from '../../../src/actions/executions/parameter-filter.ts'
import type {Cloud, ExecutionStatus, NameValue} from '../../../src/cloud/ports.ts'
import {executionArn, fakeCloud, fakeState, fakeWorld} from '../../support/fake-cloud.ts'
import {tempDir} from '../../support/temp-dir.ts'

const definition = JSON.stringify({
  Version: '2020-12-01',
  Metadata: {},
  Parameters: [
    {Name: 'epochs', Type: 'Integer', DefaultValue: 200},
    {Name: 'rate', Type: 'Float', DefaultValue: 0.5},
    {Name: 'strict', Type: 'Boolean', DefaultValue: true},
    {Name: 'name', Type: 'String', DefaultValue: ''},
  ],
  Steps: [],
})

type Listed = {readonly id: string; readonly status: ExecutionStatus; readonly given?: readonly NameValue[]}

/** Pages of two; says how many were read. */
function cloudWith(executions: readonly Listed[]) {
  const state = fakeState({pipelineDefinition: definition, definition})
  const read = {pages: 0, parameters: 0}
  const base = fakeCloud(state)
  const all = executions.map(({id, status}) => ({arn: executionArn(id), status, startedAtMs: state.nowMs}))
  const cloud: Cloud = {
    ...base,
    executions: {
      ...base.executions,
      list: async (_name, limit) => all.slice(0, limit),
      async *pages() {
        for (let from = 0; from < all.length; from += 2) {
          read.pages += 1
          yield all.slice(from, from + 2)
        }
      },
      parameters: async (arn) => {
        read.parameters += 1
        return [...(executions.find(({id}) => executionArn(id) === arn)?.given ?? [])]
      },
    },
  }
  const cwd = tempDir({'mlpipe.yaml': 'name: churn\nsteps: {}\n'})
  const world = {...fakeWorld(state), cwd, connect: async () => ({cloud, recovered: [], close: async () => {}})}
  const list = async (input: Partial<Parameters<typeof listExecutions>[0]>) => {
    const result = await listExecutions({limit: 20, statuses: [], parameters: [], ...input}, world)
    return result.executions.map(({execution}) => execution)
  }
  return {cloud, world, read, list}
}

const history: readonly Listed[] = [
  {id: 'a', status: 'Executing'},
  {id: 'b', status: 'Failed', given: [{name: 'epochs', value: '50'}]},
  {id: 'c', status: 'Succeeded', given: [{name: 'epochs', value: '50'}]},
  {id: 'd', status: 'Stopped', given: [{name: 'strict', value: 'False'}]},
  {id: 'e', status: 'Failed'},
]

it.each([
  ['nothing', {}, 'abcde'],
  ['a limit', {limit: 2}, 'ab'],
  ['a status', {statuses: ['Failed']}, 'be'],
  ['several, however written', {statuses: ['failed,STOPPED', 'Executing']}, 'abde'],
  ['a status and a limit', {statuses: ['Failed'], limit: 1}, 'b'],
  ['a value that was given', {parameters: ['epochs=50']}, 'bc'],
  ['a value that was the default', {parameters: ['epochs=200']}, 'ade'],
  ['a number written otherwise', {parameters: ['rate=.50']}, 'abcde'],
  ['a Boolean written otherwise', {parameters: ['strict=TRUE']}, 'abce'],
  ['an empty text, which is no 0', {parameters: ['name=0']}, ''],
  ['two values', {parameters: ['epochs=50', 'strict=true']}, 'bc'],
  ['a status and a value', {statuses: ['Failed'], parameters: ['epochs=50']}, 'b'],
  ['a value and a limit', {parameters: ['epochs=200'], limit: 2}, 'ad'],
])('by %s', async (_name, input, ids) => {
  expect((await cloudWith(history).list(input)).join('')).toBe(ids)
})

it('reads no more pages than the limit needs', async () => {
  const {list, read} = cloudWith(history)
  await list({statuses: ['Failed'], limit: 1})
  expect(read.pages).toBe(1)
})

it('a parameter that is not there is warned of, and matches nothing', async () => {
  const {list, world} = cloudWith(history)
  expect(await list({parameters: ['epoch=50']})).toEqual([])
  const message = '"epoch" is not a parameter of the deployed pipeline: did you mean "epochs"?'
  expect(world.events).toContainEqual({kind: 'warning', message})
})

it.each([
  [{statuses: ['Faild']}, /--status takes .*, not "Faild": did you mean "Failed"\?/],
  [{since: 'yesterday'}, /--since takes a time such as 2h, .*, not "yesterday"/],
  [{parameters: ['epochs']}, /"epochs" is not name=value/],
])('%j is refused', async (input, message) => {
  await expect(cloudWith(history).list(input)).rejects.toThrow(message)
})

it('what is kept on disk is not asked for again', async () => {
  const {cloud, read} = cloudWith(history)
  const parameters = [{name: 'epochs', value: '7'}]
  const kept = {read: async () => ({startedAtMs: 0, steps: [], definition, parameters}), write: async () => {}}
  const matches = parameterFilter([{name: 'epochs', value: '7'}], cloud, kept)
  const candidates = [{arn: executionArn('a'), status: 'Succeeded', startedAtMs: 0}] as const
  expect(await matches?.(candidates, 1)).toHaveLength(1)
  expect(read.parameters).toBe(0)
})
