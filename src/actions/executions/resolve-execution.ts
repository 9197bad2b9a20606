// Which execution the user means: `latest`, an ARN, an id, or the beginning of an id.

import type {Cloud} from '../../cloud/ports.ts'
import {MlpipeError} from '../../diagnostics/mlpipe-error.ts'
import {nextCommand, type Place} from '../next-commands.ts'
import {executionId, pipelineOfExecution} from './execution-arn.ts'

/** How far back the beginning of an id is looked for. */
const searched = 1000

export async function resolveExecution(
  wanted: string,
  pipelineName: string,
  cloud: Cloud,
  place: Place,
): Promise<string> {
  if (pipelineOfExecution(wanted) !== undefined) return wanted

  await requirePipeline(pipelineName, cloud, place)
  if (wanted === 'latest') {
    const [latest] = await cloud.executions.list(pipelineName, 1)
    if (latest) return latest.arn
    throw new MlpipeError({
      code: 'no-executions',
      message: `the pipeline "${pipelineName}" has not been run`,
      nextSteps: [nextCommand('run', place)],
    })
  }

  const listed = await cloud.executions.list(pipelineName, searched)
  const matches = listed.filter(({arn}) => executionId(arn).startsWith(wanted))
  const exact = matches.find(({arn}) => executionId(arn) === wanted)
  const [first, ...others] = exact ? [exact] : matches
  if (first && others.length === 0) return first.arn
  if (first) {
    const ids = matches.map(({arn}) => executionId(arn))
    const shown = ids.slice(0, 5).join(', ')
    const more = ids.length > 5 ? ` and ${ids.length - 5} more` : ''
    throw new MlpipeError({
      code: 'ambiguous-execution',
      message: `"${wanted}" begins several executions: ${shown}${more}`,
    })
  }
  throw new MlpipeError({
    code: 'unknown-execution',
    message: `"${wanted}" is not an execution of the pipeline "${pipelineName}": give its id, the beginning of it, its ARN or "latest"`,
    nextSteps: [nextCommand('executions list', place)],
  })
}

/** The deployed pipeline, or a usage error that says how to deploy it. */
export async function requirePipeline(pipelineName: string, cloud: Cloud, place: Place) {
  const pipeline = await cloud.pipelines.describe(pipelineName)
  if (pipeline) return pipeline
  throw new MlpipeError({
    code: 'pipeline-not-deployed',
    message: `the pipeline "${pipelineName}" is not deployed to this target`,
    nextSteps: [nextCommand('deploy', place)],
  })
}
