// The reports that a gate is tried on: files in the place of what a step would have written.

import {parseFiniteJson} from '../../definition/finite-json.ts'
import type {Json} from '../../definition/json.ts'
import {MlpipeError} from '../../diagnostics/mlpipe-error.ts'
import {nextCommand, type Place} from '../next-commands.ts'
import {readGiven} from '../triggers/test/read-given.ts'
import type {World} from '../world.ts'

export type GivenReport = {
  /** Absent when it is not JSON; `problem` then says why, as the step would. */
  readonly document?: Json
  readonly problem?: string
  /** For a sentence. */
  readonly shown: string
}

/** By the text of the Get that names the report: `Steps.evaluate.PropertyFiles.metrics`. */
export type GivenReports = ReadonlyMap<string, GivenReport>

/** `wanted`: the reports that the condition reads. */
export async function givenReports(
  given: readonly string[],
  wanted: readonly string[],
  place: Place,
  {cwd}: Pick<World, 'cwd'>,
): Promise<GivenReports> {
  const reports = new Map<string, GivenReport>()
  for (const text of given) {
    const {name, file} = splitGiven(text, wanted)
    const meant = name === undefined ? wanted : wanted.filter((one) => nameOf(one) === name)
    if (name === undefined && wanted.length > 1) throw whichReport(wanted, place)
    const report = await readReport(file, cwd)
    for (const one of meant) reports.set(one, report)
  }
  const missing = wanted.filter((one) => !reports.has(one))
  if (missing.length === 0) return reports
  if (given.length === 0 && wanted.length === 1) {
    const message = `the metrics to try are missing: the gate reads ${nameOf(missing[0] ?? '')}`
    throw new MlpipeError({code: 'usage', message, nextSteps: [nextCommand('gate test --metrics FILE', place)]})
  }
  throw whichReport(wanted, place)
}

/** A file may have an equals sign in its name: what stands before it counts when it names a report. */
function splitGiven(text: string, wanted: readonly string[]): {readonly name?: string; readonly file: string} {
  const at = text.indexOf('=')
  const name = text.slice(0, Math.max(0, at))
  return wanted.some((one) => nameOf(one) === name) ? {name, file: text.slice(at + 1)} : {file: text}
}

/** `Steps.evaluate.PropertyFiles.metrics` → `evaluate.metrics`. */
function nameOf(get: string): string {
  return get.replace(/^Steps\./, '').replace('.PropertyFiles.', '.')
}

function whichReport(wanted: readonly string[], place: Place): MlpipeError {
  const flags = wanted.map((one) => `--metrics ${nameOf(one)}=FILE`).join(' ')
  return new MlpipeError({
    code: 'usage',
    message: `the condition reads ${wanted.length} reports: ${wanted.map(nameOf).join(', ')}`,
    nextSteps: [nextCommand(`gate test ${flags}`, place)],
  })
}

async function readReport(file: string, cwd: string): Promise<GivenReport> {
  const {text, shown} = await readGiven(file, 'metrics', cwd)
  try {
    return {document: parseFiniteJson(text), shown}
  } catch (error) {
    if (error instanceof RangeError) return {problem: `${shown} cannot be compared: ${error.message}`, shown}
    const why = error instanceof Error ? error.message : String(error)
    const notNumber = /\b(?:NaN|Infinity)\b/.test(text) ? '; NaN and Infinity are no JSON' : ''
    return {problem: `${shown} is not valid JSON: ${why}${notNumber}`, shown}
  }
}
