// Into how many parts a file is cut, and how many of them are on their way at once.

const mebibyte = 1024 * 1024

/** A file up to this size goes up in one request. */
export const smallestPartBytes = 16 * mebibyte

/** Amazon S3 User Guide, "Amazon S3 multipart upload limits". */
const mostParts = 10_000

const mostLanes = 4

/** Parts that are on their way are held in memory. */
const memoryBytes = 128 * mebibyte

export type PartPlan = {readonly partBytes: number; readonly parts: number; readonly lanes: number}

export function planParts(size: number): PartPlan {
  const wanted = Math.ceil(size / mostParts / mebibyte) * mebibyte
  const partBytes = Math.max(smallestPartBytes, wanted)
  const parts = Math.max(1, Math.ceil(size / partBytes))
  const lanes = Math.min(mostLanes, parts, Math.max(1, Math.floor(memoryBytes / partBytes)))
  return {partBytes, parts, lanes}
}
