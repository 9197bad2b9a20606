// Stopping, killing and limiting jobs; and that no job outlives the engine.

import {type ChildProcess, spawn} from 'node:child_process'
import {existsSync, mkdtempSync, readFileSync, rmSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {afterEach, beforeEach, describe, expect, it} from 'vitest'
import type {Scene} from './fixture.ts'
import {eventually, isRunning, openScene, processing, pythonProcessing, training} from './fixture.ts'
import {sandboxKinds} from './sandboxes.ts'

let scene: Scene
afterEach(() => scene.close())

const politeScript = `
import os, signal, sys, time
def end(*_):
    print('was asked to end')
    open(os.environ['MLPIPE_OPT_ML'] + '/processing/live/saved', 'w').write('saved')
    sys.exit(0)
signal.signal(signal.SIGTERM, end)
print('pid', os.getpid())
time.sleep(60)
`

const stubbornScript = `
import os, signal, subprocess, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
child = subprocess.Popen(['sleep', '60'])
print('pid', os.getpid())
print('child', child.pid)
time.sleep(60)
`

const pidOf = (label: string) => Number(scene.log.find((line) => line.startsWith(`${label} `))?.slice(label.length + 1))
const hasLogged = (text: string) => () => scene.log.some((line) => line.startsWith(text))

describe.each(sandboxKinds)('in sandbox %s', (kind) => {
  beforeEach(() => {
    scene = openScene({MLPIPE_SANDBOX: kind, MLPIPE_STOP_GRACE_SECONDS: '0.3'})
  })

  it('stops a job that listens to SIGTERM, and uploads its continuous outputs', async () => {
    const outputs = {live: {uri: 's3://bucket/live', path: '/opt/ml/processing/live', mode: 'Continuous'}}
    const job = scene.start('Processing', pythonProcessing(scene, politeScript, {outputs}))
    await eventually(hasLogged('pid'), 'the job runs')
    job.stop()
    const outcome = await job.done
    expect(outcome.status).toBe('Stopped')
    expect(outcome.failureReason).toBeUndefined()
    expect(scene.log).toContain('was asked to end')
    expect(scene.read('s3://bucket/live/saved')).toBe('saved')
  })

  it('kills a job that does not listen when the grace is over, with its children', async () => {
    const job = scene.start('Processing', pythonProcessing(scene, stubbornScript))
    await eventually(hasLogged('child'), 'the job runs')
    job.stop()
    expect((await job.done).status).toBe('Stopped')
    await eventually(() => !isRunning(pidOf('pid')) && !isRunning(pidOf('child')), 'both processes are gone')
  })

  it('kills at once when told so, and uploads nothing', async () => {
    const outputs = {live: {uri: 's3://bucket/live', path: '/opt/ml/processing/live', mode: 'Continuous'}}
    const job = scene.start('Processing', pythonProcessing(scene, politeScript, {outputs}))
    await eventually(hasLogged('pid'), 'the job runs')
    job.kill()
    expect((await job.done).status).toBe('Stopped')
    expect(scene.log).not.toContain('was asked to end')
    expect(scene.keys()).toEqual(['bucket/code/script.py'])
    await eventually(() => !isRunning(pidOf('pid')), 'the process is gone')
  })

  it('ends a job at its time limit', async () => {
    const outcome = await scene.run('Processing', pythonProcessing(scene, stubbornScript, {limitSeconds: 1}))
    expect(outcome).toMatchObject({
      status: 'Stopped',
      failureReason: 'The job ran longer than its limit of 1 seconds (MaxRuntimeInSeconds)',
    })
    expect(existsSync(join(scene.deps.stateDirectory, 'jobs', 'job-1'))).toBe(true)
  })

  // SageMaker uploads the model directory of a training job that is stopped (StopTrainingJob).
  it('keeps the model of a training job that is stopped', async () => {
    const script = `echo half > "$MLPIPE_OPT_ML/model/half.txt"; echo pid $$; exec sleep 60`
    const job = scene.start('Training', training({specification: {ContainerEntrypoint: ['/bin/sh', '-c', script]}}))
    await eventually(hasLogged('pid'), 'the job runs')
    job.stop()
    expect(await job.done).toMatchObject({
      status: 'Stopped',
      modelArtifactsUri: 's3://bucket/models/job-1/output/model.tar.gz',
    })
    expect(scene.keys()).toEqual(['bucket/models/job-1/output/model.tar.gz'])
  })

  it('does not let a job outlive an engine that is killed', async () => {
    const parent = mkdtempSync(join(tmpdir(), 'mlpipe-killed-'))
    try {
      const script = stubbornScript
        .replaceAll('print(', 'print(file=open(__import__("sys").argv[1] + "/pids", "a"), flush=True, *')
        .replace("*'pid', os.getpid())", "*('pid', os.getpid()))")
        .replace("*'child', child.pid)", "*('child', child.pid))")
      const engine = startOneJob(parent, script, kind)
      const pids = () => [...readFileSync(join(parent, 'pids'), 'utf8').matchAll(/\d+/g)].map(Number)
      await eventually(() => existsSync(join(parent, 'pids')) && pids().length === 2, 'the job runs')
      const [pid = 0, child = 0] = pids()
      expect([isRunning(pid), isRunning(child)]).toEqual([true, true])
      engine.kill('SIGKILL')
      await eventually(() => !isRunning(pid) && !isRunning(child), 'the job and its child are gone')
    } finally {
      rmSync(parent, {recursive: true, force: true})
    }
  })
})

describe('before the program runs', () => {
  it('stops without running it', async () => {
    scene = openScene()
    const job = scene.start('Processing', pythonProcessing(scene, 'print("ran")'))
    job.stop()
    expect(await job.done).toMatchObject({status: 'Stopped', metrics: []})
    expect(scene.log).not.toContain('ran')
    expect(existsSync(join(scene.deps.stateDirectory, 'jobs', 'job-1'))).toBe(false)
  })
})

describe('after the end', () => {
  it('takes no harm from stop and kill', async () => {
    scene = openScene()
    const job = scene.start('Processing', processing(['true']))
    const outcome = await job.done
    job.stop()
    job.kill()
    expect(outcome.status).toBe('Completed')
    expect(await job.done).toBe(outcome)
  })
})

function startOneJob(parent: string, script: string, kind: string): ChildProcess {
  const program = join(import.meta.dirname, 'one-job.ts')
  const env = {...process.env, MLPIPE_SANDBOX: kind}
  return spawn(process.execPath, ['--import', 'tsx', program, parent, script], {env, stdio: 'ignore'})
}
