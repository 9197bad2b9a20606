// What the data of a run is, beside what earlier executions saw. Listings are kept in the target's bucket under their digest, so
// that the digest in an execution's parameters leads back to what was there.

import type {Cloud} from '../../cloud/ports.ts'
import {unseenFingerprint} from '../../definition/fingerprints.ts'
import type {Project} from '../open-project.ts'
import {type DataListing, type ListingChanges, listingChanges, parseListing} from './data-listing.ts'
import type {SeenData} from './fingerprint-data.ts'
import type {DataReport} from './forecast.ts'

type Home = Pick<Project, 'pipelineName'> & {readonly target: Pick<Project['target'], 'bucket'>}

/** How many executions are asked what they saw, newest first. */
const mostExecutions = 10

/** Keeps what the run is about to start on; what is there already is the same. */
export async function keepListings(seen: readonly SeenData[], home: Home, cloud: Cloud): Promise<void> {
  const texts = new Map(seen.map(({digest, text}) => [digest, text]))
  for (const [digest, text] of texts) {
    const uri = listingUri(digest, home)
    if (!(await cloud.objects.exists(uri))) await cloud.objects.put(uri, new TextEncoder().encode(text))
  }
}

/** One report for each input, in the order of `seen`. */
export async function reportData(seen: readonly SeenData[], home: Home, cloud: Cloud): Promise<DataReport[]> {
  const earlier = await earlierFingerprints(seen, home, cloud)
  const reports: DataReport[] = []
  for (const one of seen) {
    const before = earlier.get(one.parameter)
    reports.push({
      step: one.step,
      input: one.input,
      uri: one.listing.uri,
      parameter: one.parameter,
      objects: one.listing.objects.length,
      ...(before === undefined ? {} : {before}),
      after: one.digest,
      ...(before === undefined ? {} : await changesSince(before, one, home, cloud)),
    })
  }
  return reports
}

/** The latest fingerprint of each parameter that an execution had. */
async function earlierFingerprints(
  seen: readonly SeenData[],
  {pipelineName}: Home,
  cloud: Cloud,
): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>()
  const missing = new Set(seen.map(({parameter}) => parameter))
  const executions = missing.size > 0 ? await cloud.executions.list(pipelineName, mostExecutions) : []
  for (const {arn} of executions) {
    if (missing.size === 0) break
    for (const {name, value} of await cloud.executions.parameters(arn)) {
      if (value !== unseenFingerprint && missing.delete(name)) found.set(name, value)
    }
  }
  return found
}

async function changesSince(
  before: string,
  {digest, listing}: SeenData,
  home: Home,
  cloud: Cloud,
): Promise<ListingChanges | undefined> {
  if (before === digest) return {added: 0, changed: 0, removed: 0}
  const earlier = await keptListing(before, home, cloud)
  return earlier && listingChanges(earlier, listing)
}

/** Undefined when none is kept. */
export async function keptListing(fingerprint: string, home: Home, cloud: Cloud): Promise<DataListing | undefined> {
  // Somebody may have given a word of their own.
  const isDigest = /^[0-9a-f]{64}$/.test(fingerprint)
  const text = isDigest ? await cloud.objects.getText(listingUri(fingerprint, home)) : undefined
  return text === undefined ? undefined : parseListing(text, fingerprint)
}

function listingUri(digest: string, {target, pipelineName}: Home): string {
  return `s3://${target.bucket}/${pipelineName}/fingerprints/${digest}.json`
}
