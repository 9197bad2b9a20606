// The picture of a pipeline with what a run would do with each step, and why, in the words of `mlpipe diff`.

import type {ReasonReport, StepForecast} from '../../actions/forecast/forecast.ts'
import type {Picture, PictureNode, Tone} from '../../picture/picture.ts'
import {
  isNew,
  markOf,
  tellConditional,
  tellHit,
  tellReason,
  tellSkipped,
  tellStale,
  type Verdicts,
  verdictsOf,
} from '../forecast-words.ts'
import {count} from '../time.ts'
import {changeText} from '../values.ts'

const tones: Readonly<Record<StepForecast['verdict'], Tone>> = {
  hit: 'reused',
  rerun: 'work',
  unknown: 'open',
  always: 'plain',
  skipped: 'idle',
}

const shownReasons = 2
/** The picture shows the type of a step and its cache anyway. */
const seenOtherwise: readonly ReasonReport['code'][] = ['type-never-cached', 'cache-off', 'no-expiry']
/** Columns for a value before and after. */
const valueRoom = 40

/** By the names of the steps, which are the ids of their nodes. */
export function withVerdicts(picture: Picture, steps: readonly StepForecast[]): Picture {
  const forecasts = new Map(steps.map((step) => [step.name, step]))
  const verdicts = verdictsOf(steps)
  const nodes = picture.nodes.map((node) => {
    const step = forecasts.get(node.id)
    return step ? withVerdict(node, step, verdicts) : node
  })
  return {...picture, nodes}
}

function withVerdict(node: PictureNode, step: StepForecast, verdicts: Verdicts): PictureNode {
  const {symbol: mark, word} = markOf(step)
  const status = {tone: isNew(step) ? 'good' : tones[step.verdict], word, mark} as const
  return {...node, status, notes: [...tellVerdict(step, verdicts), ...node.notes]}
}

function tellVerdict(step: StepForecast, verdicts: Verdicts): string[] {
  if (step.verdict === 'skipped') return [tellSkipped(step)]
  const outcome = step.outcome === undefined ? undefined : `is ${step.outcome}, whatever the run does`
  const reasons = outcome === undefined ? tellReasons(step, verdicts) : []
  const told = [tellConditional(step), outcome, ...tellHit(step), tellStale(step), ...reasons]
  return told.filter((text) => text !== undefined)
}

/** A few words of each; `mlpipe why` tells them whole. */
function tellReasons({reasons, type}: StepForecast, verdicts: Verdicts): string[] {
  const told = reasons
    .filter(({code}) => !seenOtherwise.includes(code))
    .map((reason) => {
      const {words, path = '', change} = tellReason(reason, type, verdicts)
      if (change) return `${path} ${changeText(change.before, change.after, valueRoom)}`
      // `train reruns: new ModelArtifacts.S3ModelArtifacts`
      return reason.step === undefined ? words : (words.split(': ')[0] ?? words)
    })
  const different = [...new Set(told)]
  const more = different.length - shownReasons
  return [...different.slice(0, shownReasons), ...(more > 0 ? [`and ${count(more, 'more reason')}`] : [])]
}
