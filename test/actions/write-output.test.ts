import {execFileSync} from 'node:child_process'
import {lstatSync, mkdirSync, readdirSync, readFileSync, statSync, symlinkSync} from 'node:fs'
import {readFile} from 'node:fs/promises'
import {join} from 'node:path'
import {expect, it} from 'vitest'
import {writeOutput} from '../../src/actions/write-output.ts'
import {tempDir} from '../support/temp-dir.ts'

const world = (cwd: string) => ({cwd, newToken: () => 'f81d4fae-7dec-11d0-a765-00a0c91e6bf6'})

it('writes a new file and over an old one, and leaves nothing beside it', async () => {
  const cwd = tempDir({'old.json': 'old'})
  await writeOutput('old.json', 'new', world(cwd))
  await writeOutput('other.json', 'other', world(cwd))
  expect(readFileSync(join(cwd, 'old.json'), 'utf8')).toBe('new')
  expect(readdirSync(cwd)).toEqual(['old.json', 'other.json'])
})

it.each([
  ['none/x.json', 'cannot write none/x.json: there is no folder none'],
  ['folder', 'cannot write folder: it is a folder'],
  ['file/x.json', 'cannot write file/x.json: file is no folder'],
  ['file/', 'cannot write file/: it is a folder'],
  ['new.json/', 'cannot write new.json/: there is no such folder'],
  ['', "cannot write '': it names no file"],
  ['-', 'cannot write -: without -o it goes to standard output, and ./- is a file of that name'],
  ['a'.repeat(300), `cannot write ${'a'.repeat(300)}: the name is too long`],
  ['circle', 'cannot write circle: its links lead back to themselves'],
])('%s is refused in the words of the user, as a mistake of usage', async (path, message) => {
  const cwd = tempDir({file: ''})
  mkdirSync(join(cwd, 'folder'))
  symlinkSync('circle', join(cwd, 'circle'))
  await expect(writeOutput(path, 'x', world(cwd))).rejects.toMatchObject({message, exit: 64})
  expect(readdirSync(cwd)).toEqual(['circle', 'file', 'folder'])
})

it('a pipe is written to, never replaced by a file', async () => {
  const cwd = tempDir()
  const pipe = join(cwd, 'pipe')
  execFileSync('mkfifo', [pipe])
  const [read] = await Promise.all([readFile(pipe, 'utf8'), writeOutput('pipe', 'text', world(cwd))])
  expect(read).toBe('text')
  expect(statSync(pipe).isFIFO()).toBe(true)
  expect(readdirSync(cwd)).toEqual(['pipe'])
})

it('a link stays a link, and what it points to is written', async () => {
  const cwd = tempDir({'real.json': 'old'})
  symlinkSync('real.json', join(cwd, 'link.json'))
  await writeOutput('link.json', 'new', world(cwd))
  expect(lstatSync(join(cwd, 'link.json')).isSymbolicLink()).toBe(true)
  expect(readFileSync(join(cwd, 'real.json'), 'utf8')).toBe('new')
})

it('a link that leads nowhere yet stays a link', async () => {
  const cwd = tempDir()
  symlinkSync('real.json', join(cwd, 'link.json'))
  await writeOutput('link.json', 'new', world(cwd))
  expect(lstatSync(join(cwd, 'link.json')).isSymbolicLink()).toBe(true)
  expect(readFileSync(join(cwd, 'real.json'), 'utf8')).toBe('new')
})

it('nothing is written over what it was made from, by whatever name', async () => {
  const cwd = tempDir({'in.json': 'in'})
  symlinkSync('in.json', join(cwd, 'link.json'))
  for (const path of ['in.json', './in.json', 'link.json', join(cwd, 'in.json')]) {
    const message = `cannot write ${path}: this was made from it, and would take its place`
    await expect(writeOutput(path, 'x', world(cwd), {file: undefined, definition: 'in.json'})).rejects.toMatchObject({
      message,
      exit: 64,
    })
  }
  expect(readFileSync(join(cwd, 'in.json'), 'utf8')).toBe('in')
  const spec = tempDir({'mlpipe.yaml': 'name: a'})
  await expect(writeOutput('mlpipe.yaml', 'x', world(spec), {file: undefined})).rejects.toMatchObject({exit: 64})
  await writeOutput('mlpipe.yaml', 'x', world(spec))
  await writeOutput('mlpipe.yaml', 'x', world(spec), {file: 'other.yaml'})
})
