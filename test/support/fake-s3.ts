// A small S3 on 127.0.0.1 that checks what it is sent: objects and multipart uploads with SHA-256 checksums, in the shapes of the S3
// API reference. Bodies are kept, or only counted and hashed.

import {createHash, randomUUID} from 'node:crypto'
import {createServer, type IncomingMessage, type ServerResponse} from 'node:http'
import type {AddressInfo} from 'node:net'

export type StoredPart = {readonly size: number; readonly sha256: string; readonly bytes: Buffer}

export type StoredUpload = {
  readonly id: string
  readonly key: string
  readonly startedAt: string
  readonly parts: Map<number, StoredPart>
}

export type FakeS3 = {
  readonly url: string
  readonly objects: Map<string, StoredPart>
  readonly uploads: Map<string, StoredUpload>
  /** `PUT part 3`, `POST uploads`, … in the order in which they were answered. */
  readonly log: string[]
  close(): Promise<void>
}

export type FakeS3Options = {
  /** Only counts and hashes what objects and parts are made of. */
  readonly discards?: boolean
  /** Asked before a request is answered; true breaks the connection. */
  readonly breaksOff?: (what: string) => boolean
}

type Call = {
  readonly key: string
  readonly query: URLSearchParams
  readonly body: StoredPart
  readonly request: IncomingMessage
}

type Answer = {readonly status?: number; readonly headers?: Record<string, string>; readonly body?: string | Buffer}

