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
const specTag = 'mlpipe:spec-sha256'
const commitTag = 'mlpipe:git-commit'
const dirtyTag = 'mlpipe:git-dirty'

type TaggedOrigin = {
  readonly specSha256?: string
  readonly gitCommit?: string
  readonly gitDirty?: boolean
  readonly mlpipeVersion?: string
}

export async function originTags({spec, directory, version}: Origin): Promise<OriginTag[]> {
  const git = await gitState(directory)
  return [
    {key: versionTag, value: version},
    {key: specTag, value: sha256(spec)},
    ...(git
      ? [
          {key: commitTag, value: git.commit},
          {key: dirtyTag, value: String(git.isDirty)},
        ]
      : []),
  ]
}

/** What the tags of a pipeline tell of its last deploy; empty where something else made it. */
export function sourceOriginOf(tags: readonly OriginTag[]): TaggedOrigin {
  const values = new Map(tags.map(({key, value}) => [key, value]))
  const mlpipeVersion = values.get(versionTag)
  const specSha256 = values.get(specTag)
  const gitCommit = values.get(commitTag)
  return {
    ...(specSha256 === undefined ? {} : {specSha256}),
    ...(gitCommit === undefined ? {} : {gitCommit, gitDirty: values.get(dirtyTag) === 'true'}),
    ...(mlpipeVersion === undefined ? {} : {mlpipeVersion}),
  }
}

export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
