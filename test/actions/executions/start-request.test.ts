import {expect, it} from 'vitest'
import {sendStart} from '../../../src/actions/executions/start-request.ts'
import {MlpipeError} from '../../../src/diagnostics/mlpipe-error.ts'
import {fakeState, fakeWorld} from '../../support/fake-cloud.ts'

const serviceError = (code: string) => new MlpipeError({code, message: `StartX: ${code}`, who: 'service'})
const options = {pace: 'service', place: {target: 'prod'}, again: 'run'} as const

/** A service that answers so, request after request, and then the same for ever. */
function service(...answers: readonly (string | {arn: string})[]) {
  const tokens: string[] = []
  const send = async (token: string) => {
    const answer = answers[Math.min(tokens.length, answers.length - 1)] ?? 'throttled'
    tokens.push(token)
    if (typeof answer === 'string') throw serviceError(answer)
    return answer
  }
  return {tokens, send}
}

function countingWorld() {
  let tokens = 0
  const newToken = () => {
    tokens += 1
    return `token-${tokens}`
  }
  return {...fakeWorld(fakeState()), newToken}
}

it.each(['service-unreachable', 'service-fault', 'throttled'])(
  'after %s it asks again with the same token',
  async (code) => {
    const {tokens, send} = service(code, code, {arn: 'a'})
    const world = countingWorld()
    expect(await sendStart(send, options, world)).toEqual({arn: 'a'})
    expect(tokens).toEqual(['token-1', 'token-1', 'token-1'])
    expect(world.events.map(({kind}) => kind)).toEqual(['note'])
  },
)

it.each([
  ['no answer at all', ['service-unreachable']],
  ['a fault inside the service, then throttling', ['service-fault', 'throttled']],
  ['no answer, then a refusal', ['service-unreachable', 'access-denied']],
])('%s: whether it was started is not known, and it says how to look', async (_name, answers) => {
  const {tokens, send} = service(...answers)
  await expect(sendStart(send, options, countingWorld())).rejects.toMatchObject({
    code: 'start-unclear',
    exit: 69,
    message: expect.stringMatching(/^it is not known whether an execution was started: StartX/),
    nextSteps: [
      'mlpipe executions list --since 15m -t prod  (is there one?)',
      'mlpipe run -t prod  (when there is none)',
    ],
  })
  expect(new Set(tokens).size).toBe(1)
  expect(tokens.length).toBeGreaterThan(1)
})

it.each([
  ['throttled all along', 'throttled', 'service'],
  ['refused', 'access-denied', 'service'],
  ['a fault of the embedded engine', 'service-fault', 'embedded'],
] as const)('%s: nothing was started, and the refusal is told as it is', async (_name, code, pace) => {
  const {send} = service(code)
  await expect(sendStart(send, {...options, pace}, countingWorld())).rejects.toMatchObject({code})
})

it('Ctrl-C ends the trying', async () => {
  const {tokens, send} = service('service-unreachable')
  const world = countingWorld()
  const sleep = async () => world.abort()
  await expect(sendStart(send, options, Object.assign(world, {sleep}))).rejects.toMatchObject({code: 'start-unclear'})
  expect(tokens).toHaveLength(2)
})