export async function startFakeS3({discards = false, breaksOff = () => false}: FakeS3Options = {}): Promise<FakeS3> {
  const state = {objects: new Map<string, StoredPart>(), uploads: new Map<string, StoredUpload>(), log: [] as string[]}

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://s3')
    const key = decodeURIComponent(url.pathname.split('/').slice(2).join('/'))
    const what = describe(request.method ?? '', url.searchParams)
    const body = await receive(request, discards && request.method === 'PUT')
    if (breaksOff(what)) return void request.socket.destroy()
    const reply = operate(state, {key, query: url.searchParams, body, request})
    state.log.push(what)
    const bytes = Buffer.from(reply.body ?? '')
    response.writeHead(reply.status ?? 200, {'content-length': bytes.length, ...reply.headers})
    response.end(request.method === 'HEAD' ? undefined : bytes)
  }

  const server = createServer((request, response) => {
    answer(request, response).catch(() => request.socket.destroy())
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const {port} = server.address() as AddressInfo
  return {
    ...state,
    url: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

function describe(method: string, query: URLSearchParams): string {
  const part = query.get('partNumber')
  if (part !== null) return `${method} part ${part}`
  if (query.has('uploads')) return `${method} uploads`
  return query.has('uploadId') ? `${method} upload` : `${method} object`
}

async function receive(request: IncomingMessage, discards: boolean): Promise<StoredPart> {
  const hash = createHash('sha256')
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    hash.update(chunk)
    size += chunk.length
    if (!discards) chunks.push(chunk)
  }
  return {size, sha256: hash.digest('base64'), bytes: Buffer.concat(chunks)}
}

function operate(state: Pick<FakeS3, 'objects' | 'uploads'>, {key, query, body, request}: Call): Answer {
  const claimed = request.headers['x-amz-checksum-sha256']
  if (claimed !== undefined && claimed !== body.sha256) return fault(400, 'BadDigest')

  const uploadId = query.get('uploadId')
  if (uploadId !== null) {
    const upload = state.uploads.get(uploadId)
    if (!upload || upload.key !== key) return fault(404, 'NoSuchUpload')
    if (request.method === 'PUT') return putPart(upload, Number(query.get('partNumber')), body, claimed !== undefined)
    return request.method === 'GET' ? listParts(upload) : complete(state, upload, body.bytes.toString())
  }
  if (query.has('uploads')) return request.method === 'POST' ? create(state, key) : listUploads(state, query)
  if (request.method === 'PUT') {
    state.objects.set(key, body)
    return {headers: {etag: etagOf(body)}}
  }
  const found = state.objects.get(key)
  if (!found) return request.method === 'HEAD' ? {status: 404} : fault(404, 'NoSuchKey')
  return {headers: {'content-length': String(found.size)}, body: found.bytes}
}

function create(state: Pick<FakeS3, 'uploads'>, key: string): Answer {
  const id = randomUUID()
  const startedAt = new Date(Date.UTC(2026, 0, 1, 0, 0, state.uploads.size)).toISOString()
  state.uploads.set(id, {id, key, startedAt, parts: new Map()})
  return xml('InitiateMultipartUploadResult', `<Key>${key}</Key><UploadId>${id}</UploadId>`)
}

function putPart(upload: StoredUpload, number: number, body: StoredPart, hasChecksum: boolean): Answer {
  if (!hasChecksum) return fault(400, 'InvalidRequest')
  upload.parts.set(number, body)
  return {headers: {etag: etagOf(body), 'x-amz-checksum-sha256': body.sha256}}
}

function listParts({parts}: StoredUpload): Answer {
  const members = [...parts].map(
    ([number, part]) =>
      `<Part><PartNumber>${number}</PartNumber><ETag>${etagOf(part)}</ETag><Size>${part.size}</Size><ChecksumSHA256>${part.sha256}</ChecksumSHA256></Part>`,
  )
  return xml('ListPartsResult', `<IsTruncated>false</IsTruncated>${members.join('')}`)
}

function listUploads({uploads}: Pick<FakeS3, 'uploads'>, query: URLSearchParams): Answer {
  const found = [...uploads.values()].filter(({key}) => key.startsWith(query.get('prefix') ?? ''))
  const members = found.map(
    ({id, key, startedAt}) =>
      `<Upload><Key>${key}</Key><UploadId>${id}</UploadId><Initiated>${startedAt}</Initiated><ChecksumAlgorithm>SHA256</ChecksumAlgorithm></Upload>`,
  )
  return xml('ListMultipartUploadsResult', `<IsTruncated>false</IsTruncated>${members.join('')}`)
}

/** The parts that the request lists have to be those that are there: number, ETag and checksum. */
function complete(state: Pick<FakeS3, 'objects' | 'uploads'>, upload: StoredUpload, text: string): Answer {
  const listed = [...text.matchAll(/<Part>(.*?)<\/Part>/gs)].map(([, part = '']) => ({
    number: Number(/<PartNumber>(\d+)</.exec(part)?.[1]),
    etag: (/<ETag>(.*?)</.exec(part)?.[1] ?? '').replaceAll('&quot;', '"'),
    sha256: /<ChecksumSHA256>(.*?)</.exec(part)?.[1],
  }))
  const parts = listed.map(({number, etag, sha256}) => {
    const part = upload.parts.get(number)
    return part && etagOf(part) === etag && part.sha256 === sha256 ? part : undefined
  })
  const all = parts.filter((part) => part !== undefined)
  if (all.length === 0 || all.length < parts.length) return fault(400, 'InvalidPart')
  const bytes = Buffer.concat(all.map((part) => part.bytes))
  const size = all.reduce((sum, part) => sum + part.size, 0)
  state.objects.set(upload.key, {size, sha256: '', bytes})
  state.uploads.delete(upload.id)
  return xml('CompleteMultipartUploadResult', `<Key>${upload.key}</Key>`)
}

function etagOf({sha256}: StoredPart): string {
  return `"${Buffer.from(sha256, 'base64').toString('hex').slice(0, 32)}"`
}

function xml(name: string, inner: string): Answer {
  const body = `<?xml version="1.0" encoding="UTF-8"?><${name} xmlns="http://s3.amazonaws.com/doc/2006-03-01/">${inner}</${name}>`
  return {headers: {'content-type': 'application/xml'}, body}
}

function fault(status: number, code: string): Answer {
  return {...xml('Error', `<Code>${code}</Code><Message>${code}</Message>`), status}
}
