// The AWS CLI as a client of the contract: a process for each call.

import {clientEnv, runAws} from '../support/aws-clients.ts'
import type {Answer, Client} from './client.ts'

export function cliClient(program: string, endpoint: string): Client {
  return {
    async call(service, operation, input) {
      const words = [service, kebab(operation), '--output', 'json', '--no-paginate']
      const json = Object.keys(input).length === 0 ? [] : ['--cli-input-json', JSON.stringify(input)]
      const {exitCode, stdout, stderr} = await runAws([...words, ...json], clientEnv(endpoint), program)
      return exitCode === 0 ? success(stdout) : failure(stderr)
    },
    async close() {},
  }
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
