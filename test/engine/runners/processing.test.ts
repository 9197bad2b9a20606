// Processing jobs under the container contract (Developer Guide, "Build your own processing container"), in every sandbox.

import {execFileSync} from 'node:child_process'
import {existsSync, readdirSync, readFileSync} from 'node:fs'
import {join} from 'node:path'
import {afterEach, beforeEach, describe, expect, it} from 'vitest'
import type {Scene} from './fixture.ts'
import {openScene, processing, pythonProcessing} from './fixture.ts'
import {sandboxKinds} from './sandboxes.ts'

let scene: Scene
afterEach(() => scene.close())

describe.each(sandboxKinds)('in sandbox %s', (kind) => {
  beforeEach(() => {
    scene = openScene({MLPIPE_SANDBOX: kind, AWS_SECRET_ACCESS_KEY: 'secret', MY_TOKEN: 'secret'})
  })

  it('runs code on inputs and uploads what it wrote', async () => {
    scene.put('s3://bucket/raw/data.csv', '1\n2\n3\n')
    scene.put('s3://bucket/raw/more/data.csv', '4\n')
    const script = `
import os, sys
inp, out = sys.argv[1], sys.argv[2]
total = 0
for base, _, names in os.walk(os.path.join(inp, 'raw')):
    for name in names:
        total += sum(int(line) for line in open(os.path.join(base, name)))
os.makedirs(os.path.join(out, 'deep'))
open(os.path.join(out, 'deep', 'sum.txt'), 'w').write(str(total))
os.symlink('/etc/hostname', os.path.join(out, 'link'))
print('total is', total)
`
    const outcome = await scene.run(
      'Processing',
      pythonProcessing(scene, script, {
        args: ['/opt/ml/processing/input', '/opt/ml/processing/output/sums'],
        inputs: {raw: {uri: 's3://bucket/raw', path: '/opt/ml/processing/input/raw'}},
        outputs: {sums: {uri: 's3://bucket/out/', path: '/opt/ml/processing/output/sums'}},
      }),
    )
    expect(outcome).toMatchObject({status: 'Completed', metrics: []})
    expect(outcome.failureReason).toBeUndefined()
    expect(outcome.endedAtMs).toBeGreaterThanOrEqual(outcome.startedAtMs)
    expect(scene.read('s3://bucket/out/deep/sum.txt')).toBe('10')
    expect(scene.keys()).not.toContain('bucket/out/link')
    expect(scene.log).toContain('total is 10')
    expect(existsSync(join(scene.deps.stateDirectory, 'jobs', 'job-1'))).toBe(false)
  })

  it('nests the code in the folder of an input that is mounted later', async () => {
    scene.put('s3://bucket/data/a.txt', 'a')
    const script = `import os; print(sorted(os.listdir(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))))`
    const data = {uri: 's3://bucket/data/', path: '/opt/ml/processing/input'}
    const outcome = await scene.run('Processing', pythonProcessing(scene, script, {inputs: {data}}))
    expect(outcome.status).toBe('Completed')
    expect(scene.log).toContain("['a.txt', 'code']")
  })

  it('gives the environment of the request and of SageMaker, and keeps the rest of the user out', async () => {
    const script = `import json, os; print(json.dumps(dict(os.environ)))`
    await scene.run(
      'Processing',
      pythonProcessing(scene, script, {environment: {MODE: 'fast', WHERE: '/opt/ml/processing'}}),
    )
    const seen = JSON.parse(scene.log.find((line) => line.startsWith('{')) ?? '{}')
    expect(seen).toMatchObject({
      MODE: 'fast',
      AWS_REGION: 'us-east-1',
      AWS_DEFAULT_REGION: 'us-east-1',
      PROCESSING_JOB_NAME: 'job-1',
      PROCESSING_JOB_ARN: 'arn:aws:sagemaker:us-east-1:000000000000:job/job-1',
      PATH: process.env.PATH,
    })
    expect(seen.WHERE).toBe(`${seen.MLPIPE_OPT_ML}/processing`)
    expect(Object.keys(seen)).not.toContain('AWS_SECRET_ACCESS_KEY')
    expect(Object.keys(seen)).not.toContain('MY_TOKEN')
  })

  it('writes the configuration that a container finds', async () => {
    const script = `
import json, os
base = os.environ['MLPIPE_OPT_ML'] + '/config/'
print(json.dumps([json.load(open(base + 'processingjobconfig.json')), json.load(open(base + 'resourceconfig.json'))]))
`
    await scene.run('Processing', pythonProcessing(scene, script))
    const [job, resources] = JSON.parse(scene.log.find((line) => line.startsWith('[{')) ?? '[]')
    expect(job).toMatchObject({
      ProcessingJobName: 'job-1',
      ProcessingJobArn: 'arn:aws:sagemaker:us-east-1:000000000000:job/job-1',
      RoleArn: 'arn:aws:iam::000000000000:role/mlpipe-local',
    })
    expect(job.AppSpecification.ContainerEntrypoint[0]).toBe('python3')
    expect(resources).toEqual({current_host: 'algo-1', hosts: ['algo-1']})
  })

  it('has a temporary directory of its own, where it starts', async () => {
    const script = `
import os, tempfile
assert os.path.samefile(os.getcwd(), tempfile.gettempdir()), (os.getcwd(), tempfile.gettempdir())
print(os.listdir('.'))
`
    const outcome = await scene.run('Processing', pythonProcessing(scene, script))
    expect(outcome.status).toBe('Completed')
    expect(scene.log).toContain('[]')
  })

  it('fails with the exit code and the last log line, keeps the directory and uploads nothing', async () => {
    const script = `
import os, sys
open(sys.argv[1] + '/half.txt', 'w').write('half')
print('bad row 17')
sys.exit(3)
`
    const outcome = await scene.run(
      'Processing',
      pythonProcessing(scene, script, {
        args: ['/opt/ml/processing/out'],
        outputs: {out: {uri: 's3://bucket/out', path: '/opt/ml/processing/out'}},
      }),
    )
    expect(outcome.status).toBe('Failed')
    expect(outcome.failureReason).toMatch(/^AlgorithmError: .*Exit code: 3\. Last log line: "bad row 17"$/)
    expect(scene.keys()).toEqual(['bucket/code/script.py'])
    const directory = join(scene.deps.stateDirectory, 'jobs', 'job-1')
    expect(readFileSync(join(directory, 'ml/processing/out/half.txt'), 'utf8')).toBe('half')
    expect(scene.log.at(-1)).toContain(directory)
  })

  it('uploads a continuous output even when the job fails, and never an app-managed one', async () => {
    const script = `
import sys
for path in sys.argv[1:]: open(path + '/x', 'w').write('x')
sys.exit(1)
`
    const paths = ['/opt/ml/processing/live', '/opt/ml/processing/end'] as const
    const outcome = await scene.run(
      'Processing',
      pythonProcessing(scene, script, {
        args: paths,
        outputs: {
          live: {uri: 's3://bucket/live', path: paths[0], mode: 'Continuous'},
          end: {uri: 's3://bucket/end', path: paths[1]},
          own: {uri: 's3://bucket/own', path: '/opt/ml/processing/own', appManaged: true},
        },
      }),
    )
    expect(outcome.status).toBe('Failed')
    expect(scene.keys()).toEqual(['bucket/code/script.py', 'bucket/live/x'])
  })

  it('names the signal that killed the job', async () => {
    const outcome = await scene.run('Processing', pythonProcessing(scene, 'import os; os.kill(os.getpid(), 9)'))
    expect(outcome.failureReason).toContain('killed by SIGKILL (out of memory?)')
  })

  it('gives the exit message: the first kilobyte of /opt/ml/output/message', async () => {
    const script = `import os; open(os.environ['MLPIPE_OPT_ML'] + '/output/message', 'w').write('é' * 600)`
    const outcome = await scene.run('Processing', pythonProcessing(scene, script))
    expect(outcome.exitMessage).toBe('é'.repeat(512))
  })

  it('says that a program does not exist', async () => {
    const outcome = await scene.run('Processing', processing(['/usr/bin/no-such-program']))
    expect(outcome.failureReason).toMatch(/Exit code: 127\. Last log line: .*no-such-program/)
  })

  it('passes arguments as they are, without a shell between', async () => {
    const args = ['a b', '$HOME', '`id`', "it's", '"q"', '*', 'ünï', '--x=1']
    await scene.run('Processing', pythonProcessing(scene, 'import json, sys; print(json.dumps(sys.argv[1:]))', {args}))
    expect(JSON.parse(scene.log.find((line) => line.startsWith('["a b')) ?? '[]')).toEqual(args)
  })

  it('keeps standard output and standard error in the order in which they were written', async () => {
    const script = `
import sys
for i in range(50):
    print('out', i, flush=True)
    print('err', i, file=sys.stderr, flush=True)
`
    await scene.run('Processing', pythonProcessing(scene, script))
    const expected = Array.from({length: 50}, (_, i) => [`out ${i}`, `err ${i}`]).flat()
    expect(scene.log.filter((line) => /^(out|err) \d+$/.test(line))).toEqual(expected)
  })

  it('logs the last line that does not end, and replaces what is not UTF-8', async () => {
    const script = String.raw`import sys; sys.stdout.buffer.write(b'caf\xc3\xa9 \xff\r\nno end')`
    await scene.run('Processing', pythonProcessing(scene, script))
    expect(scene.log.slice(-2)).toEqual(['café \ufffd', 'no end'])
  })

  it('does not wait for a stray child that holds the output, and kills it', async () => {
    const script = `
import subprocess
child = subprocess.Popen(['sleep', '60'])
print('child', child.pid)
`
    const before = Date.now()
    const outcome = await scene.run('Processing', pythonProcessing(scene, script))
    expect(outcome.status).toBe('Completed')
    expect(Date.now() - before).toBeLessThan(20_000)
    const pid = scene.log.find((line) => line.startsWith('child '))?.slice(6)
    expect(existsSync(`/proc/${pid}/cwd`)).toBe(false)
  })

  it('leaves no child of ours for a program that waits for all of its children', async () => {
    const script = `
import os
try:
    os.waitpid(-1, os.WNOHANG)
    print('has a child')
except ChildProcessError:
    print('has no child')
`
    await scene.run('Processing', pythonProcessing(scene, script))
    expect(scene.log).toContain('has no child')
  })
})

