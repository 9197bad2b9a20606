// The target of a command: as the spec, a flag or the environment names it, with the region of its profile where nothing else does.

import {chooseTarget, type Target, withRegion} from '../project/target.ts'
import type {PipelineSpec} from '../spec/pipeline-spec.ts'
import type {World} from './world.ts'

export async function openTarget(
  spec: Pick<PipelineSpec, 'targets'>,
  directory: string,
  named: string | undefined,
  world: Pick<World, 'env' | 'regionOf'>,
): Promise<Target> {
  const target = chooseTarget(spec, directory, named, world.env)
  if (target.kind === 'local' || target.region !== '') return target
  const region = await world.regionOf(target.profile)
  return region === undefined ? target : withRegion(target, region)
}
