// An engine behind a loopback port, for clients of other processes.

import {onTestFinished} from 'vitest'
import {listen} from '../../../src/engine/wire/http-server.ts'
import {type CloudOptions, type LocalCloud, localCloud} from './local-cloud.ts'

/** The engine of one test, and `http://127.0.0.1:<port>` where it is to be had. */
export async function servedCloud(options: CloudOptions = {}): Promise<LocalCloud & {readonly endpoint: string}> {
  const cloud = localCloud(options)
  const server = await listen(cloud.engine, {port: 0, host: '127.0.0.1'})
  onTestFinished(() => server.close())
  return {...cloud, endpoint: `http://127.0.0.1:${server.port}`}
}
