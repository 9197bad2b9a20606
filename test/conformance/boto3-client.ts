// boto3 as a client of the contract: one Python process that calls what it is told to.

import {spawn} from 'node:child_process'
import {createInterface} from 'node:readline'
import {fileURLToPath} from 'node:url'
import type {JsonObject} from '../../src/definition/json.ts'
import {clientEnv} from '../support/aws-clients.ts'
import type {Answer, Client} from './client.ts'

type Reply =
  | {readonly output: JsonObject}
  | {readonly error: {readonly name: string; readonly message: string}}
  | {readonly unknown: string}

const driver = fileURLToPath(new URL('boto3_driver.py', import.meta.url))

export function boto3Client(python: string, endpoint: string): Client {
  const child = spawn(python, [driver, endpoint], {
    env: clientEnv(endpoint),
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const lines = createInterface({input: child.stdout})[Symbol.asyncIterator]()
  // One request at a time: answers come in the order of the questions.
  let last: Promise<unknown> = Promise.resolve()

  async function ask(request: object): Promise<Answer> {
    child.stdin.write(`${JSON.stringify(request)}\n`)
    const {value, done} = await lines.next()
    if (done) throw new Error('boto3 has ended')
    const reply = JSON.parse(value) as Reply
    if ('unknown' in reply) return {kind: 'unknown', message: reply.unknown}
    return 'error' in reply ? {kind: 'error', ...reply.error} : {kind: 'output', output: reply.output}
  }

  return {
    call(service, operation, input) {
      const answer = last.then(() => ask({service, operation, input}))
      last = answer.catch(() => undefined)
      return answer
    },
    async close() {
      child.stdin.end()
      await new Promise((resolve) => child.once('close', resolve))
    },
  }
}
