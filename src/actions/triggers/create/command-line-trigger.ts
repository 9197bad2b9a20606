// A trigger that the command line declares. Its flags become the YAML that would declare it in the spec, which is read and
// compiled as the spec is: one set of checks, and the text can be kept.

import {readFile} from 'node:fs/promises'
import {resolve} from 'node:path'
import {compileTriggers} from '../../../compiler/triggers/compile-triggers.ts'
import {parseExactJson} from '../../../definition/exact-json.ts'
import {type Diagnostic, DiagnosticCollector, type Source} from '../../../diagnostics/diagnostic.ts'
import {MlpipeError} from '../../../diagnostics/mlpipe-error.ts'
import {SpecError} from '../../../diagnostics/spec-error.ts'
import type {SpecMap, SpecValue} from '../../../importer/lift.ts'
import {writeYaml} from '../../../importer/write-yaml.ts'
import {parseTriggersText} from '../../../spec/triggers/parse-triggers.ts'
import type {Trigger, TriggerKind} from '../../../trigger/trigger.ts'
import {quoted} from '../../next-commands.ts'
import type {Project} from '../../open-project.ts'
import type {World} from '../../world.ts'

const kinds = ['schedule', 's3', 'drift', 'model', 'pipeline', 'event'] as const satisfies readonly TriggerKind[]

/** Keys of some kinds, which the flags have as they are. */
const kindKeys = [
  'timezone',
  'window',
  'start',
  'end',
  'via',
  'suffix',
  'marker',
  'by',
  'alarm',
  'endpoint',
  'feature',
  'metric',
  'threshold',
  'namespace',
  'period',
  'on',
  'description',
] as const

type TextKey = (typeof kinds)[number] | (typeof kindKeys)[number]

/** As the flags have it. */
export type TriggerOptions = {readonly [Key in TextKey]?: string | undefined} & {
  /** NAME=VALUE. */
  readonly parameters: readonly string[]
  readonly role?: string | undefined
  readonly retryAttempts?: string | undefined
  readonly maxAge?: string | undefined
  readonly deadLetter?: string | undefined
  readonly disabled: boolean
}

export type DeclaredTrigger = {
  readonly trigger: Trigger
  readonly source: Source
  readonly warnings: readonly Diagnostic[]
}

/** Undefined when no kind is given: then a trigger of the spec is meant. */
export async function declareTrigger(
  name: string | undefined,
  options: TriggerOptions,
  project: Project,
  world: Pick<World, 'cwd' | 'env'>,
): Promise<DeclaredTrigger | undefined> {
  const kind = kinds.find((one) => options[one] !== undefined)
  if (kind === undefined) {
    refuseLeftOver(name, options)
    return undefined
  }
  if (name === undefined) {
    throw usage(`a trigger that is declared here needs a name: mlpipe trigger create NAME --${kind} …`)
  }
  if (project.spec.triggers.some((trigger) => trigger.name === name)) {
    throw new MlpipeError({
      code: 'trigger-declared',
      message: `${project.specPath} declares the trigger "${name}" already`,
      nextSteps: [`mlpipe trigger create ${quoted(name)}  (as the spec has it)`, 'or give this one another name'],
    })
  }
  const event = options.event === undefined ? undefined : eventValue(await eventText(options.event, world.cwd))
  const text = writeYaml({triggers: {[name]: {...triggerMap(options), ...(event === undefined ? {} : {event})}}})
  return compileText(text, project, world)
}

function compileText(text: string, project: Project, {env}: Pick<World, 'env'>): DeclaredTrigger {
  const source = {path: 'command line', text}
  const findings = new DiagnosticCollector()
  const {pipelineName, target, compiled} = project
  const specs = parseTriggersText(text, findings)
  const scope = {pipelineName, target, env, definition: compiled.definition, origin: 'command-line'} as const
  const [trigger] = compileTriggers(specs, scope, findings)
  if (!trigger || findings.hasErrors) throw new SpecError(source, findings.sorted())
  return {trigger, source, warnings: findings.sorted()}
}

function triggerMap(options: TriggerOptions): SpecMap {
  const {parameters, role, retryAttempts, maxAge, deadLetter, disabled} = options
  const retry = {
    ...(retryAttempts === undefined ? {} : {attempts: scalar(retryAttempts)}),
    ...(maxAge === undefined ? {} : {age: maxAge}),
  }
  const texts = [...kinds, ...kindKeys].flatMap((key) => {
    const text = options[key]
    return text === undefined ? [] : [[key, key === 'threshold' ? scalar(text) : text] as const]
  })
  return {
    ...Object.fromEntries(texts),
    ...(disabled ? {enabled: false} : {}),
    ...(parameters.length === 0 ? {} : {parameters: Object.fromEntries(parameters.map(readParameter))}),
    ...(role === undefined ? {} : {role}),
    ...(Object.keys(retry).length === 0 ? {} : {retry}),
    ...(deadLetter === undefined ? {} : {deadLetter}),
  }
}

function readParameter(text: string): readonly [string, SpecValue] {
  const end = text.indexOf('=')
  if (end < 1) throw usage(`--param takes NAME=VALUE, not "${text}"`)
  return [text.slice(0, end), scalar(text.slice(end + 1))]
}

/** Unquoted where YAML reads the very same number or truth value. */
function scalar(text: string): SpecValue {
  if (text === 'true' || text === 'false') return text === 'true'
  const number = Number(text)
  return text !== '' && String(number) === text && Number.isFinite(number) ? number : text
}

/** The pattern itself, or `@FILE`. */
async function eventText(value: string, cwd: string): Promise<string> {
  if (!value.startsWith('@')) return value
  const path = value.slice(1)
  try {
    return (await readFile(resolve(cwd, path), 'utf8')).trim()
  } catch (error) {
    const message = `the event pattern ${path} cannot be read`
    throw new MlpipeError({code: 'unreadable-file', message, cause: error})
  }
}

/** JSON as a mapping, which reads better in a spec; anything else as it is, for the reader to find wrong. */
function eventValue(text: string): SpecValue {
  try {
    return parseExactJson(text) as SpecValue
  } catch {
    return text
  }
}

/** What belongs to a trigger of the spec stands there. */
function refuseLeftOver(name: string | undefined, options: TriggerOptions): void {
  const [word] = wordsOf({...options, role: undefined})
  if (word === undefined) return
  const place = name === undefined ? 'the trigger' : `triggers.${name}`
  throw usage(
    `${word} is for a trigger that is declared here, with --${kinds.join(', --')}: of one that the spec declares, write it under ${place}`,
  )
}

/** The flags again, as they can be pasted into a shell. */
export function wordsOf(options: TriggerOptions): string[] {
  const {parameters, role, retryAttempts, maxAge, deadLetter, disabled} = options
  const flag = (name: string, value: string | undefined) => (value === undefined ? [] : [`--${name} ${quoted(value)}`])
  return [
    ...[...kinds, ...kindKeys].flatMap((key) => flag(key, options[key])),
    ...parameters.flatMap((parameter) => flag('param', parameter)),
    ...flag('role', role),
    ...flag('retry-attempts', retryAttempts),
    ...flag('max-age', maxAge),
    ...flag('dead-letter', deadLetter),
    ...(disabled ? ['--disabled'] : []),
  ]
}

function usage(message: string): MlpipeError {
  return new MlpipeError({code: 'usage', message})
}
