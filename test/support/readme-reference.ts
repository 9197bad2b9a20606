// The reference in the README, as Markdown: out of the tables that read the spec, like `mlpipe explain` and the schema.
import type {ExplainResult} from '../../src/actions/explain.ts'
import {explain} from '../../src/actions/explain.ts'

type Key = Extract<ExplainResult, {kind: 'key'}>['keys'][number]

const begin = '<!-- reference: written by npm run golden -->'
const end = '<!-- end of reference -->'

/** The README with a new reference between its markers. Throws when they are not there. */
export function withReference(readme: string): string {
  const from = readme.indexOf(begin)
  const to = readme.indexOf(end)
  if (from === -1 || to < from) throw new Error(`README.md needs the lines ${begin} and ${end}`)
  return `${readme.slice(0, from + begin.length)}\n\n${reference()}\n${readme.slice(to)}`
}

/** Keys that steps share are told once: those of every step, and those of the steps that run a job. */
type Shared = {readonly everyStep: readonly Key[]; readonly jobs: readonly Key[]}

function reference(): string {
  const {stepTypes, triggerKinds, keys} = answer('index')
  const shared = sharedKeys()
  return [
    'A key with `*` must be there. A *value* may hold `${...}`, a *text* may not. `mlpipe explain KEY` tells the same.',
    '**At the top of the spec**',
    table(keys.map(({name}) => answer('key', name))),
    ...keys.flatMap(({name}) => (name === 'triggers' ? [] : topSection(name, shared))),
    '**In every step**, beside `type`',
    table(shared.everyStep),
    '**In steps that run a job**',
    nested(shared.jobs),
    '**By type of step**',
    ...stepTypes.map(({name}) => stepSection(name, shared)),
    '**In every trigger**',
    nested(sharedTriggerKeys()),
    '**By kind of trigger**, which the first key says; values in a trigger may hold `${target...}`, `${env...}` and `${pipeline.name}`',
    ...triggerKinds.map(({name}) => triggerSection(name)),
  ].join('\n\n')
}

/** The keys below one at the top; those of jobs, which `defaults` has too, are told with the jobs. */
function topSection(name: string, {jobs}: Shared): string[] {
  const {keys} = answer('key', name)
  return keys.length === 0 ? [] : [details(`<code>${name}</code>`, [...ownKeys(keys, jobs)].join('\n\n'))]
}

function stepSection(name: string, {everyStep, jobs}: Shared): string {
  const {description, keys, references, example, stepType} = answer('step-type', name)
  const own = keys.filter((key) => key.name !== 'type' && !isAmong(everyStep, key))
  const paths = references.map((path) => `\`\${steps.STEP.${path}}\``)
  return details(
    `<code>${name}</code> ${description}`,
    [
      ...(stepType === '' ? [] : [`SageMaker's name: ${stepType}.`]),
      ...ownKeys(own, jobs),
      ...(paths.length === 0 ? [] : [`References to it: ${paths.join(', ')}.`]),
      `\`\`\`yaml\n${example}\`\`\``,
    ].join('\n\n'),
  )
}

function triggerSection(name: string): string {
  const {description, keys, example} = answer('trigger-kind', name)
  const shared = sharedTriggerKeys()
  const own = keys.filter((key) => !isAmong(shared, key))
  return details(
    `<code>${name.replace('triggers.', '')}</code> ${description}`,
    [table(own), `\`\`\`yaml\n${example}\`\`\``].join('\n\n'),
  )
}

/** Keys that every kind of trigger has. */
function sharedTriggerKeys(): Key[] {
  const {keys} = answer('trigger-kind', 'triggers.event')
  return keys.filter((key) => isAmong(answer('trigger-kind', 'triggers.model').keys, key))
}

function ownKeys(keys: readonly Key[], jobs: readonly Key[]): string[] {
  const own = keys.filter((key) => !isAmong(jobs, key))
  const asJobs = keys.filter((key) => isAmong(jobs, key)).map((key) => `\`${key.name}\``)
  return [
    ...(own.length === 0 ? [] : [nested(own)]),
    ...(asJobs.length === 0 ? [] : [`As in every job: ${asJobs.join(', ')}.`]),
  ]
}

function sharedKeys(): Shared {
  const {keys: fail} = answer('step-type', 'fail')
  const {keys: training} = answer('step-type', 'training')
  const {keys: processing} = answer('step-type', 'processing')
  const everyStep = fail.filter((key) => key.name !== 'type' && isAmong(training, key))
  const jobs = training.filter((key) => key.name !== 'type' && isAmong(processing, key) && !isAmong(everyStep, key))
  return {everyStep, jobs}
}

function isAmong(keys: readonly Key[], {name, ...rest}: Key): boolean {
  const same = keys.find((key) => key.name === name)
  return same !== undefined && JSON.stringify({...same, name}) === JSON.stringify({name, ...rest})
}

/** A table of the keys, with those inside of them as `outer.inner` below. */
function nested(keys: readonly Key[]): string {
  return table(keys.flatMap((key) => withInner(key, '')))
}

function withInner(key: Key, prefix: string): Key[] {
  const name = `${prefix}${key.name}`
  return [{...key, name}, ...key.keys.flatMap((inner) => withInner(inner, `${name}.`))]
}

function table(keys: readonly Key[]): string {
  const rows = keys.map(
    ({name, isRequired, form, description}) =>
      `| \`${name}\`${isRequired ? ' *' : ''} | ${escaped(form)} | ${escaped(description)} |`,
  )
  return ['| key | takes | |', '|---|---|---|', ...rows].join('\n')
}

function details(summary: string, body: string): string {
  return `<details><summary>${summary}</summary>\n\n${body}\n\n</details>`
}

/** References stand as code: GitHub takes what is between two dollar signs for mathematics. */
function escaped(text: string): string {
  const plain = text.replaceAll('|', '\\|').replaceAll('<', '&lt;').replaceAll('*', '\\*')
  return plain.replaceAll(/\$\{[^}]*\}/g, '`$&`')
}

function answer<Kind extends ExplainResult['kind']>(kind: Kind, topic?: string) {
  const result = explain(topic)
  if (result.kind !== kind) throw new Error(`${topic} is a ${result.kind}, not a ${kind}`)
  return result as Extract<ExplainResult, {kind: Kind}>
}
