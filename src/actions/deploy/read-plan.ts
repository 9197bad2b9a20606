// A plan file's text to a plan: whatever is in the file, what comes out has the shape of a plan.

import type {Tag} from '../../cloud/ports.ts'
import type {Upload} from '../../compiler/context.ts'
import type {BundleFile} from '../../project/bundle.ts'
import type {PipelineSettings} from '../pipeline-settings.ts'
import type {NamedParameter} from './deploy-result.ts'
import type {LocalUpload} from './deployment.ts'
import type {Against, PlanFile} from './plan-file.ts'

/** A text with what is wrong with it. */
export class PlanShapeError extends Error {}

type Members = Readonly<Record<string, unknown>>

/** `changes` are left out: they are for people, and found again. */
export function readPlan(text: string): Omit<PlanFile, 'changes'> {
  const plan = members(parse(text), 'the file')
  if (plan['kind'] !== 'mlpipe-plan') throw new PlanShapeError('it is no plan of mlpipe')
  if (plan['formatVersion'] !== 1) throw new PlanShapeError('it is a plan of another version of mlpipe')
  const spec = members(plan['spec'], 'spec')
  return {
    formatVersion: 1,
    kind: 'mlpipe-plan',
    version: string(plan, 'version'),
    createdAt: string(plan, 'createdAt'),
    pipeline: string(plan, 'pipeline'),
    target: readTarget(members(plan['target'], 'target')),
    spec: {file: string(spec, 'file'), sha256: string(spec, 'sha256')},
    against: readAgainst(members(plan['against'], 'against')),
    definition: string(plan, 'definition'),
    settings: readSettings(members(plan['settings'], 'settings')),
    origin: list(plan, 'origin', (tag): Tag => ({key: string(tag, 'key'), value: string(tag, 'value')})),
    uploads: list(plan, 'uploads', readUpload),
    groups: array(plan, 'groups').map((group) => (typeof group === 'string' ? group : wrong('groups'))),
    parameters: list(
      plan,
      'parameters',
      (one): NamedParameter => ({name: string(one, 'name'), type: string(one, 'type'), ...optional(one, 'default')}),
    ),
    steps: list(plan, 'steps', (one) => ({name: string(one, 'name'), type: string(one, 'type')})),
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new PlanShapeError('it is no JSON')
  }
}

function readTarget(target: Members): PlanFile['target'] {
  const kind = string(target, 'kind')
  return {
    name: string(target, 'name'),
    kind: kind === 'local' || kind === 'aws' ? kind : wrong('target.kind'),
    region: string(target, 'region'),
    role: string(target, 'role'),
    bucket: string(target, 'bucket'),
    ...optional(target, 'account'),
    ...optional(target, 'profile'),
  }
}

function readAgainst(against: Members): Against {
  if (against['state'] === 'absent') return {state: 'absent'}
  return {
    state: 'deployed',
    arn: string(against, 'arn'),
    modifiedAt: string(against, 'modifiedAt'),
    definitionSha256: string(against, 'definitionSha256'),
    ...readSettings(against),
  }
}

function readSettings(settings: Members): PipelineSettings {
  const {parallelism} = settings
  const tags = Object.entries(members(settings['tags'], 'tags'))
  return {
    roleArn: string(settings, 'roleArn'),
    ...optional(settings, 'description'),
    ...(typeof parallelism === 'number' ? {parallelism} : {}),
    tags: Object.fromEntries(tags.map(([key, value]) => [key, typeof value === 'string' ? value : wrong('tags')])),
  }
}

function readUpload(upload: Members): LocalUpload {
  return {
    uri: string(upload, 'uri'),
    source: string(upload, 'source'),
    form: readForm(upload),
    bytes: number(upload, 'bytes'),
    files: list(
      upload,
      'files',
      (file): BundleFile => ({
        name: string(file, 'name'),
        path: string(file, 'path'),
        bytes: number(file, 'bytes'),
        sha256: string(file, 'sha256'),
      }),
    ),
  }
}

function readForm({form}: Members): Upload['form'] {
  return form === 'file' || form === 'folder' || form === 'archive' ? form : wrong('uploads.form')
}

function members(value: unknown, what: string): Members {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return wrong(what)
  return Object.fromEntries(Object.entries(value))
}

function array(within: Members, name: string): unknown[] {
  const value = within[name]
  return Array.isArray(value) ? value : wrong(name)
}

function list<Item>(within: Members, name: string, read: (item: Members) => Item): Item[] {
  return array(within, name).map((item) => read(members(item, name)))
}

function string(within: Members, name: string): string {
  const value = within[name]
  return typeof value === 'string' ? value : wrong(name)
}

function number(within: Members, name: string): number {
  const value = within[name]
  return typeof value === 'number' ? value : wrong(name)
}

function optional<Name extends string>(within: Members, name: Name): {readonly [Key in Name]?: string} {
  const value = within[name]
  if (value === undefined) return {}
  const found: {[Key in Name]?: string} = {}
  found[name] = typeof value === 'string' ? value : wrong(name)
  return found
}

function wrong(what: string): never {
  throw new PlanShapeError(`its ${what} is not what mlpipe writes there`)
}
