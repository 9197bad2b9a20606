// The rooms and who may import whom, held by dependency-cruiser (rules in .dependency-cruiser.cjs), and file sizes.
import {execFileSync} from 'node:child_process'
import {readdirSync, readFileSync} from 'node:fs'
import {join} from 'node:path'
import {fileURLToPath} from 'node:url'
import {describe, expect, it} from 'vitest'

type Rule = {readonly name: string; readonly comment?: string}
type Violation = {readonly from: string; readonly to: string; readonly rule: {readonly name: string}}
type Cruise = {
  readonly modules: readonly {readonly source: string}[]
  readonly summary: {
    readonly violations: readonly Violation[]
    readonly ruleSetUsed: {readonly forbidden: readonly Rule[]}
  }
}

const root = fileURLToPath(new URL('../..', import.meta.url))
const sources = filesBelow('src')

describe('src', () => {
  const cruise = cruiseSources()

  it('is cruised whole, so that no rule passes for want of files', () => {
    const cruised = new Set(cruise.modules.map((module) => module.source))
    expect(sources.length).toBeGreaterThan(20)
    expect(sources.filter((source) => !cruised.has(source))).toEqual([])
  })

  it('has rules for every room', () => {
    const rooms = new Set(sources.map((source) => source.split('/')[1]))
    const ruleText = readFileSync(join(root, '.dependency-cruiser.cjs'), 'utf8')
    expect([...rooms].filter((room) => !ruleText.includes(`'${room}'`))).toEqual([])
  })

  it('keeps to who may import whom', () => {
    expect(cruise.summary.violations.map((violation) => describeViolation(violation, cruise))).toEqual([])
  })
})

// Lists of facts (AWS's names, patterns, messages) may be longer: they are looked up, not read.
const lineLimit = 350

it(`no source file is longer than ${lineLimit} lines`, () => {
  const long = [...sources, ...filesBelow('bin'), ...filesBelow('bench')]
    .map((path) => ({path, lines: readFileSync(join(root, path), 'utf8').split('\n').length - 1}))
    .filter(({lines}) => lines > lineLimit)
  expect(long).toEqual([])
})

// A command says it in its summary.
it('every source file but a command begins with a comment that says what it is for', () => {
  const silent = sources
    .filter((path) => !path.startsWith('src/commands/'))
    .filter((path) => !/^\/[/*]/.test(readFileSync(join(root, path), 'utf8')))
  expect(silent).toEqual([])
})

function cruiseSources(): Cruise {
  const program = join(root, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs')
  const args = [program, 'src', '--config', '.dependency-cruiser.cjs', '--output-type', 'json']
  return JSON.parse(execFileSync(process.execPath, args, {cwd: root, encoding: 'utf8', maxBuffer: 1 << 28})) as Cruise
}

function describeViolation(violation: Violation, cruise: Cruise): string {
  const rule = cruise.summary.ruleSetUsed.forbidden.find(({name}) => name === violation.rule.name)
  return `${violation.from} -> ${violation.to}: ${violation.rule.name}. ${rule?.comment ?? ''}`
}

function filesBelow(directory: string): string[] {
  return readdirSync(join(root, directory), {recursive: true, encoding: 'utf8'})
    .filter((path) => /\.(ts|js)$/.test(path))
    .map((path) => `${directory}/${path.replaceAll('\\', '/')}`)
    .sort()
}
