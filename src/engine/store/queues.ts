// The queues of the embedded account: `<state directory>/queues/<queue name>.ndjson`, a line for each message.

import {appendFileSync, mkdirSync} from 'node:fs'
import {join} from 'node:path'

/** Puts a message at the end of the queue of that URL or ARN; gives its file. */
export function sendToQueue(stateDirectory: string, queue: string, message: string): string {
  const name = queue.slice(Math.max(queue.lastIndexOf('/'), queue.lastIndexOf(':')) + 1).replaceAll(/[^\w.-]/g, '_')
  const directory = join(stateDirectory, 'queues')
  const file = join(directory, `${name === '' ? 'queue' : name}.ndjson`)
  mkdirSync(directory, {recursive: true})
  appendFileSync(file, `${message}\n`)
  return file
}
