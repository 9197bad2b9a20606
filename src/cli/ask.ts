// Questions on the terminal: yes or no, or one of several words.

import {once} from 'node:events'
import {createInterface} from 'node:readline'
import type {Unanswered} from '../actions/world.ts'
import {MlpipeError} from '../diagnostics/mlpipe-error.ts'
import {exitCodes} from './exit-codes.ts'

/** Anything but y or yes means no, and so does the end of the input (Ctrl-D). Ctrl-C ends the command. */
export async function ask(question: string, yesCommand: string): Promise<boolean> {
  if (!hasTerminal()) {
    const message = `this needs an answer, and there is no terminal to ask on: ${question}`
    throw new MlpipeError({code: 'confirmation-needed', message, nextSteps: [yesCommand]})
  }
  const typed = await readAnswer(`${question} [y/N] `)
  if (typed === 'interrupted') {
    throw new MlpipeError({code: 'interrupted', message: 'nothing was changed', exit: exitCodes.interrupted})
  }
  return typed !== 'end-of-input' && /^y(es)?$/i.test(typed.text.trim())
}

/** Asks again until the answer begins one of the words. */
export async function choose<Word extends string>(
  question: string,
  words: readonly [Word, ...Word[]],
): Promise<Word | Unanswered> {
  if (!hasTerminal()) return 'no-terminal'
  for (;;) {
    const typed = await readAnswer(`${question} `)
    if (typed === 'interrupted' || typed === 'end-of-input') return 'interrupted'
    const answer = typed.text.trim().toLowerCase()
    const chosen = answer === '' ? words[0] : words.find((word) => word.startsWith(answer))
    if (chosen !== undefined) return chosen
  }
}

function hasTerminal(): boolean {
  return process.stdin.isTTY === true && process.stderr.isTTY === true
}

type Typed = {readonly text: string} | 'interrupted' | 'end-of-input'

async function readAnswer(question: string): Promise<Typed> {
  const terminal = createInterface({input: process.stdin, output: process.stderr})
  let typed: Typed = 'end-of-input'
  terminal.on('SIGINT', () => {
    typed = 'interrupted'
    terminal.close()
  })
  terminal.question(question, (text) => {
    typed = {text}
    terminal.close()
  })
  await once(terminal, 'close')
  if (typeof typed === 'string') process.stderr.write('\n')
  return typed
}
