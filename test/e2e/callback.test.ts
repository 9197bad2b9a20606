// A Lambda function and a callback as a user meets them: the run tells what to answer, another process answers.
import {spawn, spawnSync} from 'node:child_process'
import {once} from 'node:events'
import {fileURLToPath} from 'node:url'
import {expect, it} from 'vitest'
import {tempDir} from '../support/temp-dir.ts'

const program = fileURLToPath(new URL('../../bin/run.js', import.meta.url))

const spec = `\
name: approval
steps:
  count:
    type: lambda
    function: arn:aws:lambda:us-east-1:111122223333:function:count
    inputs: {word: hello}
    outputs: {length: Integer}
    local: {handler: count.py:handler}
  ghost:
    type: lambda
    function: arn:aws:lambda:us-east-1:111122223333:function:ghost
  approve:
    type: callback
    queue: https://sqs.us-east-1.amazonaws.com/111122223333/approvals
    inputs: {length: "\${steps.count.outputs.length}"}
    outputs: [decision]
  gate:
    type: condition
    if: \${steps.approve.outputs.decision} == "yes"
    else: [refused]
  refused:
    type: fail
    message: it was refused
`

const handler =
  'def handler(event, context):\n    print("counting", event["word"])\n    return {"length": len(event["word"])}\n'

function mlpipe(directory: string, ...argv: string[]) {
  const ran = spawnSync(process.execPath, [program, ...argv], {cwd: directory})
  return {code: ran.status, stdout: String(ran.stdout), stderr: String(ran.stderr)}
}

/** Starts `mlpipe run`, and resolves when it has said that the step waits. */
async function runUntilItWaits(directory: string) {
  const child = spawn(process.execPath, [program, 'run'], {cwd: directory, env: {...process.env, CI: '1'}})
  const ended = once(child, 'close').then(([code]) => Number(code))
  let stderr = ''
  let stdout = ''
  child.stdout.on('data', (chunk) => {
    stdout += String(chunk)
  })
  const waits = new Promise<void>((resolve) => {
    child.stderr.on('data', (chunk) => {
      stderr += String(chunk)
      if (stderr.includes('next: ')) resolve()
    })
  })
  await Promise.race([waits, ended])
  return {ended, stderr: () => stderr, stdout: () => stdout}
}

it('a run waits for its callback, which the command that it names answers', async () => {
  const directory = tempDir({'mlpipe.yaml': spec, 'count.py': handler})
  mlpipe(directory, 'deploy')
  const run = await runUntilItWaits(directory)
  expect(run.stderr()).toContain(
    'approve waits for an answer (https://sqs.us-east-1.amazonaws.com/111122223333/approvals)',
  )
  expect(run.stderr()).toMatch(/ghost .* succeeded .* simulated: the step names no local function/)
  const command = /next: mlpipe (.*) --output decision=VALUE/.exec(run.stderr())?.[1] ?? ''
  expect(command).toMatch(/^executions callback [A-Za-z0-9]{10}$/)

  const argv = command.split(' ')
  expect(mlpipe(directory, ...argv)).toMatchObject({
    code: 64,
    stderr: expect.stringContaining('declares decision as its outputs: decision not given'),
  })
  expect(mlpipe(directory, ...argv, '--output', 'decison=yes')).toMatchObject({
    code: 64,
    stderr: expect.stringContaining('"decison" is no output of step "approve": did you mean "decision"?'),
  })
  expect(mlpipe(directory, 'executions', 'callback', 'aprove')).toMatchObject({
    code: 64,
    stderr: expect.stringContaining('no callback "aprove" of the pipeline "approval" waits for an answer'),
  })
  expect(mlpipe(directory, 'executions', 'show').stdout).toMatch(
    /approve .* waits for an answer to callback [A-Za-z0-9]{10}/,
  )
  const answered = mlpipe(directory, ...argv, '--output', 'decision=yes')
  expect(answered).toMatchObject({
    code: 0,
    stdout: expect.stringMatching(/^approve of \w+ is answered with success: decision=yes/),
  })

  expect(await run.ended).toBe(0)
  expect(run.stdout()).toContain('simulated  ghost')
  expect(mlpipe(directory, 'executions', 'logs', '--step', 'count').stdout.trim()).toBe('counting hello')
  expect(mlpipe(directory, 'executions', 'logs', '--step', 'approve').stdout).toContain('"arguments":{"length":5}')
  expect(mlpipe(directory, ...argv, '--output', 'decision=yes')).toMatchObject({
    code: 69,
    stderr: expect.stringContaining('has been answered or has ended already'),
  })
})

it('a callback that is answered with a failure fails its step', async () => {
  const directory = tempDir({'mlpipe.yaml': spec, 'count.py': handler})
  mlpipe(directory, 'deploy')
  const run = await runUntilItWaits(directory)
  expect(mlpipe(directory, 'executions', 'callback', '--fail', 'too short').code).toBe(0)
  expect(await run.ended).toBe(1)
  expect(run.stdout()).toContain('approve failed: too short')
})

it('a stop tells that it waits for the callback, and how to answer it', async () => {
  const directory = tempDir({'mlpipe.yaml': spec, 'count.py': handler})
  mlpipe(directory, 'deploy')
  const run = await runUntilItWaits(directory)
  const stopped = mlpipe(directory, 'executions', 'stop')
  expect(stopped.stdout).toMatch(
    /is stopping: it waits for the answer to its callback\nnext:\n {2}mlpipe executions callback \w{10} --output decision=VALUE/,
  )
  expect(mlpipe(directory, 'executions', 'callback', 'approve', '--fail', '').code).toBe(0)
  expect(await run.ended).toBe(1)
  expect(run.stdout()).toContain('Stopped')
})
