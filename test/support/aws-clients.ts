// AWS clients that nobody of mlpipe wrote, for tests over a socket: boto3 and the AWS CLI, where this machine has them.
// Everything is asynchronous, since the server that they talk to may live in the test's own process.

import {spawn, spawnSync} from 'node:child_process'
import {existsSync, realpathSync} from 'node:fs'

export type Ran = {readonly stdout: string; readonly stderr: string; readonly exitCode: number}

export type ClientEnv = Readonly<Record<string, string>>

let pythons: readonly string[] | undefined
let awsClis: readonly string[] | undefined

/** Every Python that can import boto3: the one on PATH, then Debian's. */
export function findPythons(): readonly string[] {
  pythons ??= ['python3', '/usr/bin/python3'].filter(
    isFirstOfItsKind(['-c', 'import sys, boto3; print(sys.executable)']),
  )
  return pythons
}

/** Every AWS CLI: the one on PATH, then Debian's. */
export function findAwsClis(): readonly string[] {
  awsClis ??= ['aws', '/usr/bin/aws'].filter(isFirstOfItsKind(['--version']))
  return awsClis
}

export function findPython(): string | undefined {
  return findPythons()[0]
}

export function findAwsCli(): string | undefined {
  return findAwsClis()[0]
}

/** Says loudly that tests are skipped. To be used as `describe.skipIf(isMissing(findPython(), 'boto3', 'what is skipped'))`. */
export function isMissing(client: string | undefined, name: 'boto3' | 'aws', suite: string): boolean {
  if (client !== undefined) return false
  const install =
    name === 'boto3' ? 'pip install boto3, or apt install python3-boto3' : 'pip install awscli, or apt install awscli'
  console.warn(`SKIPPED: ${suite}, since this machine has no ${name} (${install})`)
  return true
}

/** The environment of a client of the engine at `endpoint` (`http://127.0.0.1:port`); nothing of this machine's AWS settings. */
export function clientEnv(endpoint: string): ClientEnv {
  const own = Object.entries(process.env).flatMap(([name, value]) =>
    value === undefined || name.startsWith('AWS_') ? [] : [[name, value] as const],
  )
  return {
    ...Object.fromEntries(own),
    AWS_ENDPOINT_URL: endpoint,
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_DEFAULT_REGION: 'us-east-1',
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_CONFIG_FILE: '/dev/null',
    AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
    AWS_PAGER: '',
    AWS_MAX_ATTEMPTS: '1',
    NO_PROXY: '127.0.0.1,localhost',
  }
}

/** Runs a script that makes its clients with `client('s3')`; further options are boto3's own. */
export function runPython(script: string, env: ClientEnv, python = findPython()): Promise<Ran> {
  // boto3 before 1.28 does not read AWS_ENDPOINT_URL.
  const prelude = `
import json, os, sys, boto3
from botocore.exceptions import ClientError
def client(name, **options):
    return boto3.client(name, endpoint_url=os.environ["AWS_ENDPOINT_URL"], **options)
`
  return run(python ?? 'python3', ['-c', prelude + script], env)
}

/** Runs an `aws` command line. */
export function runAws(args: readonly string[], env: ClientEnv, cli = findAwsCli()): Promise<Ran> {
  // The CLI before 2.13 does not read AWS_ENDPOINT_URL.
  return run(cli ?? 'aws', [...args, '--endpoint-url', env['AWS_ENDPOINT_URL'] ?? ''], env)
}

/** Takes only programs that answer, and the same answer once: `python3` may well be `/usr/bin/python3`. */
function isFirstOfItsKind(args: readonly string[]): (program: string) => boolean {
  const seen = new Set<string>()
  return (program) => {
    const {status, stdout} = spawnSync(program, args, {encoding: 'utf8', timeout: 60_000})
    const answer = (stdout ?? '').trim()
    const identity = existsSync(answer) ? realpathSync(answer) : answer
    if (status !== 0 || seen.has(identity)) return false
    seen.add(identity)
    return true
  }
}

async function run(program: string, args: readonly string[], env: ClientEnv): Promise<Ran> {
  const child = spawn(program, args, {env, stdio: ['ignore', 'pipe', 'pipe']})
  const stdout: Buffer[] = []
  const stderr: Buffer[] = []
  child.stdout.on('data', (chunk: Buffer) => stdout.push(chunk))
  child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk))
  const exitCode = await new Promise<number>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code) => resolve(code ?? -1))
  })
  return {stdout: Buffer.concat(stdout).toString(), stderr: Buffer.concat(stderr).toString(), exitCode}
}
