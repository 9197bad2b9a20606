// Keeps the objects that gates read: what is in force, and beside it every state that was, so that the outcome of an execution can
// be told later.
//
//   champion/<gate>.json                    read by the condition
//   champion/<gate>/<time>.json             the same, from that time on

import type {Cloud} from '../../cloud/ports.ts'
import {thresholdsObject} from '../../definition/champion-thresholds.ts'
import {canonicalJson, isJsonObject, type Json, type JsonObject} from '../../definition/json.ts'
import {objectAt} from '../../definition/json-members.ts'
import {overlay} from '../../definition/json-overlay.ts'
import {MlpipeError} from '../../diagnostics/mlpipe-error.ts'
import type {Target} from '../../project/target.ts'
import {nextCommand, type Place} from '../next-commands.ts'
import type {World} from '../world.ts'
import {type GateState, type GatesInput, lookAtGates} from './look-at-gates.ts'

/** Brings the objects up to date. What has not changed is not written again. */
export async function keepChampions(states: readonly GateState[], cloud: Cloud, nowMs: number): Promise<void> {
  for (const state of states) await keepChampion(state, cloud, nowMs)
}

/** What the condition reads now; undefined when there is nothing, or nothing that can be read. */
export async function championInForce(uri: string, {objects}: Cloud): Promise<JsonObject | undefined> {
  try {
    return parseObject(await objects.getText(uri))
  } catch (error) {
    // The embedded engine makes its bucket for the first object.
    if (error instanceof MlpipeError && error.code === 'no-such-bucket') return undefined
    throw error
  }
}

async function keepChampion(state: GateState, cloud: Cloud, nowMs: number): Promise<void> {
  const {uri} = state.gate
  const before = await championInForce(uri, cloud)
  const content = championObject(state, before)
  const {updatedAt: _, ...unchanged} = before ?? {}
  if (before && canonicalJson(unchanged) === canonicalJson(content)) return
  const updatedAt = new Date(nowMs).toISOString()
  const bytes = Buffer.from(`${JSON.stringify({...content, updatedAt}, undefined, 2)}\n`)
  // The record first: what is in force is always among the records.
  await cloud.objects.put(recordUri(uri, updatedAt), bytes)
  await cloud.objects.put(uri, bytes)
}

/** As the condition reads it. */
export function championObject(state: GateState, before?: JsonObject): JsonObject {
  const {champion, gate, thresholds, report} = state
  const problems = report.requirements.flatMap(({problem}) => problem ?? [])
  const metrics = [...(champion?.metrics ?? [])].flatMap(([name, found]) =>
    found.kind === 'value' ? [[name, found.value] as const] : [],
  )
  const current = champion ? {model: champion.model, arn: champion.arn, metrics: Object.fromEntries(metrics)} : null
  // An execution that runs while another formula is deployed still asks by its own: of the same champion, that stays right.
  const isSame = before !== undefined && canonicalJson(before.champion ?? null) === canonicalJson(current)
  const own = thresholdsObject(thresholds)
  return {
    formatVersion: 1,
    gate: gate.step,
    group: state.group,
    champion: current,
    thresholds: isSame && problems.length === 0 ? overlay(objectAt(before, 'thresholds'), own) : own,
    ...(problems.length > 0 ? {problems} : {}),
  }
}

export function parseObject(text: string | undefined): JsonObject | undefined {
  if (text === undefined) return undefined
  try {
    const value = JSON.parse(text) as Json
    return isJsonObject(value) ? value : undefined
  } catch {
    // Broken by somebody's hand: it is written anew.
    return undefined
  }
}

export function recordUri(uri: string, iso: string): string {
  return `${recordsPrefix(uri)}${iso.replaceAll(':', '-')}.json`
}

/** Where the states of a gate's object are kept; in the order of time when sorted. */
export function recordsPrefix(uri: string): string {
  return `${uri.replace(/\.json$/, '')}/`
}

/** One line for each requirement. */
export function gateNotes(states: readonly Pick<GateState, 'report'>[]): string[] {
  return states.flatMap(({report}) => report.requirements.map(({text}) => `${report.gate}: ${text}`))
}

/** What cannot be worked out is told; whoever starts an execution is refused. */
export function warnOfProblems(
  states: readonly GateState[],
  target: Target,
  place: Place,
  {reporter}: Pick<World, 'reporter'>,
): void {
  for (const state of states.filter(hasProblem)) {
    for (const {text, problem} of state.report.requirements) {
      const nextSteps = mendingSteps(state, target, place)
      if (problem !== undefined) reporter.report({kind: 'warning', message: `${state.report.gate}: ${text}`, nextSteps})
    }
  }
}

function hasProblem({report}: GateState): boolean {
  return report.requirements.some(({problem}) => problem !== undefined)
}

/** Before a start: an execution that could only fail at its gate is not started. */
export async function bringChampionsUp(
  input: GatesInput,
  {cloud, target, place}: {readonly cloud: Cloud; readonly target: Target; readonly place: Place},
  world: Pick<World, 'now'>,
): Promise<string[]> {
  const states = await lookAtGates(input, cloud)
  await keepChampions(states, cloud, world.now())
  const broken = states.find(hasProblem)
  if (!broken) return gateNotes(states)
  const {report} = broken
  const asked = report.requirements.find(({problem}) => problem !== undefined)
  throw new MlpipeError({
    code: 'champion-without-metric',
    message: `gate "${report.gate}" asks for ${asked?.requirement}, and cannot be worked out: the champion is ${report.champion?.model}, and ${asked?.problem}`,
    nextSteps: mendingSteps(broken, target, place),
  })
}

/** How a champion without its metric is got over. */
function mendingSteps(state: GateState, target: Target, place: Place): string[] {
  const {champion, requirements} = state.report
  if (!champion) return []
  const missing = requirements.filter(({problem}) => problem !== undefined)
  const metrics = missing.map(({requirement}) => requirement.split(' ')[0] ?? '')
  const properties = [...new Set(metrics)].map((metric) => `${metric}=…`).join(',')
  const byHand = `aws sagemaker update-model-package --model-package-arn ${champion.arn} --customer-metadata-properties ${properties}`
  const rejecting = afterRejecting(state)
  return [
    ...(rejecting === undefined ? [] : [`${nextCommand(`models reject ${champion.model}`, place)}  (${rejecting})`]),
    ...(target.kind === 'aws' ? [`${byHand}  (says what it came to)`] : []),
    'metrics: ${steps.….reports.….path} of the register step keeps them with the models to come',
  ]
}

/** What rejecting the champion comes to; undefined where it helps nobody. */
function afterRejecting({before, gate}: GateState): string | undefined {
  if (before !== undefined) return `${before} is the champion then`
  const passes = gate.requirements.every(({withoutChampion}) => withoutChampion === 'pass')
  return passes ? 'no version is approved then, and every model passes until one is' : undefined
}
