// A plan that is to be deployed: only where it was made for, only onto what it was made against, only with the files that
// it was made of.

import {readFile} from 'node:fs/promises'
import {dirname, join, resolve} from 'node:path'
import {MlpipeError} from '../../diagnostics/mlpipe-error.ts'
import {readBundle} from '../../project/bundle.ts'
import type {Target} from '../../project/target.ts'
import {nextCommand, type Place, quoted} from '../next-commands.ts'
import type {World} from '../world.ts'
import type {Deployment} from './deployment.ts'
import {type Against, againstOf, type PlanFile} from './plan-file.ts'
import {PlanShapeError, readPlan} from './read-plan.ts'
import type {Standing} from './standing.ts'

export type OpenPlan = {
  readonly path: string
  readonly plan: Omit<PlanFile, 'changes'>
  readonly deployment: Deployment
}

type PlanInput = Place & {readonly plan: string}

/** `file` says where the spec's folder is now; without it, where it was. */
export async function openPlan(input: PlanInput, {cwd, env}: Pick<World, 'cwd' | 'env'>): Promise<OpenPlan> {
  const plan = await readPlanFile(input.plan, cwd)
  refuseOtherTarget(plan, input, env.MLPIPE_REGION)
  const directory = dirname(resolve(cwd, input.file ?? plan.spec.file))
  const target: Target = {
    ...plan.target,
    stateDirectory: join(directory, '.mlpipe'),
    ...(env.MLPIPE_PROFILE ? {profile: env.MLPIPE_PROFILE} : {}),
  }
  const {pipeline, definition, settings, groups, parameters, steps, origin, uploads} = plan
  return {
    path: input.plan,
    plan,
    deployment: {
      pipeline,
      target,
      file: plan.spec.file,
      definition,
      settings,
      uploads: uploads.map((upload) => ({
        ...upload,
        files: upload.files.map((file) => ({...file, path: resolve(directory, file.path)})),
      })),
      groups,
      parameters,
      steps,
      warnings: [],
      triggers: [],
      origin: async () => origin,
    },
  }
}

async function readPlanFile(path: string, cwd: string): Promise<Omit<PlanFile, 'changes'>> {
  const text = await readFile(resolve(cwd, path), 'utf8').catch((cause: unknown) => {
    throw new MlpipeError({
      code: 'plan-unreadable',
      message: `there is no plan ${path} that can be read`,
      nextSteps: [`mlpipe diff -o ${quoted(path)}`],
      cause,
    })
  })
  try {
    return readPlan(text)
  } catch (error) {
    if (!(error instanceof PlanShapeError)) throw error
    const message = `${path} cannot be deployed: ${error.message}`
    throw new MlpipeError({code: 'plan-unreadable', message, nextSteps: [`mlpipe diff -o ${quoted(path)}`]})
  }
}

function refuseOtherTarget({target}: Pick<PlanFile, 'target'>, input: PlanInput, region: string | undefined): void {
  const isOther = input.target !== undefined && input.target !== target.name
  if (isOther) throw otherTarget(input, `target "${target.name}", not "${input.target}"`)
  if (target.kind === 'aws' && region && region !== target.region) {
    throw otherTarget(input, `region ${target.region}, not ${region}`)
  }
}

function otherTarget(input: PlanInput, difference: string): MlpipeError {
  return new MlpipeError({
    code: 'plan-target',
    message: `${input.plan} was made for ${difference}`,
    nextSteps: [nextCommand(`diff -o ${quoted(input.plan)}`, input)],
  })
}

/** Throws when the deployed pipeline, or a file that has to be uploaded, is another than the plan has seen. */
export async function refuseStale({plan, path}: OpenPlan, standing: Standing): Promise<void> {
  const now = againstOf(standing.before, standing.tags)
  // What the plan wanted is there already: it was applied before, at least in part.
  const isApplied = standing.before !== undefined && !standing.changesMoreThanTags
  const moved = isApplied ? [] : movements(plan.against, now)
  if (moved.length > 0) {
    throw stale(`pipeline "${plan.pipeline}" has moved since ${path} was made: ${moved.join(', ')}`, path, plan)
  }
  for (const {files} of standing.missing) {
    for (const file of files) {
      const found = await readBundle('/', file.path)
      if ('problem' in found) throw stale(`${file.path}, which ${path} uploads, is there no more`, path, plan)
      if (found.sha256 === file.sha256) continue
      throw stale(`${file.path} is not what it was when ${path} was made`, path, plan)
    }
  }
}

function stale(message: string, path: string, {spec, target}: Pick<PlanFile, 'spec' | 'target'>): MlpipeError {
  const file = spec.file === 'mlpipe.yaml' ? undefined : spec.file
  const next = nextCommand(`diff -o ${quoted(path)}`, {file, target: target.name})
  return new MlpipeError({code: 'plan-stale', message, nextSteps: [next]})
}

function movements(before: Against, now: Against): string[] {
  if (before.state === 'absent' || now.state === 'absent') {
    if (before.state === now.state) return []
    return [now.state === 'absent' ? 'it was deleted' : 'it was created']
  }
  const parts = [
    {word: 'it is another pipeline', differs: before.arn !== now.arn},
    {word: 'its definition', differs: before.definitionSha256 !== now.definitionSha256},
    {word: 'its role', differs: before.roleArn !== now.roleArn},
    {word: 'its description', differs: before.description !== now.description},
    {word: 'its parallelism', differs: before.parallelism !== now.parallelism},
    {word: 'its tags', differs: sorted(before.tags) !== sorted(now.tags)},
    {word: `it was updated at ${now.modifiedAt}`, differs: before.modifiedAt !== now.modifiedAt},
  ]
  return parts.filter(({differs}) => differs).map(({word}) => word)
}

function sorted(tags: Readonly<Record<string, string>>): string {
  return JSON.stringify(Object.entries(tags).sort(([a], [b]) => (a < b ? -1 : 1)))
}
