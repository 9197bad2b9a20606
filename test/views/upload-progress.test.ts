// How far uploads have come: one line on a terminal, a few in a log.

import {expect, it} from 'vitest'
import {plainReporter} from '../../src/views/progress/plain.ts'
import {type UploadProgress, uploadingLine} from '../../src/views/progress/upload-progress.ts'

const mebibyte = 1024 * 1024
const progress = (sent: number, total: number): UploadProgress => ({
  kind: 'upload-progress',
  files: {sent: 3, total: 7},
  bytes: {sent, total},
})

it.each([
  ['the unit once where both have it', 120 * mebibyte, 512 * mebibyte, 'uploading 3 of 7 files, 120 of 512 MiB'],
  ['both units where they differ', 512, 2 * mebibyte, 'uploading 3 of 7 files, 512 B of 2.0 MiB'],
])('says %s', (_what, sent, total, line) => {
  expect(uploadingLine(progress(sent, total))).toBe(line)
})

it.each([
  ['a line for every tenth of a large upload', 100 * mebibyte, 10],
  ['nothing of a small one', mebibyte, 0],
])('a log has %s', (_what, total, lines) => {
  const written: string[] = []
  const screen = () => ({width: 80, colour: false})
  const reporter = plainReporter((text) => written.push(text), {screen, verbose: false})
  for (let percent = 0; percent <= 100; percent += 1) reporter.report(progress((percent * total) / 100, total))
  expect(written).toHaveLength(lines)
})
