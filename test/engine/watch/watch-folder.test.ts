// Files of a watched folder become objects, and each content of a file once.

import {appendFileSync, mkdirSync, renameSync, rmSync, symlinkSync, utimesSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {GetBucketNotificationConfigurationCommand, ListObjectsV2Command} from '@aws-sdk/client-s3'
import {expect, it, onTestFinished} from 'vitest'
import {openObjects} from '../../../src/engine/store/objects.ts'
import {prepareBucket, type Watch, watchFolder} from '../../../src/engine/watch/watch-folder.ts'
import {tempDir, writeFiles} from '../../support/temp-dir.ts'
import {openDb} from '../bus/clock/clocked.ts'
import {localCloud, until} from '../support/local-cloud.ts'

type Options = {readonly settleMs?: number; readonly prefix?: string; readonly stateDirectory?: string}

/** Watches with a short patience; what was taken, and what went wrong, by path. */
function watching(directory: string, options: Options = {}) {
  const {settleMs = 60, prefix = 'in/', stateDirectory = tempDir()} = options
  const db = openDb(stateDirectory)
  const objects = openObjects(stateDirectory, db)
  const taken: string[] = []
  const troubles: string[] = []
  const watch: Watch = watchFolder(
    {directory, bucket: 'data', prefix},
    {db, objects},
    {
      settleMs,
      pollMs: 20,
      excluded: stateDirectory,
      onTaken: (_file, uri) => taken.push(uri),
      onTrouble: (path) => troubles.push(path),
    },
  )
  onTestFinished(() => watch.close())
  return {stateDirectory, objects, taken, troubles, watch}
}

/** A file that comes later than what is asked about has come: so has everything before it. */
async function isQuiet({taken}: {readonly taken: readonly string[]}, directory: string): Promise<void> {
  writeFiles(directory, {'zz-last': 'last'})
  await until(() => taken.some((uri) => uri.endsWith('zz-last')))
}

it('takes what is there, what comes, and what changes, however deep', async () => {
  const directory = tempDir({'old.csv': 'a'})
  const watched = watching(directory)
  await until(() => watched.taken.length === 1)
  writeFiles(directory, {'2026/11/new file ü.csv': 'b'})
  await until(() => watched.taken.length === 2)
  appendFileSync(join(directory, 'old.csv'), 'more')
  await until(() => watched.taken.length === 3)
  expect(watched.taken).toEqual(['s3://data/in/old.csv', 's3://data/in/2026/11/new file ü.csv', 's3://data/in/old.csv'])
  expect(watched.objects.readText('data', 'in/old.csv')).toBe('amore')
})

it('waits until a file holds still', async () => {
  const directory = tempDir()
  const watched = watching(directory, {settleMs: 300})
  const path = join(directory, 'slow.csv')
  for (let part = 0; part < 20; part += 1) {
    appendFileSync(path, `${part}\n`)
    await new Promise((resolve) => setTimeout(resolve, 25))
  }
  await until(() => watched.taken.length > 0)
  await isQuiet(watched, directory)
  expect(watched.taken).toEqual(['s3://data/in/slow.csv', 's3://data/in/zz-last'])
  expect(watched.objects.readText('data', 'in/slow.csv')?.split('\n')).toHaveLength(21)
})

it('passes over what is not whole, and over what the engine writes itself', async () => {
  const directory = tempDir({
    '.hidden': 'x',
    '.git/config': 'x',
    'a.csv~': 'x',
    'a.csv.tmp': 'x',
    'a.csv.part': 'x',
    'a.csv.crdownload': 'x',
    'state/s3/data/in/a.csv': 'x',
  })
  const watched = watching(directory, {stateDirectory: join(directory, 'state')})
  await isQuiet(watched, directory)
  renameSync(join(directory, 'a.csv.part'), join(directory, 'a.csv'))
  await until(() => watched.taken.length === 2)
  expect(watched.taken).toEqual(['s3://data/in/zz-last', 's3://data/in/a.csv'])
})

it('follows links to files, and none to folders', async () => {
  const elsewhere = tempDir({'data.csv': 'x'})
  const directory = tempDir()
  symlinkSync(join(elsewhere, 'data.csv'), join(directory, 'link.csv'))
  symlinkSync(directory, join(directory, 'circle'))
  const watched = watching(directory)
  await isQuiet(watched, directory)
  expect(watched.taken).toEqual(['s3://data/in/link.csv', 's3://data/in/zz-last'])
})

it('takes a content once: not after a touch, nor after a restart', async () => {
  const directory = tempDir({'a.csv': 'a', 'b.csv': 'b'})
  const first = watching(directory)
  await until(() => first.taken.length === 2)
  await first.watch.close()
  utimesSync(join(directory, 'a.csv'), new Date(), new Date(1))
  writeFileSync(join(directory, 'b.csv'), 'changed')

  const second = watching(directory, {stateDirectory: first.stateDirectory})
  await isQuiet(second, directory)
  expect(second.taken).toEqual(['s3://data/in/b.csv', 's3://data/in/zz-last'])
})

it('takes it again below another prefix', async () => {
  const directory = tempDir({'a.csv': 'a'})
  const first = watching(directory)
  await until(() => first.taken.length === 1)
  const second = watching(directory, {stateDirectory: first.stateDirectory, prefix: ''})
  await until(() => second.taken.length === 1)
  expect(second.taken).toEqual(['s3://data/a.csv'])
})

it('takes it once where two servers watch', async () => {
  const directory = tempDir()
  const one = watching(directory)
  const other = watching(directory, {stateDirectory: one.stateDirectory})
  for (let at = 0; at < 20; at += 1) writeFiles(directory, {[`f-${at}`]: String(at)})
  await until(() => one.taken.length + other.taken.length >= 20)
  await Promise.all([one.watch.close(), other.watch.close()])
  expect([...one.taken, ...other.taken].sort()).toEqual([...new Set([...one.taken, ...other.taken])].sort())
})

it('tells once of a folder that is gone, and goes on when it is back', async () => {
  const directory = join(tempDir(), 'incoming')
  mkdirSync(directory)
  const watched = watching(directory)
  rmSync(directory, {recursive: true})
  await until(() => watched.troubles.length > 0)
  mkdirSync(directory)
  writeFiles(directory, {'a.csv': 'a'})
  await until(() => watched.taken.length === 1)
  expect(watched.troubles).toEqual([directory])
})

it('makes the bucket, and has it send its events beside what was configured', async () => {
  const {engine, s3, stateDirectory} = localCloud()
  const db = openDb(stateDirectory)
  expect(await engine.prepareBucket('data')).toEqual({isNew: true, isSwitchedOn: true})
  expect(await prepareBucket('data', {db, objects: openObjects(stateDirectory, db)})).toEqual({
    isNew: false,
    isSwitchedOn: false,
  })
  const {EventBridgeConfiguration} = await s3.send(new GetBucketNotificationConfigurationCommand({Bucket: 'data'}))
  expect(EventBridgeConfiguration).toEqual({})
  expect((await s3.send(new ListObjectsV2Command({Bucket: 'data'}))).KeyCount).toBe(0)
})
