import {readdirSync, readFileSync} from 'node:fs'
import {join} from 'node:path'
import {fileURLToPath} from 'node:url'
import {expect, it} from 'vitest'

const room = fileURLToPath(new URL('../../src/cloud', import.meta.url))

// profile-region.ts asks the SDK for its configuration, and sends nothing.
const sources = readdirSync(room, {recursive: true, encoding: 'utf8'})
  .filter((path) => path.endsWith('.ts') && path !== 'profile-region.ts')
  .map((path) => [path, readFileSync(join(room, path), 'utf8')] as const)
  .filter(([, text]) => /new \w+Client\(/.test(text))

it.each(sources)('%s equips the client that it makes, so that its errors carry no credentials', (_path, text) => {
  expect(text).toContain('equipped(')
})

it('there are clients', () => {
  expect(sources.length).toBeGreaterThanOrEqual(4)
})
