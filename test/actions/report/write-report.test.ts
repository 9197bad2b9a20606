// A report goes over an earlier report, and over nothing else.

import {readFileSync} from 'node:fs'
import {join} from 'node:path'
import {expect, it} from 'vitest'
import {writeReport} from '../../../src/actions/report/write-report.ts'
import {fakeState, fakeWorld} from '../../support/fake-cloud.ts'
import {tempDir} from '../../support/temp-dir.ts'

const mark = '<meta name="generator" content="mlpipe report">'
const page = `<!doctype html>${mark}`
const worldIn = (cwd: string) => ({...fakeWorld(fakeState()), cwd})

it.each([
  ['where nothing is', {}],
  ['over an earlier report', {'r.html': `<!doctype html>\n${mark}earlier`}],
  ['over an empty file', {'r.html': ''}],
])('is written %s', async (_where, files) => {
  const cwd = tempDir(files)
  await writeReport('r.html', page, mark, worldIn(cwd))
  expect(readFileSync(join(cwd, 'r.html'), 'utf8')).toBe(page)
})

it.each([
  ['something else', 'name: churn\n'],
  ['a page that only speaks of reports, further down', `<!doctype html>${' '.repeat(2000)}${mark}`],
])('is not written over %s', async (_what, text) => {
  const cwd = tempDir({'r.html': text})
  await expect(writeReport('r.html', page, mark, worldIn(cwd))).rejects.toMatchObject({code: 'not-a-report'})
  expect(readFileSync(join(cwd, 'r.html'), 'utf8')).toBe(text)
})

it('is not written into a folder', async () => {
  const cwd = tempDir({'r.html/x': ''})
  await expect(writeReport('r.html', page, mark, worldIn(cwd))).rejects.toMatchObject({code: 'cannot-write'})
})
