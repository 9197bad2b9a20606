// Whether a deploy is meant: on AWS it is shown and asked for. On `local` it costs nothing, and undoing it is another deploy.

import type {World} from '../world.ts'
import type {DeployResult} from './deploy-result.ts'
import type {Deployment} from './deployment.ts'
import type {Standing} from './standing.ts'

/** What was said beforehand. */
export type Consent = {
  readonly yes: boolean
  readonly adopt: boolean
  /** Triggers are made or changed too. */
  readonly isTriggerChange: boolean
}

export async function isMeant(
  {pipeline, target}: Pick<Deployment, 'pipeline' | 'target'>,
  {isForeign, would}: Pick<Standing, 'isForeign' | 'would'>,
  proposal: DeployResult,
  {yes, adopt, isTriggerChange}: Consent,
  again: string,
  world: Pick<World, 'confirm' | 'reporter'>,
): Promise<boolean> {
  if (target.kind === 'local' || (changesNothing(proposal) && !isTriggerChange)) return true
  world.reporter.report({kind: 'proposal', proposal})
  if (isForeign && would === 'update' && !adopt) {
    const whose = `pipeline "${pipeline}" on target "${target.name}" was not made by mlpipe (it has no tag mlpipe:version)`
    return world.confirm(`${whose}; overwrite it?`, `${again} --yes --adopt`)
  }
  if (yes) return true
  return world.confirm(`deploy ${pipeline} to ${target.name} (AWS ${target.region})?`, `${again} --yes`)
}

function changesNothing({would, uploads, groupsCreated}: DeployResult): boolean {
  return would === 'change-nothing' && groupsCreated.length === 0 && !uploads.some(({uploaded}) => uploaded)
}
