// Progress events as lines that stay. Shared by the reporters.

import type {ProgressEvent, Proposal, StepLabel} from '../../actions/reporter.ts'
import {renderDiagnostics} from '../../diagnostics/render-diagnostics.ts'
import {deleteProposal} from '../delete.ts'
import {deployProposal} from '../deploy-proposal.ts'
import {deployModelProposal, rollbackProposal, undeployProposal} from '../models/serving-proposals.ts'
import {type StepColumns, stepColumns, stepLine} from '../step-line.ts'
import {painter, truncate} from '../style.ts'
import {bytes, count} from '../time.ts'
import {createTriggersProposal} from '../trigger/create.ts'
import {deleteTriggersProposal} from '../trigger/delete.ts'
import type {Screen} from '../view.ts'

export type LineOptions = {
  /** Asked anew for every line: a terminal may change its width. */
  screen(): Screen
  readonly verbose: boolean
  /** Cut the lines of steps to the terminal; a log keeps them whole. What is to be read to its end is never cut. */
  readonly cut: boolean
}

export type EventLines = (event: ProgressEvent) => string[]

/** A function that turns each event into the lines to print for it, often none. */
export function eventLines(options: LineOptions): EventLines {
  let columns: StepColumns = {name: 12, type: 12}
  return (event) => {
    const screen = options.screen()
    if (event.kind === 'execution-started') {
      columns = stepColumns(event.steps, options.cut ? screen.width : Number.POSITIVE_INFINITY)
    }
    const lines = linesOf(event, columns, screen, options.verbose)
    const isStep = event.kind === 'step-started' || event.kind === 'step-ended'
    return options.cut && isStep ? lines.map((line) => truncate(line, screen.width)) : lines
  }
}

function linesOf(event: ProgressEvent, columns: StepColumns, screen: Screen, verbose: boolean): string[] {
  const {colour} = screen
  const paint = painter(colour)
  switch (event.kind) {
    case 'target':
      return [paint.dim(`target ${event.target} (${event.place})`)]
    case 'note':
      return [`note: ${event.message}`]
    case 'warning':
      return [`${paint.yellow('warning:')} ${event.message}`, ...nextSteps(event.nextSteps)]
    case 'diagnostics':
      return event.diagnostics.length === 0 ? [] : [renderDiagnostics(event.diagnostics, event.source, {colour}), '']
    case 'recovered':
      return recoveredLines(event.execution, event.next, paint.yellow('warning:'))
    case 'upload':
      return verbose ? [paint.dim(`upload ${event.source} -> ${event.uri} (${bytes(event.bytes)})`)] : []
    case 'upload-progress':
      return []
    case 'proposal':
      return proposalLines(event.proposal, screen)
    case 'history-read': {
      const {executions, calls} = event
      return verbose ? [paint.dim(`history: ${count(executions, 'execution')}, read with ${count(calls, 'call')}`)] : []
    }
    case 'execution-started':
      return [`execution ${event.execution} of ${event.pipeline}: ${count(event.steps.length, 'step')}`]
    case 'step-started':
      return verbose ? [startedLine(event.step, columns)] : []
    case 'step-ended':
      return [stepLine(event.step, columns, paint)]
    case 'step-waiting':
      return [
        `${event.step} waits for an answer${event.queueUrl === undefined ? '' : ` (${event.queueUrl})`}`,
        ...nextSteps([event.answer]),
      ]
    case 'stopping':
      return [paint.yellow(`stopping execution ${event.execution}; ${secondInterrupt(event.outlives)}`)]
    case 'endpoint-waiting':
      return [paint.dim(`endpoint ${event.endpoint} is ${event.status}`)]
    case 'endpoint-settled':
    case 'question-asked':
    case 'question-answered':
    case 'execution-ended':
      return []
  }
}

function secondInterrupt(outlives: boolean): string {
  return outlives ? 'Ctrl-C again does not wait until it has stopped' : 'Ctrl-C again ends it at once'
}

function proposalLines(proposal: Proposal, screen: Screen): string[] {
  if ('executions' in proposal) return deleteProposal(proposal, screen)
  if ('capacity' in proposal) return deployModelProposal(proposal, screen)
  if ('from' in proposal) return rollbackProposal(proposal, screen)
  if ('configs' in proposal) return undeployProposal(proposal, screen)
  if ('leaves' in proposal) return deleteTriggersProposal(proposal, screen)
  return 'queues' in proposal ? createTriggersProposal(proposal, screen) : deployProposal(proposal, screen)
}

function startedLine({name, type}: StepLabel, columns: StepColumns): string {
  const state = 'running'
  return stepLine({name, type, state}, columns, painter(false))
}

function recoveredLines(
  execution: {readonly arn: string; readonly pipelineName: string; readonly interruptedSteps: readonly string[]},
  next: readonly string[],
  label: string,
): string[] {
  const id = execution.arn.slice(execution.arn.lastIndexOf('/') + 1)
  const steps = execution.interruptedSteps
  const during =
    steps.length === 0 ? '' : ` during ${steps.slice(0, 5).join(', ')}${steps.length > 5 ? ' and others' : ''}`
  return [
    `${label} execution ${id} of ${execution.pipelineName} lost its process${during}, and is marked Failed`,
    ...nextSteps(next),
  ]
}

function nextSteps(commands: readonly string[] = []): string[] {
  return commands.map((command) => `  next: ${command}`)
}
