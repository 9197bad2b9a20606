// The tags of a deployed pipeline that tell what it was made from. They are no part of the definition, which depends on
// spec, target and files alone.

import {createHash} from 'node:crypto'
import {gitState} from './git.ts'

export type Origin = {
  /** The text of the spec. */
  readonly spec: string
  /** Where it lies. */
  readonly directory: string
  /** mlpipe's version. */
  readonly version: string
}

export type OriginTag = {readonly key: string; readonly value: string}

/** Whoever else makes a pipeline leaves this tag out. */
export const versionTag = 'mlpipe:version'

export async function originTags({spec, directory, version}: Origin): Promise<OriginTag[]> {
  const git = await gitState(directory)
  return [
    {key: versionTag, value: version},
    {key: 'mlpipe:spec-sha256', value: sha256(spec)},
    ...(git
      ? [
          {key: 'mlpipe:git-commit', value: git.commit},
          {key: 'mlpipe:git-dirty', value: String(git.isDirty)},
        ]
      : []),
  ]
}

export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
