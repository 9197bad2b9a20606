// Takes the payload out of an `aws-chunked` body: `<hex size>[;chunk-signature=…]\r\n<bytes>\r\n` … `0\r\n<trailers>\r\n`, a trailer
// being `<name>:<value>\r\n`. Source: Amazon S3 API Reference, "Signature calculations … transferring payload in multiple chunks".
// Signatures are not checked.

import {S3Error} from './faults.ts'

const newline = Buffer.from('\r\n')

/** A chunk header is short, and so are trailers; what is longer is something else. */
const longestHeader = 4096

/** Tells every trailer that follows the last chunk, by lower-case name. */
export async function* decodeChunked(
  body: AsyncIterable<Uint8Array>,
  onTrailer: (name: string, value: string) => void = () => undefined,
): AsyncGenerator<Uint8Array> {
  let buffer = Buffer.alloc(0)
  let left = 0
  let isDone = false
  for await (const chunk of body) {
    if (isDone && buffer.length > longestHeader) throw new S3Error('MalformedTrailerError')
    buffer = buffer.length === 0 ? Buffer.from(chunk) : Buffer.concat([buffer, chunk])
    while (!isDone) {
      if (left > 0) {
        const part = buffer.subarray(0, left)
        if (part.length === 0) break
        yield part
        left -= part.length
        buffer = buffer.subarray(part.length)
        if (left > 0) break
      }
      const size = readHeader(buffer)
      if (!size) break
      buffer = buffer.subarray(size.end)
      left = size.bytes
      isDone = left === 0
    }
  }
  if (!isDone) throw new S3Error('IncompleteBody', 'The request body terminated unexpectedly')
  readTrailers(buffer, onTrailer)
}

function readHeader(buffer: Buffer): {bytes: number; end: number} | undefined {
  // The line end that closes the chunk before.
  const start = buffer.subarray(0, 2).equals(newline) ? 2 : 0
  const end = buffer.indexOf(newline, start)
  if (end < 0) {
    if (buffer.length > longestHeader) throw new S3Error('IncompleteBody', 'The request body is not aws-chunked.')
    return undefined
  }
  const text = buffer.toString('latin1', start, end)
  const match = /^([0-9a-fA-F]{1,12})(;.*)?$/.exec(text)
  if (!match) throw new S3Error('IncompleteBody', 'The request body is not aws-chunked.')
  return {bytes: Number.parseInt(match[1] ?? '', 16), end: end + 2}
}

function readTrailers(buffer: Buffer, onTrailer: (name: string, value: string) => void): void {
  for (const line of buffer.toString('latin1').split('\r\n')) {
    if (line === '') continue
    const colon = line.indexOf(':')
    if (colon < 1) throw new S3Error('MalformedTrailerError')
    onTrailer(line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim())
  }
}
