// moto's server, a stand-in for AWS that nobody of us wrote, where `python3 -m moto.server` is to be had.

import {spawn, spawnSync} from 'node:child_process'
import {once} from 'node:events'
import {createServer} from 'node:net'
import {setTimeout as delay} from 'node:timers/promises'

export type MotoServer = {
  readonly url: string
  /** What an SDK, or mlpipe itself, needs in its environment to talk to it. */
  readonly env: Readonly<Record<string, string>>
  stop(): Promise<void>
}

export const motoAccount = '123456789012'

const longestStartMs = 60_000

/** Says loudly when it is not there: what hangs on it is skipped then. */
export function hasMoto(): boolean {
  const probe = spawnSync('python3', ['-c', 'import moto.server'], {stdio: 'ignore', timeout: 30_000})
  if (probe.status === 0) return true
  process.stderr.write(
    '\n*** SKIPPED: no `python3 -m moto.server` here (pip install "moto[server]"): nothing is proved against it\n',
  )
  return false
}

/** On a free port of the loopback; resolves when it answers. */
export async function startMoto(): Promise<MotoServer> {
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  const server = spawn('python3', ['-m', 'moto.server', '-H', '127.0.0.1', '-p', String(port)], {stdio: 'ignore'})
  const stop = async () => {
    if (server.exitCode !== null || server.signalCode !== null) return
    const gone = once(server, 'exit')
    server.kill('SIGKILL')
    await gone
  }
  const end = Date.now() + longestStartMs
  while (!(await answers(url))) {
    if (server.exitCode !== null || Date.now() > end) {
      await stop()
      throw new Error(`moto did not come up on ${url}`)
    }
    await delay(200)
  }
  return {url, env: environmentOf(url), stop}
}

function environmentOf(url: string): Record<string, string> {
  return {
    AWS_ENDPOINT_URL: url,
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_REGION: 'us-east-1',
    AWS_CONFIG_FILE: '/dev/null',
    AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
  }
}

async function answers(url: string): Promise<boolean> {
  try {
    return (await fetch(`${url}/moto-api/data.json`)).ok
  } catch {
    return false
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  if (address === null || typeof address === 'string') throw new Error('no port')
  return address.port
}
