// Keeps in the target's bucket what a deploy was made from, for `mlpipe lineage`. The pipeline is deployed all the same where that is
// refused.

import type {Cloud, Tag} from '../../cloud/ports.ts'
import {MlpipeError} from '../../diagnostics/mlpipe-error.ts'
import {definitionDigest, formatNote, noteName, notesUri} from '../../lineage/origin-note.ts'
import {sourceOriginOf} from '../../project/origin-tags.ts'
import type {World} from '../world.ts'
import type {Deployment} from './deployment.ts'

export async function noteOrigin(
  {pipeline, target, file, definition, uploads}: Deployment,
  tags: readonly Tag[],
  {objects}: Pick<Cloud, 'objects'>,
  {now, reporter}: Pick<World, 'now' | 'reporter'>,
): Promise<void> {
  const digest = definitionDigest(definition)
  if (digest === undefined) return
  const deployedAtMs = now()
  const text = formatNote({
    deployedAtMs,
    specFile: file,
    ...sourceOriginOf(tags),
    uploads: uploads.map(({uri, source, files}) => ({
      uri,
      source,
      files: files.map(({name, sha256}) => ({name, sha256})),
    })),
  })
  const uri = `${notesUri(target.bucket, pipeline, digest)}${noteName(text, deployedAtMs)}`
  try {
    await objects.put(uri, Buffer.from(text))
  } catch (error) {
    if (!(error instanceof MlpipeError) || error.who !== 'service') throw error
    const message = `lineage will not know the commit: what this is deployed from could not be kept: ${error.message}`
    reporter.report({kind: 'warning', message})
  }
}
