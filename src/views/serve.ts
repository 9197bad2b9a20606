// `mlpipe local serve`: the lines to paste into another terminal, and one for each request.

import type {ServeResult} from '../actions/serve-local.ts'
import {asItIs, type View} from './view.ts'

export const serveView: View<ServeResult> = {
  human: ({endpoint, stateDirectory, remote, environment}) =>
    [
      `# the embedded engine serves ${stateDirectory} at ${endpoint}; Ctrl-C ends it`,
      ...(remote ? ['# other machines call it by the name of this one; the access key id is the token'] : []),
      '# for any AWS client, in another terminal:',
      ...Object.entries(environment).map(([name, value]) => `export ${name}=${value}`),
    ].join('\n'),
  json: asItIs,
}

export type RequestSeen = {
  readonly method: string
  readonly service: string
  readonly operation: string
  readonly status: number
  readonly ms: number
}

export function requestLine({method, service, operation, status, ms}: RequestSeen): string {
  return `${method} ${service} ${operation} ${status} ${ms} ms`
}
