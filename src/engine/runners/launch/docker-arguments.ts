// The arguments of `docker run` for a job: its name, mounts, environment, image, entrypoint and arguments.
// Source: Developer Guide, "Build your own processing container", "How Amazon SageMaker AI runs your training image".

import {resolve} from 'node:path'
import {objectAt, textAt} from '../../../definition/json-members.ts'
import {clientFault} from '../job-fault.ts'
import type {JobContext, JobPlan} from '../job-plan.ts'
import type {JobRequest} from '../job-types.ts'
import {hostPath, mlRoot} from '../ml-paths.ts'
import {textMapAt, textsAt} from '../request-fields.ts'
import {jobEnvironment} from './environment.ts'

export function dockerArguments(request: JobRequest, plan: JobPlan, {mlDirectory}: JobContext): string[] {
  const {image, entrypoint, args, isIsolated} = containerOf(request)
  const paths = request.kind === 'Training' ? [mlRoot] : mountedPaths(plan)
  return [
    ...['run', '--rm', '--name', request.jobName],
    ...(isIsolated ? ['--network', 'none'] : []),
    ...paths.flatMap((path) => ['--volume', `${resolve(hostPath(mlDirectory, path, 'the job'))}:${path}`]),
    ...Object.entries(environmentOf(request)).flatMap(([name, value]) => ['--env', `${name}=${value}`]),
    ...(entrypoint[0] === undefined ? [] : ['--entrypoint', entrypoint[0]]),
    image,
    ...entrypoint.slice(1),
    ...args,
  ]
}

type Container = {
  readonly image: string
  /** Replaces the image's own, as docker's does: then the image's CMD counts for nothing. */
  readonly entrypoint: readonly string[]
  readonly args: readonly string[]
  readonly isIsolated: boolean
}

function containerOf({kind, arguments: request}: JobRequest): Container {
  if (kind === 'Training') {
    const specification = objectAt(request, 'AlgorithmSpecification')
    const entrypoint = textsAt(specification, 'ContainerEntrypoint')
    const given = textsAt(specification, 'ContainerArguments')
    return {
      image: imageOf(textAt(specification, 'TrainingImage')),
      entrypoint,
      // SageMaker starts a training image as `docker run <image> train`.
      args: entrypoint.length === 0 && given.length === 0 ? ['train'] : given,
      isIsolated: request.EnableNetworkIsolation === true,
    }
  }
  const app = objectAt(request, 'AppSpecification')
  return {
    image: imageOf(textAt(app, 'ImageUri')),
    entrypoint: textsAt(app, 'ContainerEntrypoint'),
    args: textsAt(app, 'ContainerArguments'),
    isIsolated: objectAt(request, 'NetworkConfig').EnableNetworkIsolation === true,
  }
}

function imageOf(image: string | undefined): string {
  if (image === undefined || image === '') throw clientFault('the job has no image that docker could run')
  return image
}

/** Directories of a processing job; nothing else that the image has under /opt/ml is hidden. */
function mountedPaths(plan: JobPlan): string[] {
  const paths = [...plan.directories, ...plan.inputs.map(({localPath}) => localPath)]
    .map((path) => path.replace(/\/+$/, ''))
    .sort()
  return paths.filter((path, index) => !paths.some((other, at) => at < index && isWithin(path, other)))
}

function isWithin(path: string, other: string): boolean {
  return path === other || path.startsWith(`${other}/`)
}

/** Nothing of this machine's, and no TMPDIR: the container has its own. */
function environmentOf(request: JobRequest): Record<string, string> {
  const {TMPDIR: _tmp, ...environment} = jobEnvironment(request, {}, {})
  return {...environment, ...textMapAt(request.arguments, 'Environment')}
}
