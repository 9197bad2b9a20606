// Where a job's program runs: as a process of this machine, or in a container. What is common is in job.ts.

import {mkdirSync, writeFileSync} from 'node:fs'
import {dirname} from 'node:path'
import type {Json} from '../../../definition/json.ts'
import type {Command, Exit, JobContext, JobPlan} from '../job-plan.ts'
import {hostPath} from '../ml-paths.ts'
import type {JobProcess} from './job-process.ts'

/** A program that is ready to start. */
export type Program = {
  /** As the plan has it, for messages. */
  readonly command: Command
  start(onLine: (line: string) => void): JobProcess
  /** Gives up what was opened for a start that does not come. */
  discard(): void
  /** Why it was not the program that failed, when it was not. */
  explain?(exit: Exit, lastLines: readonly string[]): string | undefined
}

/** Looks whether programs can be run in this way, while the inputs are copied; then makes the job's. */
export type Launcher = (context: JobContext) => Promise<(plan: JobPlan) => Promise<Program>>

/** Files such as hyperparameters.json; `map` may change what they hold. */
export function writeConfigFiles(
  plan: JobPlan,
  {mlDirectory}: JobContext,
  map: (content: Json, path: string) => Json,
): void {
  for (const {path, content} of plan.configFiles) {
    const file = hostPath(mlDirectory, path, 'the job')
    mkdirSync(dirname(file), {recursive: true})
    writeFileSync(file, JSON.stringify(map(content, path)))
  }
}
