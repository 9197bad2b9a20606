// `diff` and `why` against the real engine: what they say before a run, beside what the run then does.
import {writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {describe, expect, it} from 'vitest'
import Deploy from '../../src/commands/deploy.ts'
import Diff from '../../src/commands/diff.ts'
import ExecutionsCompare from '../../src/commands/executions/compare.ts'
import Run from '../../src/commands/run.ts'
import Why from '../../src/commands/why.ts'
import {runCommand} from '../support/run-command.ts'
import {tempDir} from '../support/temp-dir.ts'

const spec = `\
name: churn
parameters:
  stage: day
defaults:
  image: sklearn:1.2-1
  instance: ml.m5.large
  cache: 30d
steps:
  prepare:
    type: processing
    code: prepare.py
    env:
      STAGE: \${parameters.stage}
    outputs: [train]
  check:
    type: processing
    code: check.py
    inputs:
      train: \${steps.prepare.outputs.train}
`
const script = "open('/opt/ml/processing/output/train/rows.csv', 'w').write('1')\n"

function makeProject() {
  const directory = tempDir({'mlpipe.yaml': spec, 'prepare.py': script, 'check.py': 'print("fine")\n'})
  const file = join(directory, 'mlpipe.yaml')
  const at =
    (command: Parameters<typeof runCommand>[0], id: string) =>
    (...argv: string[]) =>
      runCommand(command, id, [...argv, '-f', file])
  return {
    directory,
    deploy: at(Deploy, 'deploy'),
    diff: at(Diff, 'diff'),
    why: at(Why, 'why'),
    run: at(Run, 'run'),
    compare: at(ExecutionsCompare, 'executions:compare'),
  }
}

describe('before anything is deployed', () => {
  it('diff says what a deploy would make, and that every step is new', async () => {
    const {diff} = makeProject()
    const {stdout, exitCode} = await diff()
    expect(stdout).toContain('Deploy  creates the pipeline: 2 steps and 1 parameter\n')
    expect(stdout).toContain('  +  prepare  Processing  new      it has not succeeded before\n')
    expect(stdout).toContain('\n  2 new\n')
    expect(exitCode).toBe(0)
  })

  it('--detailed-exitcode makes that a difference', async () => {
    expect((await makeProject().diff('--detailed-exitcode')).exitCode).toBe(2)
  })
})

it('what diff foretells, the run does; why says why; compare lines both up', async () => {
  const {directory, deploy, diff, why, run, compare} = makeProject()
  await deploy('--yes')
  const first = JSON.parse((await run('--json')).stdout)

  const same = await diff('--detailed-exitcode')
  expect(same.stdout).toContain('Deploy  nothing to deploy: the spec is what is deployed\n')
  expect(same.stdout).toContain(`  =  prepare  Processing  cached   from ${first.execution}, `)
  expect(same.stdout).toContain('\n  2 cached\n')
  expect(same.exitCode).toBe(0)

  const night = await diff('--param', 'stage=night')
  expect(night.stdout).toContain('Environment.STAGE  day -> night')
  expect(night.stdout).toContain('prepare reruns: new ')
  expect(night.stdout).toContain('\n  2 rerun\n')
  const second = JSON.parse((await run('--param', 'stage=night', '--json')).stdout)
  expect(second.counts).toEqual({succeeded: 2})

  const cause = await why('check', second.execution)
  expect(cause.stdout).toContain(`check ran in ${second.execution}: its key holds what is new in this run\n`)
  expect(cause.stdout).toContain('~  prepare  rerun    Environment.STAGE differs from')

  const both = await compare(first.execution, second.execution)
  expect(both.stdout).toMatch(/~ differs +stage +day +night\n/)
  expect(both.stdout).toMatch(/= same +prepare +succeeded/)

  writeFileSync(join(directory, 'check.py'), 'print("changed")\n')
  const changed = await diff('--detailed-exitcode')
  expect(changed.stdout).toContain('Deploy  changes 1 step\n')
  expect(changed.stdout).toContain('  check.py changed: check reruns\n')
  expect(changed.exitCode).toBe(2)

  const markdown = await diff('--markdown')
  expect(markdown.stdout).toMatch(/^### Plan for `churn` on `local`\n\n\*\*Deploy\*\* changes 1 step {2}\n/)
})

it('--against names a file, an execution, or what it takes', async () => {
  const {diff} = makeProject()
  const {stderr, exitCode} = await diff('--against', 'nothing')
  expect(stderr).toContain('--against takes deployed, execution:ID or file:PATH, not "nothing"')
  expect(exitCode).toBe(64)
})

it('why of a step that is not there names those that are', async () => {
  const {why} = makeProject()
  const {stderr, exitCode} = await why('prepair')
  expect(stderr).toContain('"prepair" is not a step of the pipeline: did you mean "prepare"?')
  expect(exitCode).toBe(64)
})
