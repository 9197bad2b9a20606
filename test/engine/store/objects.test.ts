// The object store as runners use it; what clients see of it is tested through S3's protocol.

import {existsSync, mkdirSync, readdirSync, utimesSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {expect, it} from 'vitest'
import {openDatabase} from '../../../src/engine/store/database.ts'
import {decodeDirectory, decodeFile, encodeKey} from '../../../src/engine/store/object-path.ts'
import {openObjects, parseS3Uri} from '../../../src/engine/store/objects.ts'
import {fc} from '../../support/properties.ts'
import {tempDir} from '../../support/temp-dir.ts'

function objectsIn(stateDirectory: string) {
  return openObjects(stateDirectory, openDatabase(stateDirectory))
}

it('copies a file, and leaves nothing behind', async () => {
  const stateDirectory = tempDir({'source.txt': 'hello'})
  const objects = objectsIn(stateDirectory)
  const entry = await objects.putFile('bucket', 'a/b', join(stateDirectory, 'source.txt'))
  expect(entry).toMatchObject({bucket: 'bucket', key: 'a/b', size: 5})
  expect(await objects.records([entry])).toMatchObject([{etag: '5d41402abc4b2a76b9719d911017c592'}])
  expect(await objects.head('bucket', 'a/b')).toEqual(entry)
  expect(objects.readText('bucket', 'a/b')).toBe('hello')
  expect(readdirSync(join(stateDirectory, 'tmp'))).toEqual([])
})

it('keeps the old object when a write fails half way', async () => {
  const stateDirectory = tempDir()
  const objects = objectsIn(stateDirectory)
  await objects.put('bucket', 'a', Buffer.from('old'))
  async function* broken() {
    yield Buffer.from('new')
    throw new Error('cut off')
  }
  await expect(objects.putStream('bucket', 'a', broken())).rejects.toThrow('cut off')
  expect(objects.readText('bucket', 'a')).toBe('old')
  expect(readdirSync(join(stateDirectory, 'tmp'))).toEqual([])
})

it('removes what a killed process left half written, and nothing that may still be written', () => {
  const stateDirectory = tempDir({'tmp/old': 'x', 'tmp/new': 'x'})
  utimesSync(join(stateDirectory, 'tmp', 'old'), 1000, 1000)
  objectsIn(stateDirectory)
  expect(readdirSync(join(stateDirectory, 'tmp'))).toEqual(['new'])
})

it('sees a file that a person changed by hand', async () => {
  const objects = objectsIn(tempDir())
  const before = await objects.put('bucket', 'a', Buffer.from('one'))
  const records = await objects.records([before])
  writeFileSync(before.path, 'two')
  utimesSync(before.path, 1000, 1000)
  expect(await objects.records(await objects.list('bucket', 'a'))).not.toEqual(records)
})

it('lists files that a person put there', async () => {
  const stateDirectory = tempDir()
  const objects = objectsIn(stateDirectory)
  mkdirSync(join(stateDirectory, 's3', 'bucket', 'by'), {recursive: true})
  writeFileSync(join(stateDirectory, 's3', 'bucket', 'by', 'hand.txt'), 'x')
  expect((await objects.list('bucket', '')).map(({key}) => key)).toEqual(['by/hand.txt'])
})

it('removes directories that have become empty', async () => {
  const stateDirectory = tempDir()
  const objects = objectsIn(stateDirectory)
  await objects.put('bucket', 'a/b/c', Buffer.from(''))
  await objects.remove('bucket', 'a/b/c')
  expect(existsSync(join(stateDirectory, 's3', 'bucket', 'a'))).toBe(false)
  expect(await objects.hasBucket('bucket')).toBe(true)
})

it('takes many writers of keys that stand in each other’s way', async () => {
  const objects = objectsIn(tempDir())
  const keys = ['a', 'a/b', 'a/b/c', 'a/b/c/d', 'a/x']
  await Promise.all(
    Array.from({length: 40}, (_, index) => objects.put('bucket', keys[index % 5] ?? '', Buffer.from('x'))),
  )
  expect((await objects.list('bucket', '')).map(({key}) => key)).toEqual(keys)
})

it.each(['..', 'a/b', 'UPPER', 'a', '', '.hidden', 'x'.repeat(64)])('refuses the bucket name %j', async (bucket) => {
  await expect(objectsIn(tempDir()).put(bucket, 'key', Buffer.from(''))).rejects.toMatchObject({
    code: 'InvalidBucketName',
  })
})

it.each([
  ['s3://bucket/a/b', {bucket: 'bucket', key: 'a/b'}],
  ['s3://bucket', {bucket: 'bucket', key: ''}],
  ['s3://bucket/', {bucket: 'bucket', key: ''}],
  ['https://bucket/a', undefined],
  ['s3:///a', undefined],
])('reads the address %s', (uri, expected) => {
  expect(parseS3Uri(uri)).toEqual(expected)
})

const anyKey = fc.string({
  unit: fc.constantFrom('a', '/', '.', '%', '2', 'E', 'ü', '😀', '\0'),
  minLength: 1,
  maxLength: 400,
})

it('turns any key into safe names and back', () => {
  fc.assert(
    fc.property(anyKey, (key) => {
      const names = encodeKey(key)
      for (const name of names) {
        expect(name).not.toMatch(/^\.{0,2}$|\/|\0/)
        expect(Buffer.byteLength(name)).toBeLessThan(250)
      }
      const last = names.at(-1) ?? ''
      expect(names.slice(0, -1).map(decodeDirectory).join('') + decodeFile(last)).toBe(key)
    }),
  )
})
