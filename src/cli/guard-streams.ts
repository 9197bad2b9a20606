// What happens when nobody takes what is printed: the reader of a pipe has gone, the terminal was closed, the disk is full.

import {exitCodes} from './exit-codes.ts'

/** A closed pipe is how `head` says thanks; EIO is what is left of a terminal that was closed (Linux, tty_ioctl). */
const nobodyReads: readonly unknown[] = ['EPIPE', 'EIO']

/**
 * Work goes on without readers: an execution is stopped or followed to its end. A result that could not be written is
 * told on stderr, and is a failure. Replaces oclif's listener, which throws everything but EPIPE as a bug of ours.
 */
export function guardStreams(): void {
  process.stdout.removeAllListeners('error').on('error', (error: Error) => {
    if (isNobodyReading(error)) return
    process.stderr.write(`error: the result cannot be written: ${error.message}\n`)
    process.exit(exitCodes.service)
  })
  process.stderr.removeAllListeners('error').on('error', (error: Error) => {
    if (!isNobodyReading(error)) process.exit(exitCodes.service)
  })
}

function isNobodyReading(error: Error): boolean {
  return 'code' in error && nobodyReads.includes(error.code)
}
