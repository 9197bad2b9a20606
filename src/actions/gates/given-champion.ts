// The champion that a gate is tried against: a number, a file of metrics, a registered version, or none.

import {parseFiniteJson} from '../../definition/finite-json.ts'
import type {Json} from '../../definition/json.ts'
import {readJsonPath} from '../../definition/json-path.ts'
import {entityNamePattern} from '../../definition/names.ts'
import {MlpipeError} from '../../diagnostics/mlpipe-error.ts'
import {nextCommand, type Place} from '../next-commands.ts'
import {isThere, readGiven} from '../triggers/test/read-given.ts'
import type {World} from '../world.ts'
import type {Champion, Found} from './champion.ts'
import {whatItHas} from './near-metrics.ts'

export type GivenChampion =
  | {readonly kind: 'given'; readonly champion: Champion | undefined}
  | {readonly kind: 'version'; readonly model: string}

/** `metrics`: those that the gate asks of it. */
export async function readGivenChampion(
  text: string,
  metrics: readonly string[],
  place: Place,
  {cwd}: Pick<World, 'cwd'>,
): Promise<GivenChampion> {
  if (text === 'none') return {kind: 'given', champion: undefined}
  const number = text.trim() === '' ? Number.NaN : Number(text)
  if (Number.isFinite(number)) return {kind: 'given', champion: ofNumber(number, metrics)}
  if (/^[A-Za-z0-9-]+\/\d+$/.test(text) || text.startsWith('arn:')) return {kind: 'version', model: text}
  const isInline = text === '-' || /^\s*[{[]/.test(text)
  if (!isInline && !(text.trim() !== '' && (await isThere(text, cwd)))) throw noChampion(text, place)
  return {kind: 'given', champion: await ofFile(text, metrics, cwd)}
}

/** Who names a group may mean one of its versions. */
function noChampion(text: string, place: Place): MlpipeError {
  return new MlpipeError({
    code: 'usage',
    message: `--champion takes a number, a file of its metrics, group/version or none, not "${text}": there is no such file`,
    nextSteps:
      entityNamePattern.test(text) && !/^(?:nan|infinity)$/i.test(text)
        ? [nextCommand(`models list ${text}`, place)]
        : [],
  })
}

function ofNumber(value: number, metrics: readonly string[]): Champion {
  if (metrics.length > 1) {
    const message = `the gate asks the champion for ${metrics.join(', ')}: one number is not enough`
    throw new MlpipeError({code: 'usage', message, nextSteps: ['--champion FILE  (a JSON file with its metrics)']})
  }
  return {model: 'as given', arn: '', metrics: new Map(metrics.map((metric) => [metric, {kind: 'value', value}]))}
}

async function ofFile(path: string, metrics: readonly string[], cwd: string): Promise<Champion> {
  const {text, shown} = await readGiven(path, 'metrics', cwd)
  let document: Json
  try {
    document = parseFiniteJson(text)
  } catch (cause) {
    const why = cause instanceof RangeError ? `cannot be compared: ${cause.message}` : 'are not valid JSON'
    const message = `the champion's metrics in ${shown} ${why}`
    throw new MlpipeError({code: 'metrics-unreadable', message, cause})
  }
  const found = metrics.map((metric): readonly [string, Found] => {
    const value = readJsonPath(document, metric)
    if (typeof value === 'number') return [metric, {kind: 'value', value}]
    const message = `${metric} is no number in ${shown}, ${whatItHas(metric, document)}`
    throw new MlpipeError({code: 'no-such-metric', message})
  })
  return {model: shown, arn: '', metrics: new Map(found)}
}
