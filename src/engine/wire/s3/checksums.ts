// The checksums that S3 keeps beside an object (Amazon S3 User Guide, "Checking object integrity for data uploads").

import {createHash, type Hash} from 'node:crypto'
import {crc32} from 'node:zlib'

export type Algorithm = 'CRC32' | 'CRC32C' | 'CRC64NVME' | 'SHA1' | 'SHA256'

/** A checksum of the bytes that it is fed. */
export type Running = {update(bytes: Uint8Array): void; digest(): Buffer}

export const algorithms: readonly Algorithm[] = ['CRC32', 'CRC32C', 'CRC64NVME', 'SHA1', 'SHA256']

export function parseAlgorithm(name: string | undefined): Algorithm | undefined {
  return algorithms.find((algorithm) => algorithm === name?.toUpperCase())
}

export function checksumHeader(algorithm: string): string {
  return `x-amz-checksum-${algorithm.toLowerCase()}`
}

/** The name of the member that carries it in S3's XML. */
export function checksumMember(algorithm: string): string {
  return `Checksum${algorithm}`
}

export function startChecksum(algorithm: Algorithm): Running {
  switch (algorithm) {
    case 'CRC32':
      return runningCrc32((bytes, before) => crc32(bytes, before))
    case 'CRC32C':
      return runningCrc32(crc32c)
    case 'CRC64NVME':
      return runningCrc64()
    case 'SHA1':
      return ofHash(createHash('sha1'))
    case 'SHA256':
      return ofHash(createHash('sha256'))
  }
}

/** Bytes of a checksum of that kind. */
export function checksumBytes(algorithm: Algorithm): number {
  return {CRC32: 4, CRC32C: 4, CRC64NVME: 8, SHA1: 20, SHA256: 32}[algorithm]
}

/** The checksum of an object uploaded in parts that is made of the checksums of the parts. */
export function compositeChecksum(algorithm: Algorithm, parts: readonly string[]): string {
  const running = startChecksum(algorithm)
  for (const part of parts) running.update(Buffer.from(part, 'base64'))
  return `${running.digest().toString('base64')}-${parts.length}`
}

function ofHash(hash: Hash): Running {
  return {
    update: (bytes) => {
      hash.update(bytes)
    },
    digest: () => hash.digest(),
  }
}

function runningCrc32(next: (bytes: Uint8Array, before: number) => number): Running {
  let value = 0
  return {
    update: (bytes) => {
      value = next(bytes, value)
    },
    digest: () => {
      const digest = Buffer.alloc(4)
      digest.writeUInt32BE(value >>> 0)
      return digest
    },
  }
}

/** CRC-32C (Castagnoli), reflected: RFC 3720, section 12.1. */
const castagnoli = Uint32Array.from({length: 256}, (_, index) => {
  let value = index
  for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? (value >>> 1) ^ 0x82f63b78 : value >>> 1
  return value
})

function crc32c(bytes: Uint8Array, before: number): number {
  let value = ~before
  for (const byte of bytes) value = (castagnoli[(value ^ byte) & 0xff] ?? 0) ^ (value >>> 8)
  return ~value >>> 0
}

/** CRC-64/NVME, reflected, with the polynomial 9A6C9329AC4BC9B5 (NVM Express specification); in two halves of 32 bits. */
const nvme = nvmeTable(0x9a6c9329, 0xac4bc9b5)

function nvmeTable(polynomialHigh: number, polynomialLow: number): {high: Uint32Array; low: Uint32Array} {
  const high = new Uint32Array(256)
  const low = new Uint32Array(256)
  for (let index = 0; index < 256; index += 1) {
    let upper = 0
    let lower = index
    for (let bit = 0; bit < 8; bit += 1) {
      const isOdd = (lower & 1) === 1
      lower = (lower >>> 1) | ((upper & 1) << 31)
      upper >>>= 1
      if (isOdd) {
        upper ^= polynomialHigh
        lower ^= polynomialLow
      }
    }
    high[index] = upper
    low[index] = lower
  }
  return {high, low}
}

function runningCrc64(): Running {
  let high = 0xffffffff
  let low = 0xffffffff
  return {
    update: (bytes) => {
      for (const byte of bytes) {
        const index = (low ^ byte) & 0xff
        low = ((low >>> 8) | (high << 24)) ^ (nvme.low[index] ?? 0)
        high = (high >>> 8) ^ (nvme.high[index] ?? 0)
      }
    },
    digest: () => {
      const digest = Buffer.alloc(8)
      digest.writeUInt32BE(~high >>> 0, 0)
      digest.writeUInt32BE(~low >>> 0, 4)
      return digest
    },
  }
}
