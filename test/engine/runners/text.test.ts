// The runners' small text rules: lines, metrics, paths.

import {describe, expect, it} from 'vitest'
import {lineLimit, lineSplitter} from '../../../src/engine/runners/launch/log-lines.ts'
import {hostPath, mapMlJson, mapMlText} from '../../../src/engine/runners/ml-paths.ts'
import {joinKey} from '../../../src/engine/runners/outputs.ts'
import {fc} from '../../support/properties.ts'

function split(chunks: readonly Buffer[]): string[] {
  const lines: string[] = []
  const splitter = lineSplitter((line) => lines.push(line))
  for (const chunk of chunks) splitter.push(chunk)
  splitter.end()
  return lines
}

describe('lines of a log', () => {
  it('are the same however the bytes arrive', () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({unit: 'grapheme'}).map((text) => text.replace(/[\r\n]/g, ''))),
        fc.integer({min: 1, max: 7}),
        (lines, size) => {
          const bytes = Buffer.from(lines.map((line) => `${line}\n`).join(''))
          const chunks = Array.from({length: Math.ceil(bytes.length / size)}, (_, at) =>
            bytes.subarray(at * size, (at + 1) * size),
          )
          expect(split(chunks)).toEqual(lines)
        },
      ),
    )
  })

  it('are cut at the limit, never inside a character, and lose nothing', () => {
    const text = `x${'😀'.repeat(lineLimit)}`
    const pieces = split([Buffer.from(text)])
    expect(pieces.join('')).toBe(text)
    expect(pieces.every((piece) => piece.length <= lineLimit && Buffer.from(piece).toString() === piece)).toBe(true)
  })
})

describe('/opt/ml in a text', () => {
  it.each([
    ['/opt/ml', '/job'],
    ['/opt/ml/model', '/job/model'],
    ['--out=/opt/ml/model', '--out=/job/model'],
    ['chmod +x /opt/ml/a && "/opt/ml/a"', 'chmod +x /job/a && "/job/a"'],
    ['/usr/lib:/opt/ml/code:/opt/ml', '/usr/lib:/job/code:/job'],
    ['s3://bucket/opt/ml/model', 's3://bucket/opt/ml/model'],
    ['/opt/mlflow', '/opt/mlflow'],
    ['/srv/opt/ml/x', '/srv/opt/ml/x'],
  ])('%s becomes %s', (text, expected) => {
    expect(mapMlText(text, '/job')).toBe(expected)
    expect(mapMlJson({a: [text]}, '/job')).toEqual({a: [expected]})
  })
})

it.each([
  ['/opt/ml', '/job'],
  ['/opt/ml/', '/job'],
  ['/opt/ml/processing//x/', '/job/processing/x/'],
])('%s lies at %s', (path, expected) => {
  expect(hostPath('/job', path, 'input "x"')).toBe(expected)
})

it.each(['/opt/ml/../x', '/opt/mlflow', 'relative', '/'])('%s is refused', (path) => {
  expect(() => hostPath('/job', path, 'input "x"')).toThrow('not under /opt/ml')
})

it.each([
  [['a/', '/b/', 'c'], 'a/b/c'],
  [['', 'job', 'output'], 'job/output'],
])('key parts %j make %s', (parts, expected) => {
  expect(joinKey(...parts)).toBe(expected)
})
