// How the state of a step, of an execution and of a model looks on the page: a tone, a mark and always a word.

import type {StepState} from '../../actions/executions/execution-report.ts'
import type {Tone} from '../../picture/picture.ts'
import {stepWords} from '../step-line.ts'
import {type Html, html} from './html.ts'

export type StateLook = {readonly tone: Tone; readonly mark: string; readonly word: string}

const looks: Readonly<Record<StepState, Omit<StateLook, 'word'>>> = {
  succeeded: {tone: 'good', mark: '✓'},
  cached: {tone: 'reused', mark: '='},
  reused: {tone: 'reused', mark: '='},
  failed: {tone: 'bad', mark: '✗'},
  stopped: {tone: 'open', mark: '–'},
  stopping: {tone: 'work', mark: '›'},
  running: {tone: 'work', mark: '›'},
  waiting: {tone: 'idle', mark: '·'},
  'not-run': {tone: 'idle', mark: '·'},
}

export function lookOf(state: StepState): StateLook {
  return {...looks[state], word: stepWords[state]}
}

export function lookOfExecution(status: string): StateLook {
  if (status === 'Succeeded') return {tone: 'good', mark: '✓', word: status}
  if (status === 'Failed') return {tone: 'bad', mark: '✗', word: status}
  if (status === 'Executing') return {tone: 'work', mark: '›', word: 'Running'}
  return {tone: 'open', mark: '–', word: status}
}

export function lookOfApproval(approval: string): StateLook {
  if (approval === 'Approved') return {tone: 'good', mark: '✓', word: approval}
  if (approval === 'Rejected') return {tone: 'bad', mark: '✗', word: approval}
  return {tone: 'open', mark: '?', word: approval === 'PendingManualApproval' ? 'Pending approval' : approval}
}

export function badge({tone, mark, word}: StateLook): Html {
  return html`<span class="badge ${tone}"><span class="mark" aria-hidden="true">${mark}</span>${word}</span>`
}