describe('a real /opt/ml', () => {
  const real = sandboxKinds.filter((kind) => kind !== 'none')

  it.each(real)('%s shows the job at /opt/ml, and everything else of /opt as it was', async (kind) => {
    scene = openScene({MLPIPE_SANDBOX: kind})
    const script = `
import json, os
print(json.dumps([sorted(n for n in os.listdir('/opt') if n != 'ml'), os.environ['MLPIPE_OPT_ML'], sorted(os.listdir('/opt/ml'))]))
`
    await scene.run('Processing', pythonProcessing(scene, script))
    const [opt, place, ml] = JSON.parse(scene.log.find((line) => line.startsWith('[[')) ?? '[]')
    expect(opt).toEqual(
      readdirSync('/opt')
        .filter((name) => name !== 'ml')
        .sort(),
    )
    expect(place).toBe('/opt/ml')
    expect(ml).toEqual(['config', 'output', 'processing', 'tmp'])
  })

  it.each(real)('%s shows each of several jobs its own', async (kind) => {
    scene = openScene({MLPIPE_SANDBOX: kind})
    const script = `
import os, sys, time
open('/opt/ml/processing/out/mine', 'w').write(sys.argv[1])
time.sleep(0.3)
assert open('/opt/ml/processing/out/mine').read() == sys.argv[1]
`
    const outcomes = await Promise.all(
      ['a', 'b', 'c'].map((name) => {
        const outputs = {out: {uri: `s3://bucket/${name}`, path: '/opt/ml/processing/out'}}
        return scene.run('Processing', pythonProcessing(scene, script, {args: [name], outputs}), `job-${name}`)
      }),
    )
    expect(outcomes.map(({status}) => status)).toEqual(['Completed', 'Completed', 'Completed'])
    expect(['a', 'b', 'c'].map((name) => scene.read(`s3://bucket/${name}/mine`))).toEqual(['a', 'b', 'c'])
  })

  it('leaves nothing of it behind on the machine', () => {
    scene = openScene()
    expect(execFileSync('cat', ['/proc/self/mounts'], {encoding: 'utf8'})).not.toContain('mlpipe')
  })
})

