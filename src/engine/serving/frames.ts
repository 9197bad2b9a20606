// What goes over the channel between the engine and a model's process: a head in JSON and a body of bytes, with both lengths before.

import type {JsonObject} from '../../definition/json.ts'

export type Frame = {readonly head: JsonObject; readonly body: Buffer}

const lengthBytes = 8

/** The frame's beginning; the body follows as it is. */
export function frameHead(head: JsonObject, bodyBytes: number): Buffer {
  const text = Buffer.from(JSON.stringify(head))
  const lengths = Buffer.alloc(lengthBytes)
  lengths.writeUInt32BE(text.length, 0)
  lengths.writeUInt32BE(bodyBytes, 4)
  return Buffer.concat([lengths, text])
}

/** Takes chunks as they come, and gives each frame when it is whole. */
export function frameReader(onFrame: (frame: Frame) => void): (chunk: Buffer) => void {
  let chunks: Buffer[] = []
  let held = 0
  let wanted = lengthBytes
  return (chunk) => {
    chunks.push(chunk)
    held += chunk.length
    while (held >= wanted) {
      const bytes = chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks)
      const end = frameEnd(bytes)
      if (bytes.length < end) {
        chunks = [bytes]
        wanted = end
        return
      }
      onFrame(readFrame(bytes, end))
      chunks = bytes.length === end ? [] : [bytes.subarray(end)]
      held = bytes.length - end
      wanted = lengthBytes
    }
  }
}

function frameEnd(bytes: Buffer): number {
  return lengthBytes + bytes.readUInt32BE(0) + bytes.readUInt32BE(4)
}

function readFrame(bytes: Buffer, end: number): Frame {
  const bodyStart = lengthBytes + bytes.readUInt32BE(0)
  return {
    head: JSON.parse(bytes.toString('utf8', lengthBytes, bodyStart)) as JsonObject,
    body: bytes.subarray(bodyStart, end),
  }
}
