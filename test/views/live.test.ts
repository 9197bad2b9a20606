// The reporter of a terminal, on a stream that says it is one.
import {setTimeout as delay} from 'node:timers/promises'
import {WriteStream} from 'node:tty'
import {expect, it} from 'vitest'
import {liveReporter} from '../../src/views/progress/live.ts'

const hideCursor = '\u001B[?25l'
const showCursor = '\u001B[?25h'

/** A terminal that keeps what is written to it. */
function fakeTerminal(): {stream: NodeJS.WriteStream; written(): string} {
  let written = ''
  const keep = (text: string) => {
    written += text
    return true
  }
  const stream: NodeJS.WriteStream = Object.assign(Object.create(WriteStream.prototype), {
    isTTY: true,
    columns: 60,
    write: keep,
    cursorTo: () => true,
    clearLine: () => true,
    moveCursor: () => true,
  })
  return {stream, written: () => written}
}

it('keeps a moving line below the lines that stay, and gives the cursor back', async () => {
  const {stream, written} = fakeTerminal()
  const screen = () => ({width: 60, colour: false})
  const reporter = liveReporter({stream, screen, verbose: false, now: () => 5000})
  const train = {name: 'train', type: 'Training'}

  reporter.report({kind: 'execution-started', pipeline: 'churn', execution: 'mjrltdmn6zgd', steps: [train]})
  reporter.report({kind: 'step-started', step: train, atMs: 1000})
  await expect.poll(written).toContain('train 4.0 s')
  expect(written()).toContain(hideCursor)

  const failureReason = 'AlgorithmError: a long reason that does not fit into one line of this terminal'
  reporter.report({kind: 'step-ended', step: {...train, state: 'failed', durationSeconds: 4, failureReason}})
  reporter.report({kind: 'execution-ended', execution: 'mjrltdmn6zgd', status: 'Failed'})
  expect(written()).toContain('✗  train  Training  failed        4.0 s  AlgorithmError: a …\n')
  expect(written().lastIndexOf(showCursor)).toBeGreaterThan(written().lastIndexOf(hideCursor))

  const length = written().length
  await delay(250)
  expect(written()).toHaveLength(length)
})

it('an execution that ends before the spinner is there leaves none behind', async () => {
  const {stream, written} = fakeTerminal()
  const reporter = liveReporter({stream, screen: () => ({width: 60, colour: false}), verbose: false, now: () => 0})
  reporter.report({kind: 'step-started', step: {name: 'a', type: 'Fail'}, atMs: 0})
  reporter.end()
  await delay(250)
  expect(written()).not.toContain(hideCursor)
})
