// A job's output on its way to the log: by every name it has, to the last line, and however much it is.

import {readdirSync, readlinkSync} from 'node:fs'
import {afterEach, beforeEach, describe, expect, it} from 'vitest'
import type {Scene} from './fixture.ts'
import {openScene, processing} from './fixture.ts'
import {sandboxKinds} from './sandboxes.ts'

let scene: Scene
afterEach(() => scene.close())

const shell = (script: string) => scene.run('Processing', processing(['/bin/sh', '-c', script]))

describe.each(sandboxKinds)('in sandbox %s', (kind) => {
  beforeEach(() => {
    scene = openScene({MLPIPE_SANDBOX: kind})
  })

  it.each(['/dev/stdout', '/dev/stderr', '/proc/self/fd/2', '/dev/fd/1'])(
    'takes what is written to %s',
    async (path) => {
      const outcome = await shell(`echo before; echo by name > ${path}; echo again >> ${path}; echo after`)
      expect(outcome.status).toBe('Completed')
      expect(scene.log.slice(-4)).toEqual(['before', 'by name', 'again', 'after'])
    },
  )

  it('keeps the order of what comes by stdout and stderr', async () => {
    await shell('for n in 1 2 3; do echo out $n; echo err $n >&2; done')
    expect(scene.log.slice(-6)).toEqual(['out 1', 'err 1', 'out 2', 'err 2', 'out 3', 'err 3'])
  })

  it('loses nothing at the end of a job that writes much and leaves', async () => {
    expect((await shell('seq 1 200000; echo the end')).status).toBe('Completed')
    expect(scene.log.length).toBeGreaterThan(200_000)
    expect(scene.log.slice(-2)).toEqual(['200000', 'the end'])
  })

  it('takes a job that closes its output', async () => {
    expect((await shell('echo open; exec >&- 2>&-; sleep 0.1; exit 0')).status).toBe('Completed')
    expect(scene.log).toContain('open')
  })

  it('does not wait for a stray process that holds the output, nor give its lines to the next job', async () => {
    const started = performance.now()
    expect((await shell('setsid sh -c "sleep 2; echo stray" & sleep 0.2; echo done')).status).toBe('Completed')
    expect(performance.now() - started).toBeLessThan(1900)
    expect((await shell('sleep 2.2; echo second')).status).toBe('Completed')
    expect(scene.log).toContain('second')
    expect(scene.log).not.toContain('stray')
  })

  it('leaves no descriptor open but a spare pipe', async () => {
    await shell('true')
    const before = openDescriptors()
    for (let round = 0; round < 5; round += 1) await shell('echo x > /dev/stderr')
    expect(openDescriptors()).toEqual(before)
  })
})

describe('what a job leaves behind', () => {
  const outputs = {o: {uri: 's3://bucket/o', path: '/opt/ml/processing/o'}}
  const leave = (script: string) =>
    scene.run('Processing', processing(['/bin/sh', '-c', `cd "$MLPIPE_OPT_ML/processing/o"; ${script}`], {outputs}))

  beforeEach(() => {
    scene = openScene()
  })

  it('may have any name that S3 takes', async () => {
    const outcome = await leave(`for n in "a b" "it's" "$(printf 'l1\\nl2')" -rf ü %41; do echo x > "$n"; done`)
    expect(outcome.status).toBe('Completed')
    expect(scene.keys()).toEqual(['-rf', '%41', 'a b', "it's", 'l1\nl2', 'ü'].map((name) => `bucket/o/${name}`).sort())
  })

  it('says which name no S3 key can be', async () => {
    const outcome = await leave(`echo x > "$(printf '\\377bad')"`)
    expect(outcome).toMatchObject({
      status: 'Failed',
      failureReason: 'ClientError: output "o": A key must be UTF-8: the file "\uFFFDbad"',
    })
  })

  it('does not follow links, whether they lead in circles or out, and waits for no pipe', async () => {
    const outcome = await leave(
      'ln -s . self; ln -s /etc/passwd out; mkfifo pipe; mkfifo "$MLPIPE_OPT_ML/output/message"; echo x > real',
    )
    expect(outcome.status).toBe('Completed')
    expect(scene.keys()).toEqual(['bucket/o/real'])
  })
})

function openDescriptors(): string[] {
  return readdirSync('/proc/self/fd').flatMap((fd) => {
    try {
      const target = readlinkSync(`/proc/self/fd/${fd}`)
      return target.includes('/pipe') || target.startsWith('socket:') ? [target.replace(/\d+/, '')] : []
    } catch {
      return []
    }
  })
}
