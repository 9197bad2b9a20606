// `triggers:`, by name: which kind each is, and its keys read by the table of that kind.

import type {DiagnosticCollector, Range} from '../../diagnostics/diagnostic.ts'
import {type Fields, optional, type Read, type Reader, reader, readFields} from '../fields.ts'
import {describeNode, type KeyRanges, keyRangesOf, type MapEntry, type MapNode} from '../node.ts'
import {suggestKey} from '../other-words.ts'
import {readYaml} from '../read-yaml.ts'
import {type TriggerKindName, triggerKindNames, triggerKinds} from './trigger-kinds.ts'

type TriggerPlace = {
  readonly name: string
  readonly nameRange: Range
  readonly range: Range
  readonly keyRanges: KeyRanges
}

/** A trigger of one kind. */
export type TriggerOf<Kind extends TriggerKindName> = Read<(typeof triggerKinds)[Kind]> &
  TriggerPlace & {readonly kind: Kind}

/** A trigger as the spec declares it: typed, with the place of everything, and no meaning yet. */
export type TriggerSpec = {[Kind in TriggerKindName]: TriggerOf<Kind>}[TriggerKindName]

export const triggers: Reader<TriggerSpec[]> = reader(
  {type: 'object', additionalProperties: {$ref: '#/definitions/trigger'}},
  (node, findings) => {
    if (node.kind !== 'map') {
      const message = `expected a mapping from trigger names to triggers, found ${describeNode(node)}`
      findings.error('wrong-type', node.range, message, {
        help: 'the name of a trigger is its key: nightly: {schedule: cron(0 3 * * ? *)}',
      })
      return undefined
    }
    return node.entries.flatMap((entry) => readTrigger(entry, findings) ?? [])
  },
)

const onlyTriggers = {triggers: optional(triggers, 'what starts executions')}

/** The triggers of a text that holds nothing but `triggers:`, as a command line writes it. */
export function parseTriggersText(text: string, findings: DiagnosticCollector): readonly TriggerSpec[] {
  const root = readYaml(text, findings)
  return (root && readFields(root, onlyTriggers, findings, 'the text').triggers) ?? []
}

/** Undefined when it cannot be read. */
function readTrigger({key: name, keyRange, value: node}: MapEntry, findings: DiagnosticCollector) {
  if (node.kind !== 'map') {
    findings.error('wrong-type', node.range, `trigger "${name}" must be a mapping, not ${describeNode(node)}`, {
      help: `say what starts the pipeline: ${name}: {schedule: cron(0 3 * * ? *)}`,
    })
    return undefined
  }
  const kind = readKind(name, keyRange, node, findings)
  if (!kind) return undefined
  const owner = `trigger "${name}" (${kind})`
  const foreign = node.entries.filter(({key}) => otherKindsWith(key, kind).length > 0)
  for (const {key, keyRange: range} of foreign) reportForeignKey(key, range, owner, kind, findings)
  const fields = readFields<Fields>(
    node,
    triggerKinds[kind],
    findings,
    owner,
    foreign.map(({key}) => key),
  )
  // The table chosen by `kind` is the one that read the fields; the compiler cannot follow that through the lookup.
  return {...fields, kind, name, nameRange: keyRange, range: node.range, keyRanges: keyRangesOf(node)} as TriggerSpec
}

/** The kind by the key that stands for it, also where that is written in another tool's word. */
function readKind(
  name: string,
  nameRange: Range,
  node: MapNode,
  findings: DiagnosticCollector,
): TriggerKindName | undefined {
  const named = node.entries.flatMap(({key, keyRange}) => {
    const kind = triggerKindNames.find((known) => known === key)
    return kind ? [{kind, range: keyRange}] : []
  })
  const [first, second] = named
  if (first && second) {
    const message = `trigger "${name}" waits for two things, "${first.kind}" and "${second.kind}"`
    findings.error('exclusive-keys', second.range, message, {
      help: 'each starts the pipeline by itself: give the second a name of its own',
      related: [{range: first.range, message: 'the other one is here'}],
    })
    return undefined
  }
  if (first) return first.kind
  const meant = node.entries.find(({key}) => !isKeyOfSome(key) && suggestKey(key, triggerKindNames) !== undefined)
  if (meant) {
    findings.error('unknown-key', meant.keyRange, `trigger "${name}" has no key "${meant.key}"`, {
      help: `did you mean "${suggestKey(meant.key, triggerKindNames)}"?`,
    })
    return undefined
  }
  findings.error('missing-key', nameRange, `trigger "${name}" does not say what it waits for`, {
    help: `it has one of the keys ${triggerKindNames.join(', ')}`,
  })
  return undefined
}

function reportForeignKey(
  key: string,
  range: Range,
  owner: string,
  kind: TriggerKindName,
  findings: DiagnosticCollector,
): void {
  const kinds = otherKindsWith(key, kind).map((other) => `"${other}"`)
  findings.error('unknown-key', range, `${owner} has no key "${key}"`, {
    help: `it belongs to a trigger with ${kinds.join(' or ')}`,
  })
}

/** The kinds that have the key, where this one has not. */
function otherKindsWith(key: string, kind: TriggerKindName): TriggerKindName[] {
  const withKey = triggerKindNames.filter((other) => Object.hasOwn(triggerKinds[other], key))
  return withKey.includes(kind) ? [] : withKey
}

function isKeyOfSome(key: string): boolean {
  return triggerKindNames.some((kind) => Object.hasOwn(triggerKinds[kind], key))
}
