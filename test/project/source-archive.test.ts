import {execFileSync} from 'node:child_process'
import {readFileSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {expect, it} from 'vitest'
import {type Bundle, readBundle} from '../../src/project/bundle.ts'
import {packSourceArchive} from '../../src/project/source-archive.ts'
import {tempDir} from '../support/temp-dir.ts'

it('packs a folder so that tar unpacks it again, and packs equal files to equal bytes', async () => {
  const long = `${'deep/'.repeat(40)}file.txt`
  const root = tempDir({
    'src/a.py': 'print(1)\n',
    'src/sub/b.sh': 'echo 2\n',
    'src/empty': '',
    [`src/${long}`]: 'far\n',
  })
  const bundle = await readBundle(root, 'src')
  if ('problem' in bundle) throw new Error(bundle.detail)
  const archive = await packSourceArchive(bundle.files)
  expect(Buffer.compare(Buffer.from(archive), Buffer.from(await packSourceArchive(bundle.files)))).toBe(0)

  writeFileSync(join(root, 'a.tar.gz'), archive)
  const out = tempDir()
  execFileSync('tar', ['-xzf', join(root, 'a.tar.gz'), '-C', out])
  expect(readFileSync(join(out, 'a.py'), 'utf8')).toBe('print(1)\n')
  expect(readFileSync(join(out, 'sub/b.sh'), 'utf8')).toBe('echo 2\n')
  expect(readFileSync(join(out, 'empty'), 'utf8')).toBe('')
  expect(readFileSync(join(out, long), 'utf8')).toBe('far\n')
})

it.each([
  ['a missing path', 'nowhere', 'missing'],
  ['an empty folder', 'empty', 'empty'],
  ['a path through a file', 'a.txt/b', 'missing'],
])('tells of %s', async (_name, path, problem) => {
  const root = tempDir({'a.txt': 'x', 'empty/.DS_Store': 'x'})
  expect(await readBundle(root, path)).toMatchObject({problem})
})

it('gives a folder one hash, whatever the order in which its files were made', async () => {
  const one = tempDir({'d/a': '1', 'd/b/c': '2'})
  const two = tempDir({'d/b/c': '2', 'd/a': '1'})
  const swapped = tempDir({'d/a': '2', 'd/b/c': '1'})
  const hash = async (root: string) => ((await readBundle(root, 'd')) as Bundle).sha256
  expect(await hash(one)).toBe(await hash(two))
  expect(await hash(one)).not.toBe(await hash(swapped))
})
