// Credentials are planted wherever one can come from, the endpoint repeats in its answers whatever it was sent, and then
// everything is searched for them: output, errors, JSON, and every file of the project.

import {readdirSync, readFileSync} from 'node:fs'
import {join} from 'node:path'
import {expect, it} from 'vitest'
import {runProgram} from '../support/run-program.ts'
import {type Received, type Scripted, startScripted} from '../support/scripted-server.ts'
import {tempDir, writeFiles} from '../support/temp-dir.ts'

const keyId = 'ASIAPLANTEDPLANTED12'
const secret = 'pL4nTeD/sEcR3t+K3y0fM1ne/w1tH4Enough+Ch4'
const session = `IQoJb3JpZ2luPlanted${'8fTq/Zk3Wm+Xy5Rb7Lc9Vd1Hs2Nj4Pg6'.repeat(8)}==`
const containerToken = 'planted-container-token'
const word = 'planted-proxy-word'
const planted = [keyId, secret, session, session.slice(10, 80), containerToken, word]

/** As SignatureDoesNotMatch does: the canonical request with all of its headers, and the string to sign. */
function echo({method, path, headers, body}: Received): string {
  const lines = Object.entries(headers).map(([name, value]) => `${name}:${String(value)}`)
  const repeated = [
    method,
    path,
    ...lines,
    body.slice(0, 200),
    `AWSAccessKeyId ${keyId} key ${secret} token ${session}`,
  ]
  return `The request signature we calculated does not match. The Canonical String should have been ${repeated.join(' ')}`
}

const answers: Readonly<Record<string, (request: Received) => Scripted>> = {
  'a refusal that repeats the request': (request) => {
    const isJson = request.headers['x-amz-target'] !== undefined
    const message = echo(request)
    return isJson
      ? {status: 400, body: JSON.stringify({__type: 'AccessDeniedException', message})}
      : {
          status: 403,
          body: `<Error><Code>SignatureDoesNotMatch</Code><Message><![CDATA[${message}]]></Message></Error>`,
        }
  },
  'a page that repeats the request': (request) => ({
    status: 403,
    headers: {'content-type': 'text/html'},
    body: `<html>${echo(request)}</html>`,
  }),
  'garbage that repeats the request': (request) => ({status: 400, body: `{"message": "${echo(request)}`}),
}

const sources: Readonly<Record<string, (place: {home: string; url: string}) => Record<string, string>>> = {
  environment: () => ({AWS_ACCESS_KEY_ID: keyId, AWS_SECRET_ACCESS_KEY: secret, AWS_SESSION_TOKEN: session}),
  'credentials file': ({home}) => {
    const lines = [
      `aws_access_key_id = ${keyId}`,
      `aws_secret_access_key = ${secret}`,
      `aws_session_token = ${session}`,
    ]
    writeFiles(home, {'.aws/credentials': `[prod]\n${lines.join('\n')}\n`})
    return {HOME: home, AWS_PROFILE: 'prod'}
  },
  'credential process': ({home}) => {
    const printed = {Version: 1, AccessKeyId: keyId, SecretAccessKey: secret, SessionToken: session}
    writeFiles(home, {
      'keys.json': JSON.stringify(printed),
      '.aws/config': `[profile prod]\ncredential_process = cat ${home}/keys.json\n`,
    })
    return {HOME: home, AWS_PROFILE: 'prod'}
  },
  'credential process that fails': ({home}) => {
    writeFiles(home, {
      '.aws/config': `[profile prod]\ncredential_process = sh -c "echo ${secret} >&2; exit 3" ${word}\n`,
    })
    return {HOME: home, AWS_PROFILE: 'prod'}
  },
  container: ({url}) => ({
    AWS_CONTAINER_CREDENTIALS_FULL_URI: `${url}/container-credentials`,
    AWS_CONTAINER_AUTHORIZATION_TOKEN: containerToken,
  }),
  'container that refuses': ({url}) => ({
    AWS_CONTAINER_CREDENTIALS_FULL_URI: `${url}/container-refusal`,
    AWS_CONTAINER_AUTHORIZATION_TOKEN: containerToken,
  }),
  'address of the endpoint': ({url}) => ({
    AWS_ENDPOINT_URL: url.replace('://', `://planted:${word}@`),
    HTTPS_PROXY: `http://planted:${word}@127.0.0.1:1`,
    AWS_ACCESS_KEY_ID: keyId,
    AWS_SECRET_ACCESS_KEY: secret,
  }),
}

const spec = `name: churn
steps:
  prepare:
    type: processing
    image: sklearn:1.2-1
    instance: ml.m5.large
    code: prepare.py
targets:
  prod:
    default: true
    region: us-east-1
    role: arn:aws:iam::111122223333:role/SageMaker
    bucket: lake
`

const commands: readonly (readonly string[])[] = [
  ['deploy', '--dry-run', '--verbose'],
  ['deploy', '--dry-run', '--json'],
  ['run', '--verbose', '--no-wait'],
  ['executions', 'list', '--json', '--verbose'],
  ['diff', '--verbose'],
]

it.each(Object.keys(sources))('credentials from %s are in no output and in no file', async (source) => {
  const project = tempDir({'mlpipe.yaml': spec, 'prepare.py': 'print(1)\n'})
  await Promise.all(
    commands.map(async (argv, index) => {
      const [what, answer] = Object.entries(answers)[index % 3] ?? []
      const server = await startScripted((request) => containerAnswer(request) ?? answer?.(request) ?? 'drop')
      const home = tempDir()
      const env = {HOME: home, AWS_ENDPOINT_URL: server.url, ...sources[source]?.({home, url: server.url})}
      const {exit, stdout, stderr} = await runProgram(project, argv, env)
      const said = `${what}, mlpipe ${argv.join(' ')}:\n${stdout}${stderr}`
      expect(exit, said).toBe(69)
      expectClean(said, said)
    }),
  )
  for (const path of readdirSync(project, {recursive: true, withFileTypes: true})) {
    if (path.isFile()) expectClean(readFileSync(join(path.parentPath, path.name), 'latin1'), path.name)
  }
})

function containerAnswer({path, headers}: Received): Scripted | undefined {
  if (path === '/container-refusal')
    return {status: 403, body: JSON.stringify({code: 'No', message: echoHeaders(headers)})}
  if (path !== '/container-credentials') return undefined
  const Expiration = new Date(Date.now() + 3_600_000).toISOString()
  return {body: JSON.stringify({AccessKeyId: keyId, SecretAccessKey: secret, Token: session, Expiration})}
}

function echoHeaders(headers: Received['headers']): string {
  return `refused: authorization ${String(headers['authorization'])}`
}

function expectClean(text: string, where: string): void {
  const found = planted.filter((value) => text.includes(value))
  expect(found, where).toEqual([])
}
