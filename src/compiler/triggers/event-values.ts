// The values that a trigger takes out of its events, looked for in a sample of them: a field that they do not have, a text
// where the parameter wants a number.

import {parseParameterValue} from '../../definition/parameter-value.ts'
import type {ParameterDefinition} from '../../definition/types.ts'
import {parseEventPath, textAtPath} from '../../events/event-path.ts'
import {type JsonNode, type ObjectNode, readObject} from '../../events/json-nodes.ts'
import type {TriggerSpec} from '../../spec/triggers/parse-triggers.ts'
import {nearestName} from '../../text/nearest-name.ts'
import {sampleEvent} from '../../trigger/samples/sample-event.ts'
import type {TriggerSource} from '../../trigger/trigger.ts'
import {pathProblem} from './event-paths.ts'
import {type Findings, startedArn} from './trigger-scope.ts'

/** Whether the documentation lists all fields: of the others a sample has only some. */
function isWhole(source: TriggerSource): boolean {
  return source.kind === 's3' || source.kind === 'pipeline' || source.kind === 'schedule'
}

/** Fields that are there at times. */
const optionalPaths: ReadonlySet<string> = new Set(['$.detail.object.version-id'])

/** Paths that are none were reported before. */
export function checkEventValues(spec: TriggerSpec, source: TriggerSource, scope: Findings): void {
  const event = sampleOf(source, scope)
  if (!event) return
  for (const {name, value} of spec.parameters ?? []) {
    const written = value.kind === 'literal' ? {value: value.text, range: value.range} : undefined
    const steps = written && parseEventPath(written.value)
    const parameter = scope.definition.Parameters.find(({Name}) => Name === name)
    if (!written || !steps || !parameter || pathProblem(written.value)) continue
    const found = textAtPath(event, steps)
    if (found === undefined) warnOfMissing(written, event, isWhole(source), spec.name, scope)
    else checkType(parameter, written, found, scope)
  }
}

type Written = {readonly value: string; readonly range: TriggerSpec['range']}

function sampleOf(source: TriggerSource, scope: Findings): ObjectNode | undefined {
  // All that is known of such events is what their pattern says.
  if (source.kind === 'event') return undefined
  const place = {
    pipelineArn: startedArn(scope),
    ruleName: 'rule',
    id: '00000000-0000-4000-8000-000000000000',
    timeMs: 0,
  }
  const sample = sampleEvent(source, place)
  const read = sample.kind === 'event' ? readObject(sample.text) : undefined
  return read?.kind === 'object' ? read.node : undefined
}

function warnOfMissing(
  {value: path, range}: Written,
  event: ObjectNode,
  areAllFieldsKnown: boolean,
  triggerName: string,
  {findings}: Findings,
): void {
  if (optionalPaths.has(path)) return
  const meant = meantPath(path, pathsIn(event, '$'))
  if (meant === undefined && !areAllFieldsKnown) return
  const help =
    meant === undefined ? `mlpipe trigger test ${triggerName} --sample shows such an event` : `did you mean "${meant}"?`
  const message = `the events that it waits for have no ${path}: executions could not be started`
  findings.warning('trigger-parameter', range, message, {help})
}

/** The field of that name elsewhere, or the path that is written nearly so. */
function meantPath(path: string, known: readonly string[]): string | undefined {
  const name = path.slice(path.lastIndexOf('.'))
  return known.find((one) => one.endsWith(name)) ?? nearestName(path, known)
}

function pathsIn(node: JsonNode, path: string): string[] {
  if (node.kind !== 'object') return [path]
  return node.members.flatMap(([name, member]) => pathsIn(member, `${path}.${name}`))
}

function checkType(
  {Name: name, Type: type}: ParameterDefinition,
  {value: path, range}: Written,
  found: string,
  {findings}: Findings,
): void {
  if (parseParameterValue(type, found) !== undefined) return
  const message = `"${name}" is of type ${type}, and ${path} is a text, such as "${found}"`
  findings.error('trigger-parameter', range, message)
}
