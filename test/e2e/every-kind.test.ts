// A spec with one step of every kind: it compiles, deploys and runs here, each step for real or marked as simulated.

import {cpSync, readdirSync, readFileSync} from 'node:fs'
import {join} from 'node:path'
import {expect, it} from 'vitest'
import {parse} from 'yaml'
import Deploy from '../../src/commands/deploy.ts'
import ExecutionsShow from '../../src/commands/executions/show.ts'
import Run from '../../src/commands/run.ts'
import {writtenKindNames} from '../../src/spec/step-kinds.ts'
import {runCommand} from '../support/run-command.ts'
import {tempDir} from '../support/temp-dir.ts'

const source = 'test/fixtures/every-kind'

/** What cannot run here, or is asked not to; everything else must have run. */
const simulated = [
  ...['automl', 'ask', 'spark', 'serverless', 'serve', 'component', 'tournament', 'notebook', 'custom'],
  ...['hosted', 'imported', 'throughput', 'raw'],
].sort()

it('runs a step of every kind', async () => {
  const directory = tempDir()
  cpSync(source, directory, {recursive: true})
  const file = join(directory, 'mlpipe.yaml')
  const spec = parse(readFileSync(file, 'utf8')) as {steps: Record<string, {type: string}>}
  expect(new Set(Object.values(spec.steps).map(({type}) => type))).toEqual(new Set(writtenKindNames))

  expect((await runCommand(Deploy, 'deploy', ['-f', file])).exitCode).toBe(0)
  const run = await runCommand(Run, 'run', ['-f', file, '--json'])
  expect(run.stderr).toBe('')
  const result = JSON.parse(run.stdout)
  expect(result.status).toBe('Succeeded')

  const shown = JSON.parse((await runCommand(ExecutionsShow, 'executions:show', ['-f', file, '--json'])).stdout)
  const steps: {name: string; state: string; simulated?: string}[] = shown.steps
  expect(steps.filter(({state}) => state !== 'succeeded').map(({name}) => name)).toEqual(['reject'])
  expect(steps.flatMap(({name, simulated: why}) => (why ? name : [])).sort()).toEqual(simulated)
  expect(predictions(directory)).toEqual(['0', '2.0', '4.0', '6.0'])
})

/** What the transform step wrote: the best slope, 2, times the first column; the header is no number. */
function predictions(directory: string): string[] {
  const objects = join(directory, '.mlpipe')
  const path = readdirSync(objects, {recursive: true}).find((name) => String(name).endsWith('points.csv.out'))
  return readFileSync(join(objects, String(path)), 'utf8')
    .trim()
    .split('\n')
}
