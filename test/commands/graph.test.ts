// `mlpipe graph` of a spec, of files, and against the real engine.
import {existsSync, readFileSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {describe, expect, it} from 'vitest'
import Compile from '../../src/commands/compile.ts'
import Deploy from '../../src/commands/deploy.ts'
import Graph from '../../src/commands/graph.ts'
import Lineage from '../../src/commands/lineage.ts'
import Run from '../../src/commands/run.ts'
import {runCommand} from '../support/run-command.ts'
import {tempDir} from '../support/temp-dir.ts'
import {elementsOf, parseXml, textOf} from '../support/xml.ts'

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
    outputs: [rows]
  check:
    type: processing
    code: check.py
    inputs:
      rows: \${steps.prepare.outputs.rows}
  gate:
    type: condition
    if: parameters.stage == "day"
    then: [tell]
    else: [stop]
  tell:
    type: processing
    code: check.py
    cache: false
    inputs:
      rows: \${steps.prepare.outputs.rows}
  stop:
    type: fail
    message: it is night
triggers:
  nightly:
    schedule: cron(0 3 * * ? *)
    timezone: Europe/Berlin
  new-data:
    s3: s3://incoming/raw/
    enabled: false
`
const script = "open('/opt/ml/processing/output/rows/rows.csv', 'w').write('1')\n"

function makeProject() {
  const directory = tempDir({'mlpipe.yaml': spec, 'prepare.py': script, 'check.py': 'print("fine")\n'})
  const file = join(directory, 'mlpipe.yaml')
  const at =
    (command: Parameters<typeof runCommand>[0], id: string) =>
    (...argv: string[]) =>
      runCommand(command, id, [...argv, '-f', file])
  return {
    directory,
    file,
    graph: at(Graph, 'graph'),
    deploy: at(Deploy, 'deploy'),
    run: at(Run, 'run'),
    compile: at(Compile, 'compile'),
    lineage: at(Lineage, 'lineage'),
  }
}

type Node = {readonly id: string; readonly status?: {readonly word: string}; readonly notes: readonly string[]}
type Drawn = {readonly nodes: readonly Node[]; readonly edges: readonly {from: string; to: string; kind: string}[]}

function statesOf(stdout: string): Record<string, string | undefined> {
  const {nodes} = JSON.parse(stdout) as Drawn
  return Object.fromEntries(nodes.map(({id, status}) => [id, status?.word]))
}

describe('of the spec', () => {
  it('draws rows with branches, caches and triggers, and asks no target', async () => {
    const {graph, directory} = makeProject()
    const {stdout, stderr, exitCode} = await graph()
    expect({stderr, exitCode}).toEqual({stderr: '', exitCode: 0})
    expect(stdout).toContain('5 steps, 2 triggers')
    expect(stdout).toMatch(/► +nightly +Trigger \(schedule\) +every day at 03:00 Europe\/Berlin/)
    expect(stdout).toMatch(/► +new-data +Trigger \(s3\) +\. disabled +an object is put at s3:\/\/incoming\/raw\//)
    expect(stdout).toMatch(/●[ │]+check +Processing +cache 30 d/)
    expect(stdout).toMatch(/◆.* gate +Condition +if stage == "day"/)
    expect(stdout).toMatch(/■ +stop +Fail +if gate is false/)
    expect(existsSync(join(directory, '.mlpipe'))).toBe(false)
  })

  it('writes what the ending of the file says', async () => {
    const {graph, directory} = makeProject()
    const written = async (name: string) => {
      const {stdout, exitCode} = await graph('-o', join(directory, name))
      expect({stdout, exitCode}).toEqual({
        stdout: `${join(directory, name)} holds the graph of churn (8 nodes)\n`,
        exitCode: 0,
      })
      return readFileSync(join(directory, name), 'utf8')
    }
    expect(
      textOf(elementsOf(parseXml(await written('graph.svg')))[1] ?? {name: '', attributes: {}, children: []}),
    ).toBe('churn')
    expect(await written('graph.mmd')).toMatch(/^flowchart TD\n/)
    expect(await written('graph.md')).toMatch(/^```mermaid\nflowchart TD\n[^`]*\n```\n$/)
    expect(await written('graph.dot')).toMatch(/^digraph "churn" \{\n/)
    expect(await written('graph.gv')).toMatch(/^digraph/)
    expect(JSON.parse(await written('graph.json'))).toMatchObject({formatVersion: 1, pipeline: 'churn'})
    expect(await written('graph.txt')).toContain('●')
  })

  it('writes over nothing that it was made from, and to standard output when told to', async () => {
    const {graph, compile, deploy, run, lineage, directory, file} = makeProject()
    await deploy()
    await run()
    const over = await graph('--format', 'svg', '-o', file)
    expect(over).toMatchObject({stdout: '', exitCode: 64, stderr: expect.stringContaining('made from it')})
    expect(readFileSync(file, 'utf8')).toBe(spec)
    const definition = join(directory, 'definition.json')
    writeFileSync(definition, '{"Version": "2020-12-01", "Steps": []}')
    expect((await graph('--definition', definition, '-o', definition)).exitCode).toBe(64)
    expect((await graph('--format', 'svg', '-o', '-')).stdout).toMatch(/^<svg/)
    // Whatever writes what was made from a spec leaves the spec alone.
    expect((await compile('-o', file)).exitCode).toBe(64)
    expect((await lineage('--format', 'tree', '-o', file)).exitCode).toBe(64)
    expect(readFileSync(file, 'utf8')).toBe(spec)
  })

  it('says what runs as a rehearsal only: what the spec wants so, and what no machine of the user can run', async () => {
    const steps = `\
  rehearsed: {type: training, image: "123456789012.dkr.ecr.us-east-1.amazonaws.com/own:1", instance: ml.m5.large, local: {runner: simulate}}
  cluster: {type: emr, cluster: j-1ABCDEFGHIJKL, jar: s3://b/job.jar}
`
    const targets =
      'targets:\n  prod: {region: us-east-1, account: "111122223333", role: arn:aws:iam::111122223333:role/R, bucket: b}\n'
    const directory = tempDir({'mlpipe.yaml': `name: p\nsteps:\n${steps}${targets}`})
    const notes = async (target: string) => {
      const argv = ['-f', join(directory, 'mlpipe.yaml'), '-t', target, '--format', 'json']
      const {nodes} = JSON.parse((await runCommand(Graph, 'graph', argv)).stdout) as Drawn
      return Object.fromEntries(nodes.map(({id, notes}) => [id, notes.includes('simulated on local')]))
    }
    expect(await notes('local')).toEqual({rehearsed: true, cluster: true})
    expect(await notes('prod')).toEqual({rehearsed: false, cluster: false})
  })

  it('draws a definition in which what may be absent is null', async () => {
    const text = `\
name: p
steps:
  train:
    type: processing
    image: 111122223333.dkr.ecr.us-east-1.amazonaws.com/own:1
    instance: ml.m5.large
    command: [/bin/true]
    definition: {CacheConfig: {Enabled: true, ExpireAfter: null}}
definition: {Metadata: null, Parameters: null, Version: null}
`
    const file = join(tempDir({'mlpipe.yaml': text}), 'mlpipe.yaml')
    expect(await runCommand(Graph, 'graph', ['-f', file])).toMatchObject({
      exitCode: 0,
      stderr: '',
      stdout: expect.stringContaining('cache without expiry'),
    })
  })

  it('runs to the right when told to', async () => {
    const {graph} = makeProject()
    expect((await graph('--format', 'mermaid', '--direction', 'right')).stdout).toMatch(/^flowchart LR\n/)
    expect((await graph('--format', 'dot', '--direction', 'right')).stdout).toContain('rankdir=LR')
    const size = async (direction: string) => {
      const {attributes} = parseXml((await graph('--format', 'svg', '--direction', direction)).stdout)
      return Number(attributes['width']) / Number(attributes['height'])
    }
    expect(await size('right')).toBeGreaterThan(await size('down'))
  })

  it('draws one step with what leads to it and what it leads to', async () => {
    const {graph} = makeProject()
    const {stdout} = await graph('--step', 'check', '--json')
    expect(JSON.parse(stdout)).toMatchObject({
      description: expect.stringMatching(
        /: 5 steps, 2 triggers; drawn are check, what leads to it and what it leads to$/,
      ),
    })
    expect((JSON.parse(stdout) as Drawn).nodes.map(({id}) => id)).toEqual([
      'trigger:nightly',
      'trigger:new-data',
      'pipeline:churn',
      'prepare',
      'check',
    ])
  })

  it('says what it cannot do, and what would do', async () => {
    const {graph, directory} = makeProject()
    const png = await graph('-o', 'graph.png')
    expect(png).toMatchObject({stdout: '', exitCode: 64})
    expect(png.stderr).toContain('rsvg-convert graph.svg -o graph.png')
    const ending = await graph('-o', 'graph.doc')
    expect(ending).toMatchObject({exitCode: 64, stderr: expect.stringContaining('.svg, .mmd')})
    const step = await graph('--step', 'chekc')
    expect(step).toMatchObject({exitCode: 64, stderr: expect.stringContaining('did you mean "check"?')})
    const parameter = await graph('--param', "stage=it's night")
    expect(parameter.exitCode).toBe(64)
    expect(parameter.stderr).toContain(String.raw`mlpipe graph --plan -p 'stage=it'\''s night'`)
    writeFileSync(
      join(directory, 'mlpipe.yaml'),
      spec.replace('steps.prepare.outputs.rows', 'steps.prepar.outputs.rows'),
    )
    const wrong = await graph('--format', 'svg')
    expect(wrong).toMatchObject({stdout: '', exitCode: 65, stderr: expect.stringContaining('unknown-step-reference')})
  })

  it('takes one source only', async () => {
    const {graph} = makeProject()
    const {exitCode, stderr} = await graph('--plan', '--deployed')
    expect(exitCode).toBe(64)
    expect(stderr).toContain('--deployed')
  })
})

