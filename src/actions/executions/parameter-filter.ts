// Executions by the values they ran with: those given at the start, over the defaults of the definition they run.

import type {PastStep} from '../../cache/past-execution.ts'
import type {Cloud, ExecutionSummary, NameValue} from '../../cloud/ports.ts'
import {MlpipeError} from '../../diagnostics/mlpipe-error.ts'
import type {HistoryFiles} from '../../project/history-files.ts'
import {inParallel} from '../in-parallel.ts'
import {splitParameter} from '../parameters/start-parameters.ts'
import {readDefinition} from './definition-outline.ts'

/** The first `enough` of the candidates that match, in their order. */
export type ParameterFilter = (
  candidates: readonly ExecutionSummary[],
  enough: number,
) => Promise<readonly ExecutionSummary[]>

/** Each costs a call or two, unless it is kept on disk. */
const parallelReads = 4

export function splitFilters(texts: readonly string[]): NameValue[] {
  return texts.map((text) => {
    const pair = splitParameter(text)
    if (pair) return pair
    throw new MlpipeError({code: 'usage', message: `"${text}" is not name=value, as in --param epochs=50`})
  })
}

/** Undefined when every execution matches. */
export function parameterFilter(
  wanted: readonly NameValue[],
  cloud: Cloud,
  kept: HistoryFiles<PastStep>,
): ParameterFilter | undefined {
  if (wanted.length === 0) return undefined

  async function isMatch({arn}: ExecutionSummary): Promise<boolean> {
    const known = await kept.read(arn)
    const given = known?.parameters ?? (await cloud.executions.parameters(arn))
    const values = new Map(given.map(({name, value}) => [name, value]))
    const isGiven = wanted.every(({name}) => values.has(name))
    const text = isGiven ? undefined : (known?.definition ?? (await cloud.executions.definition(arn)))
    const definition = text === undefined ? undefined : readDefinition(text)
    const defaults = new Map(definition?.Parameters.map(({Name, DefaultValue}) => [Name, DefaultValue]))
    return wanted.every(({name, value}) => {
      const effective = values.get(name) ?? defaults.get(name)
      return effective !== undefined && isSameValue(String(effective), value)
    })
  }

  return async (candidates, enough) => {
    const found: ExecutionSummary[] = []
    for (let from = 0; from < candidates.length && found.length < enough; from += parallelReads) {
      const group = candidates.slice(from, from + parallelReads)
      const matching = new Set<string>()
      await inParallel(group, parallelReads, async (one) => {
        if (await isMatch(one)) matching.add(one.arn)
      })
      found.push(...group.filter(({arn}) => matching.has(arn)))
    }
    return found.slice(0, enough)
  }
}

/** `0.50` is 0.5, and `True` is true. */
function isSameValue(one: string, other: string): boolean {
  if (one === other) return true
  const isBoolean = /^(true|false)$/i.test(one)
  if (isBoolean) return one.toLowerCase() === other.trim().toLowerCase()
  return one.trim() !== '' && other.trim() !== '' && Number(one) === Number(other)
}
