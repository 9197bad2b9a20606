// The reports that a gate is tried on: files in the place of what a step would have written.

import {parseFiniteJson} from '../../definition/finite-json.ts'
import type {Json} from '../../definition/json.ts'
import {MlpipeError} from '../../diagnostics/mlpipe-error.ts'
import {suggestName} from '../../text/nearest-name.ts'
import {nextCommand, type Place} from '../next-commands.ts'
import {isThere, readGiven} from '../triggers/test/read-given.ts'
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
    const {name, file} = await splitGiven(text, wanted, cwd)
    if (name === undefined && wanted.length > 1) throw whichReport(wanted, place)
    const report = await readReport(file, cwd)
    for (const one of wanted.filter((get) => name === undefined || nameOf(get) === name)) {
      if (reports.has(one)) throw usage(`--metrics says twice what ${nameOf(one)} holds: give it once`)
      reports.set(one, report)
    }
  }
  const missing = wanted.filter((one) => !reports.has(one))
  if (missing.length === 0) return reports
  if (given.length === 0 && wanted.length === 1) {
    const message = `the metrics to try are missing: the gate reads ${nameOf(missing[0] ?? '')}`
    throw usage(message, nextCommand('gate test --metrics FILE', place))
  }
  throw whichReport(wanted, place)
}

type Split = {readonly name?: string; readonly file: string}

/** A file may have an equals sign in its name: what stands before it counts when it names a report, or where there is no such file. */
async function splitGiven(text: string, wanted: readonly string[], cwd: string): Promise<Split> {
  const names = wanted.map(nameOf)
  const [, name, behind = ''] = /^([\w.-]+)=(.*)$/s.exec(text) ?? []
  const isReport = name !== undefined && names.includes(name)
  const file = isReport ? behind : text
  if (file.trim() === '') throw usage(`--metrics takes ${taken}, not an empty text`)
  if (isReport) return {name, file}
  if (name !== undefined && !(await isThere(text, cwd))) {
    const known = suggestName(name, names) ?? 'it reads none'
    throw usage(`"${name}" is not a report that the gate reads: ${known}`)
  }
  if (isNumber(text) && !(await isThere(text, cwd))) throw usage(`--metrics takes ${taken}, not the number ${text}`)
  return {file}
}

const taken = 'a file, or JSON such as {"accuracy": 0.9}'

function isNumber(text: string): boolean {
  return Number.isFinite(Number(text))
}

/** `Steps.evaluate.PropertyFiles.metrics` → `evaluate.metrics`. */
function nameOf(get: string): string {
  return get.replace(/^Steps\./, '').replace('.PropertyFiles.', '.')
}

/** `Steps.evaluate.PropertyFiles.metrics` → `steps.evaluate.reports.metrics`, as the spec has it. */
export function reportText(get: string): string {
  return get.replace(/^Steps\./, 'steps.').replace('.PropertyFiles.', '.reports.')
}

function whichReport(wanted: readonly string[], place: Place): MlpipeError {
  const flags = wanted.map((one) => `--metrics ${nameOf(one)}=FILE`).join(' ')
  const message = `the condition reads ${wanted.length} reports: ${wanted.map(nameOf).join(', ')}`
  return usage(message, nextCommand(`gate test ${flags}`, place))
}

function usage(message: string, ...nextSteps: readonly string[]): MlpipeError {
  return new MlpipeError({code: 'usage', message, nextSteps: [...nextSteps]})
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
