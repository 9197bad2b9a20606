// `runner: docker` with a docker command of the test's own: it notes its arguments, lays the mounts out below `root`,
// and runs the shell script `container` in place of an image.

import {chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {describe, expect, it, onTestFinished} from 'vitest'
import type {JsonObject} from '../../../../src/definition/json.ts'
import type {JobOutcome, JobRequest, RunningJob} from '../../../../src/engine/runners/job-types.ts'
import {startDocker} from '../../../../src/engine/runners/launch/docker.ts'
import {until} from '../../support/local-cloud.ts'
import {openScene, processing, type Scene} from '../fixture.ts'

const fakeDocker = `#!/bin/sh
here=$(dirname "$0")
printf '%s\\n' "$@" -- >> "$here/calls"
case "$1" in
  version)
    [ -f "$here/no-daemon" ] || { echo 27.1.1; exit 0; }
    echo 'Cannot connect to the Docker daemon at unix:///var/run/docker.sock.' >&2
    exit 1 ;;
  stop) kill -TERM "$(cat "$here/pid")" ;;
  kill) kill -KILL "$(cat "$here/pid")" ;;
  run)
    export ROOT="$here/root"
    echo $$ > "$here/pid"
    while [ $# -gt 0 ]; do
      if [ "$1" = --volume ]; then
        mkdir -p "$ROOT$(dirname "\${2##*:}")"
        ln -s "\${2%:*}" "$ROOT\${2##*:}"
      fi
      shift
    done
    exec /bin/sh "$here/container" ;;
esac
`

type Docker = {
  readonly scene: Scene
  start(kind: JobRequest['kind'], args: JsonObject): RunningJob
  run(kind: JobRequest['kind'], args: JsonObject): Promise<JobOutcome>
  /** The arguments of each call of a verb. */
  calls(verb: string): string[][]
  readonly directory: string
}

function docker(container: string, env: Record<string, string> = {}): Docker {
  const scene = openScene()
  onTestFinished(scene.close)
  const directory = join(scene.directory, 'bin')
  mkdirSync(directory)
  writeFileSync(join(directory, 'docker'), fakeDocker)
  chmodSync(join(directory, 'docker'), 0o755)
  writeFileSync(join(directory, 'container'), container)
  const deps = {...scene.deps, env: {...scene.deps.env, PATH: `${directory}:${process.env.PATH}`, ...env}}
  const start = (kind: JobRequest['kind'], args: JsonObject) => startDocker(request(kind, args), deps)
  return {
    scene,
    directory,
    start,
    run: (kind, args) => start(kind, args).done,
    calls: (verb) =>
      readFileSync(join(directory, 'calls'), 'utf8')
        .split('\n--\n')
        .map((call) => call.split('\n'))
        .filter(([first]) => first === verb),
  }
}

function request(kind: JobRequest['kind'], args: JsonObject): JobRequest {
  return {
    kind,
    jobName: 'job-1',
    jobArn: 'arn:aws:sagemaker:us-east-1:000000000000:job/job-1',
    region: 'us-east-1',
    stepName: 'step',
    executionArn: 'arn:aws:sagemaker:us-east-1:000000000000:pipeline/p/execution/abcdefghijkl',
    envelope: {},
    hints: {runner: 'docker'},
    arguments: args,
  }
}

const image = '683313688378.dkr.ecr.us-east-1.amazonaws.com/sagemaker-scikit-learn:1.2-1-cpu-py3'

function valuesOf(call: readonly string[] | undefined, flag: string): string[] {
  return (call ?? []).filter((_word, index) => call?.[index - 1] === flag)
}

describe('a processing job', () => {
  const script = `
cat "$ROOT/opt/ml/processing/input/raw/raw.csv" > "$ROOT/opt/ml/processing/output/out/copy.csv"
cat "$ROOT/opt/ml/config/processingjobconfig.json" > "$ROOT/opt/ml/processing/output/out/config.json"
echo 'all good' > "$ROOT/opt/ml/output/message"
echo from the container
`
  const options = {
    args: ['--n', '1'],
    inputs: {raw: {uri: 's3://b/raw.csv', path: '/opt/ml/processing/input/raw'}},
    outputs: {out: {uri: 's3://b/out', path: '/opt/ml/processing/output/out'}},
    environment: {MODE: 'full mode'},
  }

  it('runs its image with its directories mounted, and its results are uploaded', async () => {
    const {scene, run, calls} = docker(script)
    scene.put('s3://b/raw.csv', 'a,b\n')
    const outcome = await run('Processing', processing(['python3', 'x.py'], options))
    expect(outcome).toMatchObject({status: 'Completed', exitMessage: 'all good\n'})
    expect(scene.read('s3://b/out/copy.csv')).toBe('a,b\n')
    expect(JSON.parse(scene.read('s3://b/out/config.json'))).toMatchObject({ProcessingJobName: 'job-1'})
    expect(scene.log).toContain('from the container')

    const [call] = calls('run')
    expect(call?.slice(0, 4)).toEqual(['run', '--rm', '--name', 'job-1'])
    expect(call?.slice(call.indexOf('--entrypoint'))).toEqual(['--entrypoint', 'python3', image, 'x.py', '--n', '1'])
    const mounts = valuesOf(call, '--volume').map((mount) => mount.split(':').at(-1))
    expect(mounts).toEqual(['/opt/ml/config', '/opt/ml/output', '/opt/ml/processing'])
    const environment = valuesOf(call, '--env')
    expect(environment).toEqual(expect.arrayContaining(['MODE=full mode', 'PROCESSING_JOB_NAME=job-1']))
    expect(environment.filter((entry) => /^(PATH|HOME|TMPDIR)=/.test(entry))).toEqual([])
    expect(call).not.toContain('--network')
  })

  it('leaves the entrypoint to the image when it names none, and has no network when it is isolated', async () => {
    const {scene, run, calls} = docker('exit 0')
    scene.put('s3://b/raw.csv', 'a,b\n')
    const isolated = {...processing([], options), NetworkConfig: {EnableNetworkIsolation: true}}
    expect((await run('Processing', isolated)).status).toBe('Completed')
    const [call] = calls('run')
    expect(call?.slice(-3)).toEqual([image, '--n', '1'])
    expect(call).not.toContain('--entrypoint')
    expect(valuesOf(call, '--network')).toEqual(['none'])
  })

  it.each([
    [3, /^AlgorithmError: See job logs for more information\. Exit code: 3\. Last log line: "docker: no such image"$/],
    [
      125,
      /^ClientError: docker could not start the container: docker: no such image\. Look whether the image exists and docker is logged in/,
    ],
  ])('fails with the exit code %i', async (code, reason) => {
    const {run} = docker(`echo 'docker: no such image' >&2; exit ${code}`)
    const outcome = await run('Processing', processing(['x']))
    expect(outcome.status).toBe('Failed')
    expect(outcome.failureReason).toMatch(reason)
  })

  it('is stopped by docker, with the grace as its limit', async () => {
    const script = `trap 'exit 0' TERM; touch "$ROOT/../up"; while :; do sleep 0.05; done`
    const {start, calls, directory} = docker(script, {MLPIPE_STOP_GRACE_SECONDS: '7'})
    const job = start('Processing', processing(['x']))
    await until(() => existsSync(join(directory, 'up')))
    job.stop()
    expect((await job.done).status).toBe('Stopped')
    expect(calls('stop')).toEqual([['stop', '-t', '7', 'job-1']])
  })

  it('is killed by docker', async () => {
    const script = 'touch "$ROOT/../up"; while :; do sleep 0.05; done'
    const {start, calls, directory} = docker(script)
    const job = start('Processing', processing(['x']))
    await until(() => existsSync(join(directory, 'up')))
    job.kill()
    expect((await job.done).status).toBe('Stopped')
    await until(() => calls('kill').length === 1)
    expect(calls('kill')).toEqual([['kill', 'job-1']])
  })
})

describe('a training job', () => {
  const training = (specification: JsonObject, more: JsonObject = {}): JsonObject => ({
    AlgorithmSpecification: {TrainingImage: 'image:1', TrainingInputMode: 'File', ...specification},
    OutputDataConfig: {S3OutputPath: 's3://b/models'},
    ResourceConfig: {InstanceType: 'ml.m5.large', InstanceCount: 1, VolumeSizeInGB: 30},
    RoleArn: 'arn:aws:iam::000000000000:role/mlpipe-local',
    ...more,
  })

  it('is told to train, sees all of /opt/ml, and its model and metrics are taken', async () => {
    const {scene, run, calls} = docker('echo weights > "$ROOT/opt/ml/model/w"; echo "acc: 0.9"')
    const MetricDefinitions = [{Name: 'acc', Regex: 'acc: ([0-9.]+)'}]
    const isolated = {HyperParameters: {epochs: '3'}, EnableNetworkIsolation: true}
    const outcome = await run('Training', training({MetricDefinitions}, isolated))
    expect(outcome).toMatchObject({
      status: 'Completed',
      modelArtifactsUri: 's3://b/models/job-1/output/model.tar.gz',
      metrics: [{name: 'acc', value: 0.9}],
    })
    expect(scene.keys()).toContain('b/models/job-1/output/model.tar.gz')
    const [call] = calls('run')
    expect(call?.slice(-2)).toEqual(['image:1', 'train'])
    expect(valuesOf(call, '--volume').map((mount) => mount.split(':').at(-1))).toEqual(['/opt/ml'])
    expect(valuesOf(call, '--network')).toEqual(['none'])
    expect(valuesOf(call, '--env')).toContain('TRAINING_JOB_NAME=job-1')
  })

  it('finds its source unpacked instead of in S3', async () => {
    const script =
      'cp "$ROOT/opt/ml/input/config/hyperparameters.json" "$ROOT/opt/ml/code/train.py" "$ROOT/opt/ml/output/data/"'
    const {scene, run} = docker(script)
    const {create} = await import('tar')
    const source = join(scene.directory, 'source')
    mkdirSync(source)
    writeFileSync(join(source, 'train.py'), 'print(1)\n')
    scene.put('s3://b/x', '')
    await create({cwd: source, file: join(scene.directory, 's3/b/source.tar.gz'), gzip: true}, ['train.py'])
    const HyperParameters = {sagemaker_program: '"train.py"', sagemaker_submit_directory: '"s3://b/source.tar.gz"'}
    const outcome = await run('Training', training({}, {HyperParameters}))
    expect(outcome.status).toBe('Completed')

    const {list} = await import('tar')
    const names: string[] = []
    const file = join(scene.directory, 's3/b/models/job-1/output/output.tar.gz')
    await list({file, onReadEntry: (entry) => void names.push(entry.path)})
    expect(names.sort()).toEqual(['hyperparameters.json', 'train.py'])
    const {extract} = await import('tar')
    await extract({file, cwd: source})
    expect(JSON.parse(readFileSync(join(source, 'hyperparameters.json'), 'utf8'))).toEqual({
      sagemaker_program: '"train.py"',
      sagemaker_submit_directory: '"/opt/ml/code"',
    })
  })

  it('takes its own entrypoint and arguments', async () => {
    const {run, calls} = docker('exit 0')
    await run('Training', training({ContainerEntrypoint: ['bash', '-c'], ContainerArguments: ['./go']}))
    const [call] = calls('run')
    expect(call?.slice(call.indexOf('--entrypoint'))).toEqual(['--entrypoint', 'bash', 'image:1', '-c', './go'])
  })

  it('fails without an image', async () => {
    const {run} = docker('exit 0')
    const outcome = await run('Training', training({TrainingImage: ''}))
    expect(outcome.failureReason).toBe('ClientError: the job has no image that docker could run')
  })
})

describe('without Docker', () => {
  it('says that there is no docker command', async () => {
    const {run} = docker('exit 0', {PATH: '/nonexistent'})
    expect((await run('Processing', processing(['x']))).failureReason).toBe(
      'ClientError: the step has runner: docker, but there is no docker command on PATH: install Docker, or take runner: process',
    )
  })

  it('says that the daemon does not answer', async () => {
    const {run, directory} = docker('exit 0')
    writeFileSync(join(directory, 'no-daemon'), '')
    expect((await run('Processing', processing(['x']))).failureReason).toBe(
      'ClientError: the Docker daemon does not answer (Cannot connect to the Docker daemon at unix:///var/run/docker.sock.): start Docker, or take runner: process for this step',
    )
  })
})
