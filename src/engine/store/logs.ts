// Job logs as text files that people can read: `<stateDirectory>/logs/<group>/<jobName>.log`, one event per line,
// `2026-11-23T10:00:00.000Z message`. Served as CloudWatch Logs; a page's token is a place in the file.

import {closeSync, fstatSync, mkdirSync, openSync, readSync, statSync, writeSync} from 'node:fs'
import {join} from 'node:path'
import type {JobKind} from '../runners/job-types.ts'

export type LogEvent = {readonly timestampMs: number; readonly message: string}

/** An event and the byte of its log where it begins. */
export type PlacedEvent = LogEvent & {readonly byte: number}

export type LogPage = {readonly events: readonly PlacedEvent[]; readonly start: number; readonly end: number}

export type LogWriter = {write(line: string): void; close(): void}

// CloudWatch Logs quota: one event holds at most 256 KB. Four bytes for the widest character.
const longestMessage = 65_536

const timestampLength = '2026-11-23T10:00:00.000Z'.length

export function logPath(stateDirectory: string, kind: JobKind, jobName: string): string {
  return join(stateDirectory, 'logs', kind, `${jobName}.log`)
}

/** A buffer of this length does not wait for the end of the turn. */
const fullBuffer = 65_536

/**
 * Appends a job's lines; the file is made with the first of them. Lines are gathered for one turn of the event loop: a
 * call of the system for each would cost more than all the rest. What cannot be written (a full disk) is counted and
 * left out: a job does not fail for its log.
 */
export function openLog(path: string, now: () => number): LogWriter {
  let file: number | undefined
  let buffer = ''
  let buffered = 0
  let lost = 0
  let turn: NodeJS.Immediate | undefined
  let stamp = {atMs: Number.NaN, text: ''}

  const flush = () => {
    if (turn) clearImmediate(turn)
    turn = undefined
    if (buffered === 0) return
    try {
      file ??= openForAppending(path)
      const notice = lost === 0 ? '' : `${stamp.text} mlpipe: ${lost} lines of the log could not be written\n`
      writeWhole(file, notice + buffer)
      lost = 0
    } catch {
      lost += buffered
    }
    buffer = ''
    buffered = 0
  }

  return {
    write(line) {
      const atMs = now()
      if (atMs !== stamp.atMs) stamp = {atMs, text: new Date(atMs).toISOString()}
      for (const text of splitLine(line)) {
        buffer += `${stamp.text} ${text}\n`
        buffered += 1
      }
      if (buffer.length >= fullBuffer) flush()
      else turn ??= setImmediate(flush)
    },
    close() {
      flush()
      if (file !== undefined) closeSync(file)
      file = undefined
    },
  }
}

function openForAppending(path: string): number {
  mkdirSync(join(path, '..'), {recursive: true})
  return openSync(path, 'a')
}

/** A disk that is nearly full takes a part. */
function writeWhole(file: number, text: string): void {
  const bytes = Buffer.from(text)
  for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at)
}

function splitLine(line: string): string[] {
  if (line.length <= longestMessage && !line.includes('\n')) return [line]
  const lines = line.replace(/\r?\n$/, '').split(/\r?\n/)
  return lines.flatMap(cutLongLine)
}

function cutLongLine(text: string): string[] {
  if (text.length <= longestMessage) return [text]
  const pieces = Math.ceil(text.length / longestMessage)
  return Array.from({length: pieces}, (_, index) => text.slice(index * longestMessage, (index + 1) * longestMessage))
}

export function logSize(path: string): number | undefined {
  return statSync(path, {throwIfNoEntry: false})?.size
}

/** When the log was last written to; undefined when there is none. */
export function logModifiedMs(path: string): number | undefined {
  return statSync(path, {throwIfNoEntry: false})?.mtimeMs
}

/** The events from byte `start` on: at most `limit` of them and about `maxBytes` of text. */
export function readLog(path: string, start: number, limit: number, maxBytes: number): LogPage {
  const text = readBytes(path, start, maxBytes)
  let end = start
  const events: PlacedEvent[] = []
  for (let at = 0; events.length < limit; ) {
    const newline = text.indexOf(10, at)
    if (newline < 0) break
    const event = parseLine(text.toString('utf8', at, newline))
    if (event) events.push({...event, byte: start + at})
    at = newline + 1
    end = start + at
  }
  return {events, start, end}
}

/** As `readLog`, but the last events before byte `end`. */
export function readLogBackward(path: string, end: number, limit: number, maxBytes: number): LogPage {
  const from = Math.max(0, end - maxBytes)
  const text = readBytes(path, from, end - from)
  let first = text.length
  const events: PlacedEvent[] = []
  while (events.length < limit && first > 0) {
    const before = first < 2 ? -1 : text.lastIndexOf(10, first - 2)
    // A line whose beginning was not read belongs to the page before.
    if (before < 0 && from > 0) break
    const event = parseLine(text.toString('utf8', before + 1, first - 1))
    if (event) events.unshift({...event, byte: from + before + 1})
    first = before + 1
  }
  return {events, start: from + first, end}
}

/** How much is looked at where only a time is sought; more than the longest line. */
export const logBlockBytes = 524_288

/** Where a line begins, at or before the first event of that time or later. Times in a log do not go back. */
export function seekLog(path: string, timestampMs: number): number {
  let low = 0
  let high = logSize(path) ?? 0
  while (high - low > logBlockBytes) {
    const middle = low + Math.floor((high - low) / 2)
    const text = readBytes(path, middle, logBlockBytes)
    const line = text.indexOf(10) + 1
    const found = Date.parse(text.toString('latin1', line, line + timestampLength))
    if (line === 0 || Number.isNaN(found)) return low
    if (found < timestampMs) low = middle + line
    else high = middle
  }
  return low
}

function readBytes(path: string, start: number, length: number): Buffer {
  const file = openSync(path, 'r')
  try {
    const available = Math.max(0, Math.min(length, fstatSync(file).size - start))
    const buffer = Buffer.alloc(available)
    return buffer.subarray(0, readSync(file, buffer, 0, available, start))
  } finally {
    closeSync(file)
  }
}

function parseLine(line: string): LogEvent | undefined {
  const timestampMs = Date.parse(line.slice(0, timestampLength))
  return Number.isNaN(timestampMs) ? undefined : {timestampMs, message: line.slice(timestampLength + 1)}
}
