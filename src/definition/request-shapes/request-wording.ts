// What is wrong with a request, in words for the person who wrote it.

import {nearestName, suggestName} from '../../text/nearest-name.ts'
import type {Json} from '../json.ts'
import type {RangeProblem, RequestFinding, WantedType} from './check-request.ts'
import type {Limit} from './limits.ts'

export type Wording = {readonly message: string; readonly help?: string}

export function describeFinding(finding: RequestFinding): Wording {
  switch (finding.kind) {
    case 'unknown-member':
      return withHelp(
        `${ownerName(finding.owner)} has no member "${finding.member}"`,
        suggestName(finding.member, finding.known),
      )
    case 'missing-member':
      return {message: `${ownerName(finding.owner)} needs "${finding.member}"`}
    case 'wrong-type':
      return {message: `${finding.path} takes ${wantedNames[finding.wanted]}, not ${describeValue(finding.found)}`}
    case 'wrong-reference':
      return describeReference(finding)
    case 'not-in-enum':
      return describeChoice(finding)
    case 'out-of-range':
      return {message: `${finding.path} ${describeRange(finding.problem, finding.limit)}`}
  }
}

function withHelp(message: string, help: string | undefined): Wording {
  return help === undefined ? {message} : {message, help}
}

/** The operation, where the structure is a request; else its name in the API reference. */
function ownerName(structure: string): string {
  const operation = /^(Create\w+?)(?:Request|Input)$/.exec(structure)?.[1]
  if (operation !== undefined) return operation
  const stepType = /^(\w+)Arguments$/.exec(structure)?.[1]
  return stepType === undefined ? structure : `the request of ${stepType}`
}

const wantedNames: Readonly<Record<WantedType, string>> = {
  String: 'a text',
  Number: 'a number',
  Boolean: 'true or false',
  List: 'a list',
  Map: 'a mapping',
  Structure: 'a mapping',
}

function describeValue(value: Json): string {
  if (Array.isArray(value)) return 'a list'
  if (typeof value === 'number') return `the number ${value}`
  if (typeof value === 'boolean') return String(value)
  return typeof value === 'string' ? `the text "${shortened(value)}"` : 'a mapping'
}

function shortened(text: string): string {
  return text.length > 40 ? `${text.slice(0, 40)}…` : text
}

function describeReference({
  path,
  wanted,
  target,
  type,
}: Extract<RequestFinding, {readonly kind: 'wrong-reference'}>): Wording {
  const what = target === undefined ? 'a Std:Join gives a String' : `${target} is ${article(type)}`
  const message = `${path} takes ${wantedNames[wanted]}, but ${what}`
  if (wanted !== 'String' || target === undefined) return {message}
  return {message, help: `cast it: {Std:Join: {On: "", Values: [{Get: ${target}}]}}`}
}

function article(type: string): string {
  return type === 'Integer' ? 'an Integer' : `a ${type}`
}

/** More choices than this are not listed. */
const mostChoices = 12

function describeChoice({value, enumName, choices}: Extract<RequestFinding, {readonly kind: 'not-in-enum'}>): Wording {
  const nearest = nearestName(value, choices)
  const help = nearest === undefined ? undefined : `did you mean "${nearest}"?`
  if (choices.length > mostChoices) return withHelp(`"${value}" is no ${enumName} that is known`, help)
  return withHelp(`"${value}" is not one of ${choices.join(', ')}`, help)
}

function describeRange({of, value}: RangeProblem, limit: Limit): string {
  switch (of) {
    case 'count':
      return `has ${value} ${value === 1 ? 'item' : 'items'}; SageMaker allows ${describeBounds(limit)}`
    case 'key-length':
      return `has a name of ${value} characters; SageMaker allows ${limit.keyLength}`
    case 'text-length':
      return `has ${value} characters; SageMaker allows ${limit.textLength}`
    case 'whole-number':
      return `takes a whole number, not ${value}`
    case 'number':
      return `is ${value}; SageMaker allows ${describeBounds(limit)}`
  }
}

function describeBounds({least, most}: Limit): string {
  if (least === undefined) return `${most} at most`
  return most === undefined ? `${least} at least` : `${least} to ${most}`
}
