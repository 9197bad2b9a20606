// SageMaker Runtime over a socket: told from SageMaker, which is signed alike, by its paths; refused in its own words.

import {expect, it} from 'vitest'
import {deployScript} from '../support/endpoints.ts'
import {ask, served, signedFor} from '../support/served.ts'

const signed = signedFor('sagemaker')
const path = '/endpoints/churn/invocations'
const megabyte = 1024 * 1024
const echo =
  'def model_fn(d): return None\ndef transform_fn(model, body, kind, accept): return str(len(body)), accept\n'

it('answers with the model’s bytes, type and variant, in headers', async () => {
  const {cloud, port} = await served()
  await deployScript(cloud, 'churn', echo)
  const headers = {...signed, 'content-type': 'application/x-thing', accept: 'text/plain'}
  const answer = await ask(port, {path, headers, body: Buffer.alloc(25 * megabyte)})
  expect(answer).toMatchObject({status: 200, body: String(25 * megabyte)})
  expect(answer.headers).toMatchObject({
    'content-type': 'text/plain',
    'x-amzn-invoked-production-variant': 'AllTraffic',
    'x-amzn-requestid': expect.any(String),
  })
  // Model Hosting FAQs: "The payload limits are 25 MB for real-time endpoints".
  const larger = await ask(port, {path, headers, body: Buffer.alloc(25 * megabyte + 1)})
  expect(larger).toMatchObject({status: 400, headers: {'x-amzn-errortype': 'ValidationError'}})
})

it.each([
  ['POST', '/endpoints/gone/invocations', 400, 'ValidationError'],
  ['POST', '/endpoints/no_name/invocations', 400, 'ValidationError'],
  ['GET', path, 404, 'UnknownOperationException'],
  ['POST', '/endpoints/churn/async-invocations', 404, 'UnknownOperationException'],
  ['POST', '/endpoints/churn', 404, 'UnknownOperationException'],
])('%s %s gets %i %s', async (method, requested, status, name) => {
  const {port} = await served()
  const answer = await ask(port, {method, path: requested, headers: signed})
  expect(answer).toMatchObject({status, headers: {'x-amzn-errortype': name}})
  expect(JSON.parse(answer.body)).toEqual({Message: expect.any(String)})
})

it('takes no script’s line end into a header', async () => {
  const {cloud, port} = await served()
  await deployScript(cloud, 'churn', echo.replace('str(len(body)), accept', '"x", "a/b\\r\\nset-cookie: c=d"'))
  const answer = await ask(port, {path, headers: signed, body: '1'})
  expect(answer).toMatchObject({status: 200, body: 'x', headers: {'content-type': 'a/bset-cookie: c=d'}})
})

it('refuses what is far too large, and who has not the token, as the runtime does', async () => {
  const open = await served()
  const large = await ask(open.port, {path, headers: signed, body: Buffer.alloc(27 * megabyte)})
  expect(large).toMatchObject({status: 413, headers: {'x-amzn-errortype': 'ValidationError'}})
  const closed = await served({token: 'abcdefghijklmnop0123'})
  const stranger = await ask(closed.port, {path, headers: signed, body: '1'})
  expect(stranger).toMatchObject({status: 403, headers: {'x-amzn-errortype': 'UnrecognizedClientException'}})
})
