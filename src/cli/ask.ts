// A yes-or-no question on the terminal.

import {createInterface} from 'node:readline/promises'
import {MlpipeError} from '../diagnostics/mlpipe-error.ts'

/** Anything but y or yes means no. */
export async function ask(question: string, yesCommand: string): Promise<boolean> {
  if (!process.stdin.isTTY || !process.stderr.isTTY) {
    const message = `this needs an answer, and there is no terminal to ask on: ${question}`
    throw new MlpipeError({code: 'confirmation-needed', message, nextSteps: [yesCommand]})
  }
  const terminal = createInterface({input: process.stdin, output: process.stderr})
  try {
    const answer = await terminal.question(`${question} [y/N] `)
    return /^y(es)?$/i.test(answer.trim())
  } finally {
    terminal.close()
  }
}