describe('of a definition', () => {
  it('draws what compile prints, and what describing a pipeline answers', async () => {
    const {graph, compile, directory} = makeProject()
    const {stdout: definition} = await compile()
    writeFileSync(join(directory, 'churn_v2.json'), definition)
    const answer = {
      PipelineName: 'described',
      PipelineDefinition: definition,
      ParallelismConfiguration: {MaxParallelExecutionSteps: 3},
    }
    writeFileSync(join(directory, 'answer.json'), JSON.stringify(answer))
    const own = JSON.parse((await graph('--json')).stdout) as Drawn
    const isStep = ({from, to}: {from: string; to: string}) => !`${from} ${to}`.includes(':')
    const plain = JSON.parse((await graph('--definition', join(directory, 'churn_v2.json'), '--json')).stdout)
    expect(plain).toMatchObject({pipeline: 'churn_v2', source: {kind: 'definition'}})
    expect(plain.edges).toEqual(own.edges.filter(isStep))
    const described = await graph('--definition', join(directory, 'answer.json'))
    expect(described.stdout).toMatch(/^described\n/)
    expect(described.stdout).toContain('5 steps, at most 3 at a time')
  })

  it('refuses what is none', async () => {
    const {graph, directory} = makeProject()
    writeFileSync(join(directory, 'list.json'), '[1, 2]')
    expect(await graph('--definition', join(directory, 'list.json'))).toMatchObject({
      stdout: '',
      exitCode: 65,
      stderr: expect.stringContaining('list.json cannot be read'),
    })
    expect(await graph('--definition', join(directory, 'none.json'))).toMatchObject({
      exitCode: 64,
      stderr: expect.stringMatching(/there is no file .*none\.json/),
    })
  })
})