describe('without a sandbox', () => {
  it('says what is mapped and how to get a real /opt/ml', async () => {
    scene = openScene({MLPIPE_SANDBOX: 'none'})
    await scene.run('Processing', pythonProcessing(scene, 'pass'))
    const line = scene.log.find((one) => one.includes('no sandbox'))
    expect(line).toContain(join(scene.deps.stateDirectory, 'jobs', 'job-1', 'ml'))
    expect(line).toContain('bubblewrap')
  })
})

describe('a request that cannot run here', () => {
  beforeEach(() => {
    scene = openScene()
  })

  const input = {uri: 's3://bucket/raw/', path: '/opt/ml/processing/input/raw'}

  it.each([
    [
      'no entrypoint',
      processing([]),
      /^ClientError: the job has no ContainerEntrypoint.*sagemaker-scikit-learn:1\.2-1-cpu-py3/,
    ],
    [
      'an input without objects',
      processing(['true'], {inputs: {raw: input}}),
      /^ClientError: Data download failed:No S3 objects found under S3 URL "s3:\/\/bucket\/raw\/" given in input data source/,
    ],
    ['pipe mode', processing(['true'], {inputs: {raw: {...input, mode: 'Pipe'}}}), /input "raw" has S3InputMode Pipe/],
    [
      'an input outside of /opt/ml',
      processing(['true'], {inputs: {raw: {uri: 's3://bucket/there', path: '/etc/x'}}}),
      /not under \/opt\/ml/,
    ],
    [
      'an output that climbs out of /opt/ml',
      processing(['true'], {outputs: {o: {uri: 's3://bucket/o', path: '/opt/ml/../../etc'}}}),
      /not under \/opt\/ml/,
    ],
    [
      'an address that is not in S3',
      processing(['true'], {inputs: {raw: {...input, uri: 'https://x/y'}}}),
      /"https:\/\/x\/y", which is no S3 URI/,
    ],
  ])('fails for %s, with the reason in the log too', async (_name, request, reason) => {
    scene.put('s3://bucket/there', 'x')
    const outcome = await scene.run('Processing', request)
    expect(outcome.status).toBe('Failed')
    expect(outcome.failureReason).toMatch(reason)
    expect(scene.log.some((line) => line.includes(outcome.failureReason ?? '-'))).toBe(true)
  })

  it('fails when its results cannot be stored', async () => {
    const outputs = {o: {uri: 'not-a-uri', path: '/opt/ml/processing/o'}}
    const outcome = await scene.run('Processing', processing(['true'], {outputs}))
    expect(outcome).toMatchObject({
      status: 'Failed',
      failureReason: expect.stringContaining('"not-a-uri", which is no S3 URI'),
    })
  })

  it('fails for a name that would leave the state directory', async () => {
    const outcome = await scene.run('Processing', processing(['true']), '../../escaped')
    expect(outcome.failureReason).toContain('is no name for a job')
    expect(existsSync(join(scene.directory, 'escaped'))).toBe(false)
  })

  it.each([['docker', 'it can be bwrap, unshare, none']])('fails for MLPIPE_SANDBOX=%s', async (value, text) => {
    scene.close()
    scene = openScene({MLPIPE_SANDBOX: value})
    const outcome = await scene.run('Processing', processing(['true']))
    expect(outcome.failureReason).toContain(text)
  })

  it('fails for a sandbox that this machine does not have', async () => {
    scene.close()
    scene = openScene({MLPIPE_SANDBOX: 'bwrap', PATH: '/nowhere'})
    const outcome = await scene.run('Processing', processing(['/bin/true']))
    expect(outcome.failureReason).toContain('MLPIPE_SANDBOX is "bwrap", which does not work on this machine')
  })

  it('fails when there is no Python', async () => {
    scene.close()
    scene = openScene({MLPIPE_SANDBOX: 'none', PATH: '/nowhere'})
    const outcome = await scene.run('Processing', processing(['python3', 'x.py']))
    expect(outcome.failureReason).toContain('python3 is not on PATH')
  })
})

