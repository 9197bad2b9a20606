// A forecast of many steps after many executions: `mlpipe diff` beside `mlpipe compile` of the same spec, its floor.
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {specText} from './layers.ts'
import {measure} from './measure.ts'
import {milliseconds, printTable} from './table.ts'

/** `executions` runs are made first, all but one of them from the cache; they are not timed. */
export function benchDiff(program: string, count: number, executions: number, repetitions: number): void {
  const project = mkdtempSync(join(tmpdir(), 'mlpipe-bench-'))
  const spec = specText(count)
  const changed = spec.replace('[/bin/true, step-0]', '[/bin/true, step-0, changed]')
  const write = (text: string) => () => writeFileSync(join(project, 'mlpipe.yaml'), text)
  const mlpipe = (...args: string[]) => ({command: [process.execPath, program, ...args], cwd: project})
  write(spec)()
  measure([{name: 'deploy', ...mlpipe('deploy')}], 1)
  measure([{name: 'run', ...mlpipe('run', '--json')}], executions)

  const forget = () => rmSync(join(project, '.mlpipe/history'), {recursive: true, force: true})
  const medians = measure(
    [
      {name: 'compile', ...mlpipe('compile'), before: write(spec)},
      {name: 'diff, nothing changed', ...mlpipe('diff', '--json'), before: write(spec)},
      {name: 'diff, one step changed', ...mlpipe('diff', '--json'), before: write(changed)},
      {name: 'the same, history unread', ...mlpipe('diff', '--json'), before: forget},
    ],
    repetitions,
  )
  rmSync(project, {recursive: true, force: true})
  const floor = medians.get('compile') ?? Number.NaN
  const rows = [...medians].map(([name, time]) => [name, milliseconds(time), `${(time / floor).toFixed(2)}x`])
  printTable(
    `Forecast of ${count} steps after ${executions} executions, median of ${repetitions}`,
    ['case', 'time', 'to compile'],
    rows,
  )
  process.stdout.write('  aim: diff within 1,000 ms of compile.\n')
}
