// Deletes the state of the embedded engine: pipelines, executions, models and objects of target `local`.

import {access, rm} from 'node:fs/promises'
import type {ExecutionSummary} from '../cloud/ports.ts'
import {MlpipeError} from '../diagnostics/mlpipe-error.ts'
import type {Target} from '../project/target.ts'
import {executionId} from './executions/execution-arn.ts'
import {isTerminalStatus} from './executions/inspect-execution.ts'
import {nextCommand} from './next-commands.ts'
import {findPipeline} from './open-project.ts'
import type {World} from './world.ts'

export type ResetResult = {
  readonly formatVersion: 1
  readonly directory: string
  readonly outcome: 'deleted' | 'kept' | 'nothing-there'
}

export type ResetInput = {readonly file?: string | undefined; readonly yes: boolean}

export async function resetLocal(input: ResetInput, world: World): Promise<ResetResult> {
  const {pipelineName, target} = await findPipeline({...input, target: 'local'}, world)
  const directory = target.stateDirectory
  if (!(await exists(directory))) return {formatVersion: 1, directory, outcome: 'nothing-there'}

  const executions = await readExecutions(pipelineName, target, world)
  const running = executions?.find(({status}) => !isTerminalStatus(status))
  if (running) {
    throw new MlpipeError({
      code: 'execution-running',
      message: `execution ${executionId(running.arn)} is still running in ${directory}`,
      nextSteps: [nextCommand(`executions stop ${executionId(running.arn)}`, {file: input.file, target: 'local'})],
    })
  }

  const question = `delete ${directory} with ${describe(executions, pipelineName)} and every model registered there?`
  const isMeant = input.yes || (await world.confirm(question, nextCommand('local reset --yes', {file: input.file})))
  if (!isMeant) return {formatVersion: 1, directory, outcome: 'kept'}
  await rm(directory, {recursive: true, force: true})
  return {formatVersion: 1, directory, outcome: 'deleted'}
}

/** Undefined when the state cannot be read, which is a reason to delete it. */
async function readExecutions(
  pipelineName: string,
  target: Target,
  world: World,
): Promise<ExecutionSummary[] | undefined> {
  try {
    const {cloud, close} = await world.connect(target)
    const pipeline = await cloud.pipelines.describe(pipelineName)
    const executions = pipeline ? await cloud.executions.list(pipelineName, 1000) : []
    await close()
    return executions
  } catch (error) {
    if (error instanceof MlpipeError && error.code === 'local-state-unusable') return undefined
    throw error
  }
}

function describe(executions: readonly ExecutionSummary[] | undefined, pipelineName: string): string {
  if (!executions) return 'its unreadable state'
  return `${executions.length} ${executions.length === 1 ? 'execution' : 'executions'} of ${pipelineName}`
}

async function exists(path: string): Promise<boolean> {
  try {
    await access(path)
    return true
  } catch {
    return false
  }
}
