// A yes-or-no question on the terminal.

import {once} from 'node:events'
import {createInterface} from 'node:readline'
import {MlpipeError} from '../diagnostics/mlpipe-error.ts'
import {exitCodes} from './exit-codes.ts'

/** Anything but y or yes means no, and so does the end of the input (Ctrl-D). Ctrl-C ends the command. */
export async function ask(question: string, yesCommand: string): Promise<boolean> {
  if (!process.stdin.isTTY || !process.stderr.isTTY) {
    const message = `this needs an answer, and there is no terminal to ask on: ${question}`
    throw new MlpipeError({code: 'confirmation-needed', message, nextSteps: [yesCommand]})
  }
  const terminal = createInterface({input: process.stdin, output: process.stderr})
  let answer = ''
  let isInterrupted = false
  terminal.on('SIGINT', () => {
    isInterrupted = true
    terminal.close()
  })
  terminal.question(`${question} [y/N] `, (line) => {
    answer = line
    terminal.close()
  })
  await once(terminal, 'close')
  if (answer === '') process.stderr.write('\n')
  if (isInterrupted) {
    throw new MlpipeError({code: 'interrupted', message: 'nothing was changed', exit: exitCodes.interrupted})
  }
  return /^y(es)?$/i.test(answer.trim())
}
