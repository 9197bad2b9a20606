// `{"Get": …}` and `Std:JsonGet` as the paths of a spec: `parameters.epochs`, `steps.train.model`.

import {isJsonObject, type Json, type JsonObject} from '../definition/json.ts'
import {scanPath} from '../spec/parse-reference.ts'
import {formatPath} from '../spec/value.ts'
import {shortJoin} from './short-joins.ts'
import {shortPath} from './short-paths.ts'

/** How far references are put into the spec's own words. */
export type ReferenceStyle =
  /** `steps.train.model`. */
  | 'short'
  /** `steps.train.ModelArtifacts.S3ModelArtifacts`. */
  | 'own'
  /** `{Get: Steps.train.ModelArtifacts.S3ModelArtifacts}`. */
  | 'none'

export type NamedReference = {
  readonly path: string
  /** Whether the compiler casts it where a text is wanted. */
  readonly isCast: boolean
}

export type References = {
  /** Undefined for what is no reference, or one that a spec cannot name. In a `text` those that would be cast are long. */
  of(json: Json, place?: 'text'): NamedReference | undefined
}

/** What references can name. */
export type Names = {
  /** Type by name. */
  readonly parameters: ReadonlyMap<string, string>
  readonly steps: ReadonlyMap<string, JsonObject>
  /** Whether the step is written in short keys, which short names need; every step is when this is left out. */
  readonly isShort?: (stepName: string) => boolean
}

/** Source: Developer Guide, "Execution variables" (the short names are mlpipe's). */
const executionPaths: Readonly<Record<string, string>> = {
  PipelineExecutionId: 'execution.id',
  PipelineExecutionArn: 'execution.arn',
  StartDateTime: 'execution.startTime',
  CurrentDateTime: 'execution.currentTime',
  PipelineName: 'pipeline.name',
  PipelineArn: 'pipeline.arn',
}

export function createReferences(names: Names, style: ReferenceStyle): References {
  return {
    of(json, place) {
      if (style === 'none' || !isJsonObject(json)) return undefined
      const get = soleMember(json, 'Get')
      if (typeof get === 'string') return getReference(get, names, style, place)
      if (style !== 'short') return undefined
      const report = soleMember(json, 'Std:JsonGet')
      if (isJsonObject(report)) return reportReference(report, names)
      const join = soleMember(json, 'Std:Join')
      return isJsonObject(join) ? joinReference(join, names) : undefined
    },
  }
}

function getReference(
  get: string,
  names: Names,
  style: ReferenceStyle,
  place: 'text' | undefined,
): NamedReference | undefined {
  const [root = '', ...rest] = get.split('.')
  const name = rest.join('.')
  if (root === 'Parameters') {
    const type = names.parameters.get(name)
    return type !== undefined && isName(name) ? {path: `parameters.${name}`, isCast: type !== 'String'} : undefined
  }
  if (root === 'Execution') {
    const path = Object.hasOwn(executionPaths, name) ? executionPaths[name] : undefined
    return path === undefined ? undefined : {path, isCast: false}
  }
  return root === 'Steps' ? propertyReference(name, names, style, place) : undefined
}

function propertyReference(
  text: string,
  names: Names,
  style: ReferenceStyle,
  place: 'text' | undefined,
): NamedReference | undefined {
  const dot = text.indexOf('.')
  const stepName = text.slice(0, Math.max(dot, 0))
  const property = text.slice(dot + 1)
  const step = names.steps.get(stepName)
  if (!step || step.Type === 'Fail' || !isName(stepName)) return undefined

  const short = style === 'short' && isShort(stepName, names) ? shortPath(step, property) : undefined
  if (short && !(place === 'text' && short.isCast)) {
    return {path: `steps.${stepName}.${short.path}`, isCast: short.isCast}
  }
  // SageMaker's own paths start with a capital letter; a property file is no property.
  if (!/^[A-Z]/.test(property) || property.startsWith('PropertyFiles.') || !isPath(`steps.${stepName}.${property}`))
    return undefined
  return {path: `steps.${stepName}.${property}`, isCast: false}
}

/** A value of a property file: `steps.evaluate.reports.metrics.accuracy`. */
function reportReference(report: JsonObject, names: Names): NamedReference | undefined {
  const {PropertyFile: file, Path: path} = report
  const get = isJsonObject(file) ? soleMember(file, 'Get') : undefined
  if (typeof get !== 'string' || typeof path !== 'string' || Object.keys(report).length !== 2) return undefined
  const [, stepName, name] = /^Steps\.([\w-]+)\.PropertyFiles\.([^'\]}]+)$/.exec(get) ?? []
  const step = stepName === undefined ? undefined : names.steps.get(stepName)
  // `.path` is where the report lies.
  if (!stepName || !name || !step || !isShort(stepName, names) || path === 'path' || !hasReport(step, name))
    return undefined
  const value = path.startsWith('[') ? path : `.${path}`
  const full = `steps.${stepName}.reports${isName(name) ? `.${name}` : `['${name}']`}${value}`
  return isPath(full) ? {path: full, isCast: true} : undefined
}

function joinReference({On: on, Values: values}: JsonObject, names: Names): NamedReference | undefined {
  const found = on === '' && Array.isArray(values) ? shortJoin(values, names.steps) : undefined
  if (!found || !isName(found.stepName) || !isShort(found.stepName, names)) return undefined
  return {path: `steps.${found.stepName}.${found.path}`, isCast: false}
}

function isShort(stepName: string, names: Names): boolean {
  return names.isShort?.(stepName) ?? true
}

function hasReport({Type: type, PropertyFiles: files}: JsonObject, name: string): boolean {
  if (type !== 'Processing' || !Array.isArray(files)) return false
  return files.some((file) => isJsonObject(file) && file.PropertyFileName === name)
}

/** A name that can stand in a path behind a dot. */
export function isName(text: string): boolean {
  return /^[A-Za-z0-9_][\w-]*$/.test(text)
}

/** Whether a path is read back as it was written. */
function isPath(path: string): boolean {
  if (path.includes('}')) return false
  const parts = scanPath(path, (index) => index)
  return parts !== undefined && formatPath(parts) === path
}

/** The value of the only member, when it has that name. */
export function soleMember(json: JsonObject, name: string): Json | undefined {
  return Object.hasOwn(json, name) && Object.keys(json).length === 1 ? json[name] : undefined
}
