// Triggers that are put over a connection: what is throttled or disturbed is asked again, and what cannot be is told.

import {expect, it} from 'vitest'
import {connectCloud} from '../../../src/cloud/connect-cloud.ts'
import {useEndpoint} from '../../support/aws-settings.ts'
import {type Received, type Scripted, startScripted} from '../../support/scripted-server.ts'
import {ruleDocument, scheduleDocument} from './documents.ts'

const headers = {'content-type': 'application/x-amz-json-1.1', 'x-amzn-requestid': 'r'}
const done: Scripted = {headers, body: '{"RuleArn": "arn:r", "FailedEntryCount": 0}'}
const refusal = (name: string, message = 'no', status = 400): Scripted => ({
  status,
  headers,
  body: JSON.stringify({__type: name, message}),
})

const operationOf = ({headers: sent, method, path}: Received) =>
  String(sent['x-amz-target'] ?? `${method} ${path}`).replace('AWSEvents.', '')

async function open(script: (operation: string, nth: number) => Scripted) {
  const asked: string[] = []
  const server = await startScripted((received) => {
    const operation = operationOf(received)
    const nth = asked.filter((earlier) => earlier === operation).length
    asked.push(operation)
    return script(operation, nth)
  })
  useEndpoint(server.url)
  const {triggers} = await connectCloud({region: 'us-east-1', hasOwnEndpoint: true, version: '1'})
  return {triggers, asked, received: server.received}
}

it.each(['ThrottlingException', 'ConcurrentModificationException'])('%s: PutRule is sent again', async (name) => {
  const {triggers, asked} = await open((operation, nth) =>
    operation === 'PutRule' && nth === 0 ? refusal(name) : done,
  )
  await triggers.putRule(ruleDocument())
  expect(asked).toEqual(['PutRule', 'PutRule', 'TagResource', 'PutTargets'])
})

it('a schedule that somebody changes at this moment is updated again', async () => {
  const {triggers, asked} = await open((_operation, nth) =>
    nth === 0 ? refusal('ConflictException', 'busy', 409) : done,
  )
  await triggers.putSchedule(scheduleDocument())
  expect(asked).toEqual(['PUT /schedules/churn-nightly', 'PUT /schedules/churn-nightly'])
})

it('a CreateSchedule whose answer was lost is sent again under the same token', async () => {
  const {triggers, received} = await open((operation, nth) => {
    if (operation.startsWith('PUT')) return refusal('ResourceNotFoundException', 'no', 404)
    return operation.startsWith('POST /schedules') && nth === 0 ? 'drop' : done
  })
  await triggers.putSchedule(scheduleDocument())
  const tokens = received
    .filter(({method, path}) => method === 'POST' && path.startsWith('/schedules'))
    .map(({body}) => (JSON.parse(body) as {ClientToken?: string}).ClientToken)
  expect(tokens).toHaveLength(2)
  expect(tokens[0]).toMatch(/\S/)
  expect(tokens[1]).toBe(tokens[0])
})

it('a conflict of what is made is no reason to ask again', async () => {
  const {triggers, asked} = await open((operation, nth) => {
    if (operation.startsWith('PUT')) return nth === 0 ? refusal('ResourceNotFoundException', 'no', 404) : done
    return operation.startsWith('POST /schedules') ? refusal('ConflictException', 'it is there', 409) : done
  })
  await triggers.putSchedule(scheduleDocument())
  expect(asked.filter((operation) => operation.startsWith('POST /schedules'))).toHaveLength(1)
})
