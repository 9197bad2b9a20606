// Whatever was thrown, as text for stderr or as one JSON document for stdout.

import {MlpipeError} from '../diagnostics/mlpipe-error.ts'
import {diagnosticsToJson, renderDiagnostics} from '../diagnostics/render-diagnostics.ts'
import {SpecError} from '../diagnostics/spec-error.ts'
import {secretsOfEnvironment, withoutSecrets} from '../text/secrets.ts'
import {painter} from '../views/style.ts'

export type RenderOptions = {readonly colour: boolean; readonly verbose: boolean; readonly version: string}

/** Whatever an error repeats, nobody gets to see a credential. */
export function renderError(error: unknown, options: RenderOptions): string {
  return redacted(errorText(error, options))
}

/** Anything that is no MlpipeError by now is a bug of ours. */
function errorText(error: unknown, {colour, verbose, version}: RenderOptions): string {
  const paint = painter(colour)
  if (error instanceof SpecError) {
    const found = renderDiagnostics(error.diagnostics, error.source, {colour})
    return `${found}\n\n${paint.red('error:')} ${error.message}`
  }
  if (!(error instanceof MlpipeError) || error.who === 'bug') return renderBug(error, version)

  const details = verbose ? serviceDetails(error).map(([name, value]) => `  ${name}: ${value}`) : []
  const next = error.nextSteps.map((step) => `  next: ${step}`)
  return [`${paint.red('error:')} ${error.message}`, ...details, ...next].join('\n')
}

export function errorToJson(error: unknown, version: string): object {
  return eachMember(errorDocument(error, version), redacted)
}

function errorDocument(error: unknown, version: string): object {
  if (!(error instanceof MlpipeError) || error.who === 'bug') {
    const {message, stack} = asError(error)
    return {formatVersion: 1, error: {code: 'bug', who: 'bug', message, nextSteps: [], exit: 70, version, stack}}
  }
  const {code, who, message, nextSteps, exit} = error
  const details = Object.fromEntries(serviceDetails(error))
  const diagnostics =
    error instanceof SpecError ? {diagnostics: diagnosticsToJson(error.diagnostics, error.source)} : {}
  return {formatVersion: 1, error: {code, who, message, nextSteps, exit, ...details}, ...diagnostics}
}

export function exitOf(error: unknown): number {
  return error instanceof MlpipeError ? error.exit : 70
}

function renderBug(error: unknown, version: string): string {
  const {message, stack} = asError(error)
  return [
    `error: mlpipe itself went wrong: ${message}`,
    `  mlpipe ${version}, node ${process.version}, ${process.platform} ${process.arch}`,
    ...(stack ?? '').split('\n').slice(1),
    '  this is a bug of mlpipe: please report it with these lines',
  ].join('\n')
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error))
}

/** What the service said about its refusal; see ServiceError in cloud/service-error.ts, which is not loaded for this. */
function serviceDetails(error: MlpipeError): [string, string | number][] {
  const fields: readonly string[] = ['operation', 'awsError', 'httpStatus', 'requestId']
  return Object.entries(error).filter(([name]) => fields.includes(name)) as [string, string | number][]
}

function redacted(text: string): string {
  return withoutSecrets(text, secretsOfEnvironment(process.env))
}

function eachText(value: unknown, change: (text: string) => string): unknown {
  if (typeof value === 'string') return change(value)
  if (Array.isArray(value)) return value.map((item) => eachText(item, change))
  return typeof value === 'object' && value !== null ? eachMember(value, change) : value
}

function eachMember(value: object, change: (text: string) => string): object {
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, eachText(member, change)]))
}
