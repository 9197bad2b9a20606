// fast-check with the same cases in every run, so that what is red for one is red for all. `npm run prove` tries many more, and new
// ones each time; MLPIPE_SEED then repeats what it found.

import fc from 'fast-check'

const proving = Number(process.env['MLPIPE_PROVE'] ?? 0)
const given = process.env['MLPIPE_SEED']
const seed = given === undefined ? 20_261 : Number(given)

fc.configureGlobal({
  numRuns: runs(100),
  ...(proving > 0 && given === undefined ? {} : {seed}),
})

/** How often a property is tried: that often, and more when proving. */
export function runs(usually: number): number {
  return Math.ceil(usually * Math.max(proving, 1))
}

export {fc}