// DescribeProcessingJob, S3Prefix: "SageMaker uses all objects that match the specified key name prefix".
describe('which objects an input gets', () => {
  beforeEach(() => {
    scene = openScene()
    for (const key of ['a/x.csv', 'a/deep/y.csv', 'ab.csv', 'list.manifest']) scene.put(`s3://bucket/${key}`, key)
    scene.put('s3://bucket/list.manifest', JSON.stringify([{prefix: 's3://bucket/a/'}, 'x.csv', 'deep/y.csv']))
    scene.put('s3://bucket/escape.manifest', JSON.stringify([{prefix: 's3://bucket/a/'}, '../../../ab.csv']))
  })

  it.each([
    ['a folder with slash', 's3://bucket/a/', 'S3Prefix', ['deep/y.csv', 'x.csv']],
    [
      'a prefix without slash: names that begin alike too',
      's3://bucket/a',
      'S3Prefix',
      ['ab.csv', 'deep/y.csv', 'x.csv'],
    ],
    ['one object', 's3://bucket/a/x.csv', 'S3Prefix', ['x.csv']],
    ['the beginning of a name', 's3://bucket/a/de', 'S3Prefix', ['deep/y.csv']],
    ['a manifest', 's3://bucket/list.manifest', 'ManifestFile', ['deep/y.csv', 'x.csv']],
  ])('%s', async (_name, uri, type, expected) => {
    const script = `find "$MLPIPE_OPT_ML/processing/in" -type f | sed "s#.*/processing/in/##" | sort`
    const inputs = {in: {uri, path: '/opt/ml/processing/in', type}}
    const outcome = await scene.run('Processing', processing(['/bin/sh', '-c', script], {inputs}))
    expect(outcome.status).toBe('Completed')
    expect(scene.log.filter((line) => line.endsWith('.csv'))).toEqual(expected)
  })

  it('never writes outside of the input', async () => {
    const inputs = {in: {uri: 's3://bucket/escape.manifest', path: '/opt/ml/processing/in', type: 'ManifestFile'}}
    const outcome = await scene.run('Processing', processing(['true'], {inputs}))
    expect(outcome.status).toBe('Failed')
  })
})
