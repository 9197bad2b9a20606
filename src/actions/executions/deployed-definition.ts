// The definition of a deployed pipeline, for commands that can do nothing without it.

import type {Pipeline} from '../../cloud/ports.ts'
import type {PipelineDefinition} from '../../definition/types.ts'
import {MlpipeError} from '../../diagnostics/mlpipe-error.ts'
import {nextCommand} from '../next-commands.ts'
import {readDefinition} from './definition-outline.ts'

export function deployedDefinition(pipeline: Pipeline): PipelineDefinition {
  const definition = readDefinition(pipeline.definition)
  if (definition) return definition
  throw new MlpipeError({
    code: 'definition-unreadable',
    message: `the deployed definition of "${pipeline.name}" cannot be read`,
    nextSteps: [nextCommand('deploy', {})],
  })
}
