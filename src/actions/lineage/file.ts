// What came of a local file: it is known by its content.

import {runsTakingFile} from '../../lineage/match.ts'
import {executionId} from '../executions/execution-arn.ts'
import {type Asked, downstreamOf, type Found, nothingTook} from './found.ts'
import {readKnown} from './reach.ts'
import type {LocalFile} from './subject.ts'
import type {Tracing} from './trace.ts'

export async function ofFile(file: LocalFile, asked: Asked, tracing: Tracing): Promise<Found> {
  const known = await readKnown({...asked, uris: placesOf(file, asked)}, tracing)
  const {same, other} = runsTakingFile(file, known.runs, (arn) => known.notes.get(arn))
  const notes = asked.downstream ? [] : ['nothing lies upstream of a local file']
  const earlier = [...new Set(other.map(({sha256}) => sha256))].map((sha256) => {
    const users = other.filter((match) => match.sha256 === sha256).map(({run}) => executionId(run.executionArn))
    const ids = [...new Set(users)]
    return {sha256, who: `${ids.length === 1 ? 'execution' : 'executions'} ${ids.join(', ')}`}
  })
  if (same.length === 0 && other.length > 0) {
    const changed = earlier.map(
      ({sha256, who}) =>
        `${file.path} has changed since: ${who} used ${shortHash(sha256)}, it is ${shortHash(file.sha256)} now`,
    )
    return downstreamOf(other, [...notes, ...changed], known, tracing)
  }
  const others = earlier.map(({sha256, who}) => `${who} used another content of ${file.path}, ${shortHash(sha256)}`)
  const nothing = nothingTook(same, `${file.path} (${shortHash(file.sha256)})`, known, asked)
  return downstreamOf(same, [...notes, ...others, ...nothing], known, tracing)
}

/** Where a deploy would have put it. */
function placesOf({path, sha256, listSha256}: LocalFile, {bucket, pipelineName}: Asked): string[] {
  const name = path.slice(path.lastIndexOf('/') + 1)
  const own = `s3://${bucket}/${pipelineName}`
  return [
    ...['data', 'code'].flatMap((use) => [`${own}/${use}/${sha256}/${name}`, `${own}/${use}/${sha256}`]),
    `${own}/code/${listSha256}/sourcedir.tar.gz`,
  ]
}

/** Long enough to tell contents apart, short enough to read. */
function shortHash(sha256: string): string {
  return `sha256:${sha256.slice(0, 12)}`
}
