// An engine behind a real port, for one test, and plain requests to it.

import {request as httpRequest} from 'node:http'
import {connect} from 'node:net'
import {CreateBucketCommand} from '@aws-sdk/client-s3'
import {onTestFinished} from 'vitest'
import {type HttpServer, type ListenOptions, listen} from '../../../src/engine/wire/http-server.ts'
import {type CloudOptions, type LocalCloud, localCloud} from './local-cloud.ts'

export type Served = {
  readonly cloud: LocalCloud
  readonly server: HttpServer
  readonly port: number
  readonly endpoint: string
}

export async function served(options: Partial<ListenOptions> = {}, cloudOptions: CloudOptions = {}): Promise<Served> {
  const cloud = localCloud(cloudOptions)
  const server = await listen(cloud.engine, {port: 0, host: '127.0.0.1', ...options})
  onTestFinished(() => server.close(0))
  return {cloud, server, port: server.port, endpoint: `http://127.0.0.1:${server.port}`}
}

/** The same with the bucket `bucket`: over a socket it has to be there before anything is put into it. */
export async function servedWithBucket(): Promise<Served> {
  const found = await served()
  await found.cloud.s3.send(new CreateBucketCommand({Bucket: 'bucket'}))
  return found
}

export type Answer = {
  readonly status: number
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly body: string
}

export type Asked = {
  readonly method?: string
  readonly path?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string | Uint8Array
}

/** Sends one request on a connection of its own and reads the whole answer. */
export function ask(port: number, {method = 'POST', path = '/', headers = {}, body}: Asked): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const request = httpRequest({port, host: '127.0.0.1', method, path, headers, agent: false}, (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('error', reject)
      response.on('end', () => {
        const {statusCode: status = 0, headers} = response
        resolve({status, headers, body: Buffer.concat(chunks).toString()})
      })
    })
    request.on('error', reject)
    request.end(body)
  })
}

/** The headers of an AWS JSON request. */
export const listPipelines = {'x-amz-target': 'SageMaker.ListPipelines', 'content-type': 'application/x-amz-json-1.1'}

/** As a client signs: only the scope is read. */
export function signedFor(service: string, accessKey = 'local') {
  const scope = `${accessKey}/20261127/us-east-1/${service}/aws4_request`
  return {authorization: `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host, Signature=00`}
}

/** Writes text to a bare connection, and gives what comes back once so many status lines are in it, or it is closed. */
export async function speak(port: number, text: string, {hangUp = false, answers = 1} = {}): Promise<string> {
  const socket = connect({port, host: '127.0.0.1'})
  let heard = ''
  await new Promise<void>((resolve) => {
    socket.on('data', (chunk) => {
      heard += String(chunk)
      if ((heard.match(/HTTP\/1\.1 \d/g) ?? []).length >= answers) resolve()
    })
    socket.on('close', () => resolve())
    socket.on('error', () => resolve())
    socket.write(text, () => {
      if (hangUp) socket.destroy()
    })
  })
  socket.destroy()
  return heard
}
