// The AWS CLI as a client of the contract: a process for each call.

import {readFileSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import type {JsonObject} from '../../src/definition/json.ts'
import {clientEnv, runAws} from '../support/aws-clients.ts'
import {tempDir} from '../support/temp-dir.ts'
import type {Answer, Client} from './client.ts'

export function cliClient(program: string, endpoint: string): Client {
  return {
    async call(service, operation, input) {
      const words = [service === 's3' ? 's3api' : service, kebab(operation), '--output', 'json', '--no-paginate']
      if (service === 'sagemaker-runtime')
        return askModel(words, input, (argv) => runAws(argv, clientEnv(endpoint), program))
      const {Body: body, ...members} = input
      const sent = body === undefined ? [] : ['--body', bodyFile(body as {base64: string})]
      const json = Object.keys(members).length === 0 ? [] : ['--cli-input-json', JSON.stringify(members)]
      const {exitCode, stdout, stderr} = await runAws([...words, ...json, ...sent], clientEnv(endpoint), program)
      return exitCode === 0 ? success(stdout) : failure(stderr)
    },
    async close() {},
  }
}

/** A command whose answer goes to a file takes no JSON, but flags. */
async function askModel(
  words: readonly string[],
  {Body: body, ...members}: JsonObject,
  run: (argv: string[]) => ReturnType<typeof runAws>,
): Promise<Answer> {
  const sent = bodyFile(body as {base64: string})
  const flags = Object.entries(members).flatMap(([name, value]) => [`--${kebab(name)}`, String(value)])
  const {exitCode, stdout, stderr} = await run([...words, ...flags, '--body', `fileb://${sent}`, `${sent}.answer`])
  const answer = exitCode === 0 ? success(stdout) : failure(stderr)
  if (answer.kind !== 'output') return answer
  return {kind: 'output', output: {...answer.output, Body: {base64: readFileSync(`${sent}.answer`).toString('base64')}}}
}

function bodyFile({base64}: {readonly base64: string}): string {
  const path = join(tempDir(), 'sent')
  writeFileSync(path, Buffer.from(base64, 'base64'))
  return path
}

function success(stdout: string): Answer {
  return {kind: 'output', output: stdout.trim() === '' ? {} : JSON.parse(stdout)}
}

/** `An error occurred (ResourceNotFound) when calling the DescribePipeline operation: …` */
function failure(stderr: string): Answer {
  const [, name, message = ''] =
    /An error occurred \(([^)]+)\) when calling the \S+ operation[^:]*: ([\s\S]*)/.exec(stderr) ?? []
  if (name === undefined) return {kind: 'unknown', message: stderr}
  return {kind: 'error', name, message: message.trim()}
}

/** `PutRule` -> `put-rule`, as botocore's xform_name does. */
function kebab(operation: string): string {
  return operation
    .replace(/([a-z0-9])([A-Z])/g, '$1-$2')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1-$2')
    .toLowerCase()
}
