// How compiling grows with the number of steps.
import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {specText} from './layers.ts'
import {measure} from './measure.ts'
import {milliseconds, printTable} from './table.ts'

export function benchCompile(program: string, counts: readonly number[], repetitions: number): void {
  const directory = mkdtempSync(join(tmpdir(), 'mlpipe-bench-'))
  const cases = [1, ...counts].map((count) => {
    const project = join(directory, String(count))
    mkdirSync(project)
    writeFileSync(join(project, 'mlpipe.yaml'), specText(count))
    return {name: String(count), command: [process.execPath, program, 'compile'], cwd: project}
  })
  const medians = measure(cases, repetitions)
  rmSync(directory, {recursive: true, force: true})

  const base = medians.get('1') ?? Number.NaN
  const rows = counts.map((count) => {
    const value = medians.get(String(count)) ?? Number.NaN
    return [String(count), milliseconds(value), milliseconds(value - base)]
  })
  const title = `Compile: median of ${repetitions}; aim: 1,000 steps in 1,000 ms over start-up`
  printTable(title, ['steps', 'median', 'over 1 step'], rows)
}
