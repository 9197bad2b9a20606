// Progress as events. Actions report them; who watches (a terminal, a log, nobody) is decided in cli/.

import type {RecoveredExecution} from '../cloud/ports.ts'
import type {Diagnostic, Source} from '../diagnostics/diagnostic.ts'
import type {DeleteResult} from './delete/delete-result.ts'
import type {DeployResult} from './deploy/deploy-result.ts'
import type {StepReport} from './executions/execution-report.ts'
import type {DeployModelResult, RollbackResult, UndeployResult} from './models/serving/serving-results.ts'
import type {CreateTriggersResult} from './triggers/create/triggers-result.ts'
import type {DeleteTriggersResult} from './triggers/delete-triggers-result.ts'

export type StepLabel = {readonly name: string; readonly type: string}

export type ProgressEvent =
  /** The first event of every command that talks to a target. */
  | {readonly kind: 'target'; readonly target: string; readonly place: string}
  | {readonly kind: 'note'; readonly message: string}
  | {readonly kind: 'warning'; readonly message: string; readonly nextSteps?: readonly string[]}
  /** Warnings about the spec. */
  | {readonly kind: 'diagnostics'; readonly diagnostics: readonly Diagnostic[]; readonly source: Source}
  | {readonly kind: 'recovered'; readonly execution: RecoveredExecution; readonly next: readonly string[]}
  /** What a forecast has read; shown where much is asked for. */
  | {readonly kind: 'history-read'; readonly executions: number; readonly calls: number}
  | {readonly kind: 'upload'; readonly uri: string; readonly source: string; readonly bytes: number}
  /** How far all uploads of a deploy have come. */
  | {
      readonly kind: 'upload-progress'
      readonly files: {readonly sent: number; readonly total: number}
      readonly bytes: {readonly sent: number; readonly total: number}
    }
  /** What is about to be done, before it is asked for. */
  | {readonly kind: 'proposal'; readonly proposal: Proposal}
  | {
      readonly kind: 'execution-started'
      readonly pipeline: string
      readonly execution: string
      readonly steps: readonly StepLabel[]
    }
  | {readonly kind: 'step-started'; readonly step: StepLabel; readonly atMs: number}
  | {readonly kind: 'step-ended'; readonly step: StepReport}
  /** A callback step has sent its message; `answer` is the command that answers it. */
  | {readonly kind: 'step-waiting'; readonly step: string; readonly queueUrl?: string; readonly answer: string}
  /** `outlives`: it goes on by itself when this process ends before it has stopped. */
  | {readonly kind: 'stopping'; readonly execution: string; readonly outlives: boolean}
  /** An endpoint is waited for: once for each status that it has on its way. */
  | {readonly kind: 'endpoint-waiting'; readonly endpoint: string; readonly status: string; readonly atMs: number}
  /** It is not waited for any longer. */
  | {readonly kind: 'endpoint-settled'; readonly endpoint: string}
  /** The terminal is the user's between these two. */
  | {readonly kind: 'question-asked'}
  | {readonly kind: 'question-answered'}
  | {readonly kind: 'execution-ended'; readonly execution: string; readonly status: string}

/** What is shown before it is asked for. */
export type Proposal =
  | DeployResult
  | DeleteResult
  | CreateTriggersResult
  | DeleteTriggersResult
  | DeployModelResult
  | RollbackResult
  | UndeployResult

export type Reporter = {
  report(event: ProgressEvent): void
  /** Gives the terminal back: no spinner, cursor shown. Reports after it are written plainly. */
  end(): void
}
