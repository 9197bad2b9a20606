// `mlpipe trigger test` as it is typed: exit codes, and verdicts of the open engine.
import {join} from 'node:path'
import {expect, it} from 'vitest'
import TriggerTest from '../../src/commands/trigger/test.ts'
import {readPatternCases} from '../support/pattern-cases.ts'
import {runCommand} from '../support/run-command.ts'
import {tempDir} from '../support/temp-dir.ts'

const test = (...argv: string[]) => runCommand(TriggerTest, 'trigger:test', argv)

it.each<[string, number, readonly string[]]>([
  ['a pattern that matches', 0, ['--pattern', '{"a":[1]}', '--event', '{"a":1}']],
  ['a pattern that does not', 1, ['--pattern', '{"a":[1]}', '--event', '{"a":2}']],
  ['a pattern that is none', 64, ['--pattern', '{"a":1}', '--event', '{"a":2}']],
  ['an event that is none', 64, ['--pattern', '{"a":[1]}', '--event', '{"a":']],
  ['an event and a sample', 64, ['--event', '{}', '--sample']],
  ['history without a replay', 64, ['--pattern', '{"a":[1]}', '--history']],
  ['no spec', 64, ['-f', join('no', 'such', 'mlpipe.yaml')]],
])('%s exits with %i', async (_name, exitCode, argv) => expect(await test(...argv)).toMatchObject({exitCode}))

it('a spec whose pattern EventBridge would refuse exits with 65', async () => {
  const spec = 'name: p\nsteps: {s: {type: fail, message: no}}\ntriggers: {t: {event: {source: aws.s3}}}\n'
  const directory = tempDir({'mlpipe.yaml': spec})
  const {exitCode, stderr} = await test('-f', join(directory, 'mlpipe.yaml'))
  expect(exitCode).toBe(65)
  expect(stderr).toContain('"source" must be an object or an array')
})

const cases = readPatternCases('the verdicts of the open engine on the command line')

it.skipIf(!cases)('every tenth case of the open engine exits as it should', async () => {
  const some = (cases ?? []).filter((_, index) => index % 10 === 0)
  for (const {patternText, eventText, matches} of some) {
    const {exitCode} = await test('--pattern', patternText, '--event', eventText, '--json')
    expect({patternText, eventText, exitCode}).toEqual({patternText, eventText, exitCode: matches ? 0 : 1})
  }
  expect(some).toHaveLength(40)
})
