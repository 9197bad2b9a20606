// `mlpipe local serve`: the lines to paste into another terminal.

import type {ServeResult} from '../actions/serve-local.ts'
import {asItIs, type View} from './view.ts'

export const serveView: View<ServeResult> = {
  human: ({endpoint, stateDirectory, remote, environment, fires, watched}) =>
    [
      `# the embedded engine serves ${stateDirectory} at ${endpoint}; Ctrl-C ends it`,
      ...(remote ? ['# other machines call it by the name of this one; the access key id is the token'] : []),
      `# rules and schedules fire while it runs: ${count(fires.rules, 'rule')} and ${count(fires.schedules, 'schedule')} stand ready`,
      ...watched.map(({directory, uri}) => `# files that come into ${directory} are put below ${uri}`),
      '# for any AWS client, in another terminal:',
      ...Object.entries(environment).map(([name, value]) => `export ${name}=${value}`),
    ].join('\n'),
  json: asItIs,
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`
}
