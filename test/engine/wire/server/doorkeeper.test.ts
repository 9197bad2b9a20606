// Who may come in: clients of this machine by its own names, no web page of another, and with a token only who has it.
import {expect, it} from 'vitest'
import {ask, listPipelines, served, signedFor, speak} from '../../support/served.ts'

it.each([
  ['localhost', 200],
  ['localhost:9', 200],
  ['LOCALHOST', 200],
  ['bucket.localhost:8000', 200],
  ['127.0.0.1', 200],
  ['127.0.0.53:80', 200],
  ['[::1]:8000', 200],
  ['evil.example', 403],
  ['localhost.evil.example', 403],
  ['evil-localhost', 403],
  ['127.0.0.1.evil.example', 403],
  ['127.0.0.1@evil.example', 403],
  ['api.sagemaker.us-east-1.amazonaws.com', 403],
  ['10.0.0.1', 403],
])('a request for the host "%s" gets %i', async (host, status) => {
  const {port} = await served()
  expect((await ask(port, {headers: {...listPipelines, host}, body: '{}'})).status).toBe(status)
})

it.each([
  ['http://localhost:3000', 200],
  ['http://127.0.0.1', 200],
  ['https://evil.example', 403],
  ['http://localhost.evil.example', 403],
  ['null', 403],
])('a web page of %s gets %i', async (origin, status) => {
  const {port} = await served()
  expect((await ask(port, {headers: {...listPipelines, origin}, body: '{}'})).status).toBe(status)
})

it('two Host headers are no host of this machine', async () => {
  const {port} = await served()
  const head = 'POST / HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\nContent-Length: 0\r\n\r\n'
  expect(await speak(port, head)).toMatch(/^HTTP\/1\.1 40[03] /)
})

it.each([['Host: \r\n'], ['']])('a request that names no host is refused (%j)', async (header) => {
  const {port} = await served()
  expect(await speak(port, `POST / HTTP/1.0\r\n${header}Content-Length: 0\r\n\r\n`)).toMatch(/^HTTP\/1\.1 403 /)
})

it('a request to a proxy is none for this server', async () => {
  const {port} = await served()
  expect((await ask(port, {path: 'http://evil.example/', headers: listPipelines})).status).toBe(400)
})

const token = 'abcdefghijklmnop0123'

it.each([
  ['sagemaker', {}, 403, '"__type":"UnrecognizedClientException"'],
  ['scheduler', {}, 403, '"__type":"UnrecognizedClientException"'],
  ['iam', {}, 403, '<Code>InvalidClientTokenId</Code>'],
  ['s3', {}, 403, '<Code>InvalidAccessKeyId</Code>'],
])('with a token, another access key is refused in the words of %s', async (service, _, status, words) => {
  const {port} = await served({token})
  for (const key of ['local', `${token}x`, token.slice(1)]) {
    const answer = await ask(port, {headers: signedFor(service, key), body: ''})
    expect(answer.status).toBe(status)
    expect(answer.body).toContain(words)
    expect(answer.body).not.toContain(token)
  }
})

it('with a token, the clients that have it come in by any name, where other machines may', async () => {
  const {port} = await served({token, isRemote: true})
  const headers = {...listPipelines, ...signedFor('sagemaker', token), host: 'build-7.internal:8000'}
  expect((await ask(port, {headers, body: '{}'})).status).toBe(200)
  expect((await ask(port, {headers: {...listPipelines, host: 'build-7.internal:8000'}, body: '{}'})).status).toBe(403)
  const presigned = `/none/key?X-Amz-Credential=${token}%2F20261127%2Fus-east-1%2Fs3%2Faws4_request`
  expect((await ask(port, {method: 'GET', path: presigned})).status).toBe(404)
})
