// Which values a tuning job tries. Random draws come from a seeded generator, so that the same job tries the same values.
// Source: SageMaker API, ParameterRanges; Developer Guide, "Hyperparameter scaling" and "Understand the … strategies".

import {createHash} from 'node:crypto'
import type {JsonObject} from '../../../definition/json.ts'
import {objectsAt, textAt} from '../../../definition/json-members.ts'
import {clientFault} from '../job-fault.ts'
import {requiredText, textsAt} from '../request-fields.ts'

export type Point = Readonly<Record<string, string>>

/** The points to try, one after the other; undefined when there are no more. */
export type Search = () => Point | undefined

type Scaling = 'Linear' | 'Logarithmic' | 'ReverseLogarithmic'

type Range =
  | {
      readonly kind: 'number'
      readonly name: string
      readonly min: number
      readonly max: number
      readonly isWhole: boolean
      readonly scaling: Scaling
    }
  | {readonly kind: 'category'; readonly name: string; readonly values: readonly string[]}

/** Every combination of the categories, the last one fastest. Grid takes no other ranges. */
export function gridSearch(ranges: JsonObject, owner: string): Search {
  const parsed = parseRanges(ranges, owner)
  const numeric = parsed.find(({kind}) => kind === 'number')
  if (numeric) {
    throw clientFault(`Grid searches categorical ranges only; "${numeric.name}" of ${owner} is a range of numbers`)
  }
  const points = parsed.reduce<Point[]>(
    (before, range) =>
      range.kind === 'number'
        ? before
        : before.flatMap((point) => range.values.map((value) => ({...point, [range.name]: value}))),
    [{}],
  )
  let next = 0
  return () => points[next++]
}

/** Draws without end. */
export function randomSearch(ranges: JsonObject, owner: string, random: () => number): Search {
  const parsed = parseRanges(ranges, owner)
  return () => Object.fromEntries(parsed.map((range) => [range.name, draw(range, random)]))
}

/** Numbers in [0, 1) that follow from the seed: its hashes with 0, 1, 2 … */
export function seededRandom(seed: string): () => number {
  let count = 0
  return () => {
    const hash = createHash('sha256').update(`${seed}\0${count++}`).digest()
    return hash.readUIntBE(0, 6) / 2 ** 48
  }
}

function draw(range: Range, random: () => number): string {
  if (range.kind === 'category') return range.values[Math.floor(random() * range.values.length)] ?? ''
  const {min, max, isWhole, scaling} = range
  // A whole number has the same share of the line on either side of it.
  const low = isWhole ? min - 0.5 : min
  const high = isWhole ? max + 0.5 : max
  const value = scale(scaling, low, high, random())
  return isWhole ? String(Math.min(max, Math.max(min, Math.round(value)))) : String(value)
}

/** The value at a fraction of the way from low to high, on the scale. */
function scale(scaling: Scaling, low: number, high: number, at: number): number {
  if (scaling === 'Linear') return low + (high - low) * at
  if (scaling === 'Logarithmic') return low * (high / low) ** at
  return 1 - (1 - low) * ((1 - high) / (1 - low)) ** at
}

function parseRanges(ranges: JsonObject, owner: string): Range[] {
  return [
    ...objectsAt(ranges, 'IntegerParameterRanges').map((range) => parseNumbers(range, true, owner)),
    ...objectsAt(ranges, 'ContinuousParameterRanges').map((range) => parseNumbers(range, false, owner)),
    ...objectsAt(ranges, 'CategoricalParameterRanges').map((range) => parseCategories(range, owner)),
  ]
}

function parseCategories(range: JsonObject, owner: string): Range {
  const name = requiredText(range, 'Name', `a categorical range of ${owner}`)
  const values = textsAt(range, 'Values')
  if (values.length === 0) throw clientFault(`the range "${name}" of ${owner} has no Values`)
  return {kind: 'category', name, values}
}

function parseNumbers(range: JsonObject, isWhole: boolean, owner: string): Range {
  const name = requiredText(range, 'Name', `a range of ${owner}`)
  const what = `the range "${name}" of ${owner}`
  const min = Number(requiredText(range, 'MinValue', what))
  const max = Number(requiredText(range, 'MaxValue', what))
  if (!(Number.isFinite(min) && Number.isFinite(max) && min <= max)) {
    throw clientFault(
      `${what} goes from ${textAt(range, 'MinValue')} to ${textAt(range, 'MaxValue')}, which is no range`,
    )
  }
  const scaling = parseScaling(textAt(range, 'ScalingType'), what)
  if (scaling === 'Logarithmic' && min <= 0) throw clientFault(`${what} is Logarithmic and must be above 0`)
  if (scaling === 'ReverseLogarithmic' && (isWhole || min < 0 || max >= 1)) {
    throw clientFault(`${what} is ReverseLogarithmic and must be continuous, from 0 to below 1`)
  }
  return {kind: 'number', name, min, max, isWhole, scaling}
}

/** Auto lets the service choose; here it is linear. */
function parseScaling(text: string | undefined, what: string): Scaling {
  switch (text) {
    case undefined:
    case 'Auto':
    case 'Linear':
      return 'Linear'
    case 'Logarithmic':
    case 'ReverseLogarithmic':
      return text
    default:
      throw clientFault(
        `${what} has the scaling ${text}, which is none of Auto, Linear, Logarithmic, ReverseLogarithmic`,
      )
  }
}
