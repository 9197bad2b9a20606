// What starts a pipeline, in the words of `trigger list`.

import type {Cloud, Pipeline} from '../../cloud/ports.ts'
import {MlpipeError} from '../../diagnostics/mlpipe-error.ts'
import {describeStarter} from '../../trigger/describe.ts'
import {documentsOf} from '../../trigger/documents.ts'
import type {Project} from '../open-project.ts'
import {findStanding} from '../triggers/look/find-standing.ts'
import {ownName} from '../triggers/standing-triggers.ts'
import type {World} from '../world.ts'
import type {StarterWords} from './definition-picture.ts'

/** As the spec declares them: no target is asked. */
export function declaredStarters({pipelineName, compiled}: Pick<Project, 'pipelineName' | 'compiled'>): StarterWords[] {
  // The words are those of what is awaited; whom it starts, and with which role, is not in them.
  const place = {pipelineName, pipelineArn: '', roleArn: '', version: ''}
  return compiled.triggers.map((trigger) => {
    const {waitsFor} = describeStarter(documentsOf(trigger, place).starter)
    return {name: trigger.name, kind: trigger.source.kind, waitsFor, isEnabled: trigger.isEnabled}
  })
}

/** As they stand; none, and a note, where they may not be looked at. */
export async function standingStarters(
  {name, arn}: Pipeline,
  cloud: Cloud,
  {reporter}: Pick<World, 'reporter'>,
): Promise<StarterWords[]> {
  try {
    const {starting} = await findStanding({pipelineName: name, pipelineArn: arn}, cloud)
    return starting.map((standing) => ({
      ...describeStarter(standing),
      name: ownName(standing, name) ?? standing.name,
      isEnabled: standing.isEnabled,
    }))
  } catch (error) {
    if (!(error instanceof MlpipeError) || error.who !== 'service') throw error
    reporter.report({kind: 'note', message: `what starts the pipeline cannot be read: ${error.message}`})
    return []
  }
}
