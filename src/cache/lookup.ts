// Looks a step's key up among its earlier successes.
// Source: Developer Guide, "Caching pipeline steps": the most recent success of the same pipeline with equal key attributes counts.

import {expiresAt} from './expire-after.ts'

/** One earlier success of the step, whatever its key. */
export type Candidate = {readonly executionArn: string; readonly signature: string; readonly finishedAtMs: number}

export type MissReason<C extends Candidate = Candidate> =
  | {readonly code: 'no-expiry'}
  | {readonly code: 'no-earlier-run'}
  | {readonly code: 'different-key'; readonly latest: C}
  | {readonly code: 'expired'; readonly candidate: C; readonly expiredAtMs: number}

export type LookUp<C extends Candidate = Candidate> =
  | {readonly kind: 'hit'; readonly candidate: C; readonly expiresAtMs: number}
  | {readonly kind: 'miss'; readonly reason: MissReason<C>}

/** The most recent success with the same key, if it has not expired; else why there is none. */
export function lookUp<C extends Candidate>(
  candidates: readonly C[],
  signature: string,
  expireAfter: string | undefined,
  nowMs: number,
): LookUp<C> {
  if (expireAfter === undefined) return miss({code: 'no-expiry'})
  const latest = latestOf(candidates)
  if (!latest) return miss({code: 'no-earlier-run'})

  const candidate = latestOf(candidates.filter((one) => one.signature === signature))
  if (!candidate) return miss({code: 'different-key', latest})

  const expiresAtMs = expiresAt(candidate.finishedAtMs, expireAfter)
  if (nowMs >= expiresAtMs) return miss({code: 'expired', candidate, expiredAtMs: expiresAtMs})
  return {kind: 'hit', candidate, expiresAtMs}
}

function latestOf<C extends Candidate>(candidates: readonly C[]): C | undefined {
  return candidates.reduce<C | undefined>(
    (latest, one) => (latest && latest.finishedAtMs >= one.finishedAtMs ? latest : one),
    undefined,
  )
}

function miss<C extends Candidate>(reason: MissReason<C>): {kind: 'miss'; reason: MissReason<C>} {
  return {kind: 'miss', reason}
}