describe('of what runs', () => {
  it('says how to get there where nothing is deployed, or has run', async () => {
    const {graph, deploy} = makeProject()
    expect(await graph('--deployed')).toMatchObject({exitCode: 64, stderr: expect.stringContaining('mlpipe deploy')})
    await deploy()
    expect(await graph('--execution', 'latest')).toMatchObject({
      exitCode: 64,
      stderr: expect.stringContaining('mlpipe run'),
    })
  })

  it('has the states of an execution and the verdicts of the next run', async () => {
    const {graph, deploy, run} = makeProject()
    await deploy()
    await run()
    expect(statesOf((await graph('--execution', 'latest', '--json')).stdout)).toEqual({
      prepare: 'succeeded',
      check: 'succeeded',
      gate: 'succeeded',
      tell: 'succeeded',
      stop: 'not run',
    })
    await run()
    const again = (await graph('--execution', 'latest', '--json')).stdout
    expect(statesOf(again)).toMatchObject({prepare: 'cached', check: 'cached', tell: 'succeeded'})
    expect((JSON.parse(again) as Drawn).nodes.find(({id}) => id === 'check')?.notes[0]).toMatch(/^from \w{12}, /)

    const plan = await graph('--plan', '--param', 'stage=night', '--json')
    expect(statesOf(plan.stdout)).toMatchObject({prepare: 'rerun', check: 'rerun', tell: 'skipped', stop: 'always'})
    const notes = Object.fromEntries((JSON.parse(plan.stdout) as Drawn).nodes.map(({id, notes: own}) => [id, own]))
    expect(notes['prepare']).toContain('Environment.STAGE day -> night')
    expect(notes['check']).toContain('prepare reruns')
    expect(notes['gate']).toContain('is false, whatever the run does')
    expect((await graph('--plan')).stdout).toMatch(/●[ │]+check +Processing +(= )?cached +from/)
  })

  it('draws the deployed pipeline, with the triggers that stand', async () => {
    const {graph, deploy, directory} = makeProject()
    await deploy('--triggers')
    writeFileSync(join(directory, 'mlpipe.yaml'), spec.replaceAll('check:', 'look:'))
    const {stdout} = await graph('--deployed')
    expect(stdout).toMatch(/► +nightly +Trigger \(schedule\) +every day at 03:00 Europe\/Berlin/)
    expect(stdout).toMatch(/●[ │]+check/)
    expect((await graph()).stdout).toMatch(/●[ │]+look/)
  })
})
