// One execution with its steps, parameters, metrics and models.

import {connect} from '../connect.ts'
import {compareWithForecast} from '../forecast/foretold.ts'
import type {Place} from '../next-commands.ts'
import {findPipeline} from '../open-project.ts'
import type {World} from '../world.ts'
import type {ExecutionReport} from './execution-report.ts'
import {inspectExecution} from './inspect-execution.ts'
import {resolveExecution} from './resolve-execution.ts'

export type ExecutionResult = ExecutionReport & {readonly formatVersion: 1}

export async function showExecution(input: Place & {execution: string}, world: World): Promise<ExecutionResult> {
  const {pipelineName, target} = await findPipeline(input, world)
  const {cloud} = await connect(target, input, world)
  const arn = await resolveExecution(input.execution, pipelineName, cloud, input)
  const report = await inspectExecution(cloud, arn, target.name, world.now())
  const foretold = await compareWithForecast(report, {pipelineName, target}, cloud)
  return {formatVersion: 1, ...report, ...(foretold ? {foretold} : {})}
}
