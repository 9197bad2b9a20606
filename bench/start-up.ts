// What a command costs before it does anything: each beside `node -e 0` in the same run.
import {cpSync, mkdtempSync, rmSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {type Case, measure} from './measure.ts'
import {milliseconds, printTable} from './table.ts'

/** The ratios aimed at; no more than a goal, as machines differ. */
const aims = new Map([
  ['--version', 2.0],
  ['compile', 2.3],
  ['deploy, nothing new', 2.8],
])

export function benchStartUp(program: string, template: string, repetitions: number): void {
  const project = mkdtempSync(join(tmpdir(), 'mlpipe-bench-'))
  cpSync(template, project, {recursive: true})
  const mlpipe = (name: string, ...args: string[]): Case => ({
    name,
    command: [process.execPath, program, ...args],
    cwd: project,
  })

  const cases: Case[] = [
    {name: 'node -e 0', command: [process.execPath, '-e', '0']},
    mlpipe('--version', '--version'),
    mlpipe('--help', '--help'),
    mlpipe('validate', 'validate'),
    mlpipe('compile', 'compile'),
    {
      ...mlpipe('deploy, first', 'deploy'),
      before: () => rmSync(join(project, '.mlpipe'), {recursive: true, force: true}),
    },
    mlpipe('deploy, nothing new', 'deploy'),
  ]
  const medians = measure(cases, repetitions)
  rmSync(project, {recursive: true, force: true})

  const floor = medians.get('node -e 0') ?? Number.NaN
  const rows = [...medians].map(([name, value]) => {
    const aim = aims.get(name)
    return [name, milliseconds(value), `${(value / floor).toFixed(2)}x`, aim === undefined ? '' : `${aim.toFixed(1)}x`]
  })
  printTable(`Start-up: median of ${repetitions}, interleaved`, ['command', 'median', 'to node', 'aim'], rows)
}
