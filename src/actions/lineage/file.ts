// What came of a local file: it is known by its content.

import {runsTakingFile} from '../../lineage/match.ts'
import {executionId} from '../executions/execution-arn.ts'
import {type Asked, downstreamOf, type Found, nothingTook} from './found.ts'
import {type Known, packagesOf, readKnown} from './reach.ts'
import type {LocalFile} from './subject.ts'
import {gather, type Tracing} from './trace.ts'

export async function ofFile(file: LocalFile, asked: Asked, tracing: Tracing): Promise<Found> {
  const known = await readKnown({...asked, uris: placesOf(file, asked)}, tracing)
  const deployed = deployedFrom(file, known)
  if (deployed.length > 0) return ofSpec(file, deployed, known, tracing)
  const {same, other} = runsTakingFile(file, known.runs, (arn) => known.notes.get(arn))
  const earlier = byContent(other.map(({run, sha256}) => ({executionArn: run.executionArn, sha256})))
  if (same.length === 0 && other.length > 0) {
    const notes = earlier.map(
      ({sha256, who}) =>
        `${file.path} has changed since: ${who} used ${shortHash(sha256)}, it is ${shortHash(file.sha256)} now`,
    )
    return downstreamOf(other, notes, known, tracing)
  }
  const notes = earlier.map(({sha256, who}) => `${who} used another content of ${file.path}, ${shortHash(sha256)}`)
  const nothing = nothingTook(same, `${file.path} (${shortHash(file.sha256)})`, known, asked)
  return downstreamOf(same, [...notes, ...nothing], known, tracing)
}

type WithContent = {readonly executionArn: string; readonly sha256: string}

/** The executions whose definition was deployed from this spec, or from an earlier content of it. */
function deployedFrom({path, sha256}: LocalFile, {notes}: Known): WithContent[] {
  return [...notes].flatMap(([executionArn, {specFile, specSha256}]) => {
    if (specSha256 === undefined || (specSha256 !== sha256 && specFile !== path)) return []
    return [{executionArn, sha256: specSha256}]
  })
}

/** A spec is taken by no step: what came of it is all that ran in its executions, or was taken over there. */
async function ofSpec(
  {path, sha256}: LocalFile,
  deployed: readonly WithContent[],
  {runs}: Known,
  tracing: Tracing,
): Promise<Found> {
  const same = deployed.filter((one) => one.sha256 === sha256)
  const others = byContent(deployed.filter((one) => one.sha256 !== sha256))
  const shown = new Set((same.length > 0 ? same : deployed).map(({executionArn}) => executionArn))
  const steps = runs.filter((run) => [run, ...run.takenOverBy].some(({executionArn}) => shown.has(executionArn)))
  const notes = [
    ...byContent(same).map(({who}) => `deployed from it: ${who}`),
    ...others.map((one) => `deployed from another content of ${path}, ${shortHash(one.sha256)}: ${one.who}`),
  ]
  const provenance = await gather({steps, packages: packagesOf(steps)}, tracing)
  return {provenance, direction: 'downstream', notes}
}

/** Who had which content, in words. */
function byContent(all: readonly WithContent[]): {readonly sha256: string; readonly who: string}[] {
  return [...new Set(all.map(({sha256}) => sha256))].map((sha256) => {
    const having = all.filter((one) => one.sha256 === sha256).map(({executionArn}) => executionId(executionArn))
    const ids = [...new Set(having)]
    return {sha256, who: `${ids.length === 1 ? 'execution' : 'executions'} ${ids.join(', ')}`}
  })
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
