// Takes the payload out of an `aws-chunked` body: `<hex size>[;chunk-signature=…]\r\n<bytes>\r\n` … `0\r\n<trailers>`.
// Source: Amazon S3 API Reference, "Signature calculations … transferring payload in multiple chunks". Signatures are not checked.

const newline = Buffer.from('\r\n')

/** A chunk header is short; a longer one means that the body is something else. */
const longestHeader = 4096

export class ChunkedBodyError extends Error {}

export async function* decodeChunked(body: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let buffer = Buffer.alloc(0)
  let left = 0
  let isDone = false
  for await (const chunk of body) {
    if (isDone) continue
    buffer = Buffer.concat([buffer, chunk])
    for (;;) {
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
      if (isDone) break
    }
  }
  if (!isDone) throw new ChunkedBodyError('The request body ended before its last chunk.')
}

function readHeader(buffer: Buffer): {bytes: number; end: number} | undefined {
  // The line end that closes the chunk before.
  const start = buffer.subarray(0, 2).equals(newline) ? 2 : 0
  const end = buffer.indexOf(newline, start)
  if (end < 0) {
    if (buffer.length > longestHeader) throw new ChunkedBodyError('The request body is not aws-chunked.')
    return undefined
  }
  const text = buffer.toString('latin1', start, end)
  const match = /^([0-9a-fA-F]{1,12})(;.*)?$/.exec(text)
  if (!match) throw new ChunkedBodyError('The request body is not aws-chunked.')
  return {bytes: Number.parseInt(match[1] ?? '', 16), end: end + 2}
}
