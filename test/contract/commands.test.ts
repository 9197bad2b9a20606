// The commands as users and scripts know them: names, arguments, flags. A change here is a change for them.
import {readFileSync} from 'node:fs'
import {join} from 'node:path'
import {fileURLToPath} from 'node:url'
import {describe, expect, it} from 'vitest'

type Flag = {
  readonly char?: string
  readonly type: string
  readonly multiple?: boolean
  readonly required?: boolean
  readonly options?: readonly string[]
  readonly allowNo?: boolean
  readonly env?: string
}
type Arg = {readonly required?: boolean}
type Command = {
  readonly summary?: string
  readonly hidden?: boolean
  readonly args: Readonly<Record<string, Arg>>
  readonly flags: Readonly<Record<string, Flag>>
}
type Manifest = {readonly version: string; readonly commands: Readonly<Record<string, Command>>}

const root = fileURLToPath(new URL('../..', import.meta.url))
const manifestText = readFileSync(join(root, 'oclif.manifest.json'), 'utf8')
const manifest = JSON.parse(manifestText) as Manifest
const commands = Object.entries(manifest.commands)

describe('oclif.manifest.json', () => {
  it('is the one that the sources build (npm run build writes it)', () => {
    expect(manifestText).toBe(readFileSync(join(root, 'dist/oclif.manifest.json'), 'utf8'))
  })

  it('holds no path of the machine it was built on', () => {
    expect(manifestText).not.toContain(root)
    expect(manifestText).not.toMatch(/"\/(home|root|Users|tmp)\//)
  })
})

it('the commands, their arguments and flags are these', async () => {
  const text = commands.map(([id, command]) => describeCommand(id, command)).join('\n')
  await expect(text).toMatchFileSnapshot(join(root, 'test/contract/commands.txt'))
})

describe.each(commands.filter(([, command]) => !command.hidden))('%s', (_id, command) => {
  it('has a summary of one line, a capital first and no full stop', () => {
    expect(command.summary).toMatch(/^[A-Z][^\n]*[^.\n]$/)
  })

  it('takes --json', () => {
    expect(Object.keys(command.flags)).toContain('json')
  })
})

function describeCommand(id: string, command: Command): string {
  const args = Object.entries(command.args).map(([name, arg]) => (arg.required ? name : `[${name}]`))
  const flags = Object.entries(command.flags).map(([name, flag]) => `  ${describeFlag(name, flag)}`)
  const heading = [id.replaceAll(':', ' '), ...args].join(' ')
  return `${heading}${command.hidden ? '  (hidden)' : ''}\n${flags.join('\n')}\n`
}

function describeFlag(name: string, flag: Flag): string {
  const names = `${flag.char ? `-${flag.char}, ` : ''}--${flag.allowNo ? '[no-]' : ''}${name}`
  const value = flag.type === 'option' ? ` <${flag.options?.join('|') ?? 'value'}>${flag.multiple ? '...' : ''}` : ''
  return `${names}${value}${flag.required ? ' (required)' : ''}${flag.env ? ` $${flag.env}` : ''}`
}
