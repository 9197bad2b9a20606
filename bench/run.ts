// A run of trivial steps, cold and all cached, beside make and ninja on the same graph.
import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs'
import {availableParallelism, tmpdir} from 'node:os'
import {join} from 'node:path'
import {makefileText, ninjaText, specText} from './layers.ts'
import {type Case, isInstalled, measure, timeProcesses} from './measure.ts'
import {milliseconds, printTable} from './table.ts'

const cores = availableParallelism()

type Times = {readonly cold: number | undefined; readonly again: number | undefined}

export async function benchRun(program: string, counts: readonly number[], repetitions: number): Promise<void> {
  const rows: string[][] = []
  for (const count of counts) {
    const processes = await timeProcesses(count, cores)
    const mlpipe = timeMlpipe(program, count, repetitions)
    const make = timeBuilder('make', 'Makefile', makefileText(count), repetitions)
    const ninja = timeBuilder('ninja', 'build.ninja', ninjaText(count), repetitions)
    const perStep = ((mlpipe.cold ?? Number.NaN) - (mlpipe.again ?? Number.NaN) - processes) / count
    rows.push([
      String(count),
      milliseconds(processes),
      milliseconds(mlpipe.cold),
      `${perStep.toFixed(1)} ms`,
      milliseconds(mlpipe.again),
      milliseconds(make.cold),
      milliseconds(make.again),
      milliseconds(ninja.cold),
      milliseconds(ninja.again),
    ])
  }
  const header = ['steps', 'bare', 'mlpipe', 'a step', 'cached', 'make', 'again', 'ninja', 'again']
  const title = `Run of /bin/true steps, ${cores} at once, median of ${repetitions}`
  printTable(title, header, rows)
  process.stdout.write(
    '  bare: as many processes and no scheduler. a step: (mlpipe - cached - bare) / steps, aim 10 ms.\n' +
      '  cached: the same run again, aim 1,500 ms for 1,000 steps.\n',
  )
}

function timeMlpipe(program: string, count: number, repetitions: number): Times {
  const project = mkdtempSync(join(tmpdir(), 'mlpipe-bench-'))
  writeFileSync(join(project, 'mlpipe.yaml'), specText(count))
  const mlpipe = (...args: string[]) => ({command: [process.execPath, program, ...args], cwd: project})
  const deployAfresh = (): void => {
    rmSync(join(project, '.mlpipe'), {recursive: true, force: true})
    measure([{name: 'deploy', ...mlpipe('deploy')}], 1)
  }
  const medians = measure(
    [
      {name: 'cold', ...mlpipe('run', '--json'), before: deployAfresh},
      {name: 'again', ...mlpipe('run', '--json')},
    ],
    repetitions,
  )
  rmSync(project, {recursive: true, force: true})
  return {cold: medians.get('cold'), again: medians.get('again')}
}

/** make or ninja, both with a job for each core; undefined times where it is not installed. */
function timeBuilder(builder: string, file: string, text: string, repetitions: number): Times {
  if (!isInstalled(builder)) return {cold: undefined, again: undefined}

  const directory = mkdtempSync(join(tmpdir(), 'mlpipe-bench-'))
  const clear = (): void => {
    rmSync(directory, {recursive: true, force: true})
    mkdirSync(directory)
    writeFileSync(join(directory, file), text)
  }
  const build: Omit<Case, 'name'> = {command: [builder, `-j${cores}`], cwd: directory}
  const medians = measure(
    [
      {name: 'cold', ...build, before: clear},
      {name: 'again', ...build},
    ],
    repetitions,
  )
  rmSync(directory, {recursive: true, force: true})
  return {cold: medians.get('cold'), again: medians.get('again')}
}
