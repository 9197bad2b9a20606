// What an analysis of a check's data gives: documents that can serve as a baseline, and a comparison with an earlier one.

import type {JsonObject} from '../../../definition/json.ts'
import type {JobContext} from '../job-plan.ts'
import type {CheckSettings} from './check-settings.ts'

/** The documents of an earlier baseline. */
export type BaselineDocuments = {readonly statistics: JsonObject; readonly constraints: JsonObject}

export type Analysis = {
  /** By file name, below the check's output. */
  readonly documents: Readonly<Record<string, JsonObject>>
  readonly constraintsFile: string
  readonly statisticsFile?: string
  /** What constraint_violations.json has beside its violations. */
  readonly reportMembers?: JsonObject
  compare(baseline: BaselineDocuments): readonly JsonObject[]
  /** Why nothing was really analysed. */
  readonly simulated?: string
}

export type Analyse = (
  context: JobContext,
  settings: CheckSettings,
  files: (localPath: string) => Promise<string[]>,
  isStopped: () => boolean,
) => Promise<Analysis>

/** A stand-in that no baseline is violated by. */
export function simulatedAnalysis(isQuality: boolean, why: string): Analysis {
  const note = {version: 0, simulated: why}
  if (!isQuality) {
    return {documents: {'analysis.json': note}, constraintsFile: 'analysis.json', compare: () => [], simulated: why}
  }
  return {
    documents: {'statistics.json': note, 'constraints.json': note},
    constraintsFile: 'constraints.json',
    statisticsFile: 'statistics.json',
    compare: () => [],
    simulated: why,
  }
}
