// What --watch takes, and what it says when it cannot.

import {join} from 'node:path'
import {expect, it} from 'vitest'
import {planWatches} from '../../src/actions/watched-folders.ts'
import {tempDir} from '../support/temp-dir.ts'

it.each([
  ['in=s3://my-bucket', {bucket: 'my-bucket', prefix: ''}],
  ['in=s3://my-bucket/', {bucket: 'my-bucket', prefix: ''}],
  ['in=s3://my-bucket/new/data', {bucket: 'my-bucket', prefix: 'new/data/'}],
  ['in=s3://my-bucket/new/', {bucket: 'my-bucket', prefix: 'new/'}],
])('reads %s', async (text, expected) => {
  const cwd = tempDir({'in/a': ''})
  const places = {cwd, stateDirectory: join(cwd, '.mlpipe')}
  expect(await planWatches([text], places)).toEqual([{directory: join(cwd, 'in'), ...expected}])
})

it('reads a folder with = in its name, and more than one', async () => {
  const cwd = tempDir({'year=2026/a': '', 'b/a': ''})
  const places = {cwd, stateDirectory: join(cwd, '.mlpipe')}
  const planned = await planWatches(['year=2026=s3://my-bucket/x=1', './b=s3://other'], places)
  expect(planned).toEqual([
    {directory: join(cwd, 'year=2026'), bucket: 'my-bucket', prefix: 'x=1/'},
    {directory: join(cwd, 'b'), bucket: 'other', prefix: ''},
  ])
})

it.each([
  ['incoming', '--watch incoming: it is not of the form DIR=s3://BUCKET/PREFIX'],
  ['in=my-bucket/x', '--watch in=my-bucket/x: it is not of the form DIR=s3://BUCKET/PREFIX'],
  [
    'in=s3://My_Bucket/x',
    "--watch in=s3://My_Bucket/x: 'My_Bucket' cannot be a bucket: it takes 3 to 63 small letters, digits, . and -",
  ],
  ['none=s3://my-bucket', 'cannot watch none: there is no such folder'],
  ['in/a=s3://my-bucket', 'cannot watch in/a: it is a file, and a folder is watched'],
  [
    '.mlpipe/s3=s3://my-bucket',
    "cannot watch .mlpipe/s3: it lies in the engine's own state, which the engine writes to",
  ],
])('refuses %s', async (text, message) => {
  const cwd = tempDir({'in/a': '', '.mlpipe/s3/a': ''})
  await expect(planWatches([text], {cwd, stateDirectory: join(cwd, '.mlpipe')})).rejects.toThrow(message)
})
