// Paths into events, as the values of parameters: EventBridge takes one as a whole, and joins nothing.

import {parseEventPath} from '../../events/event-path.ts'
import {nearestName} from '../../text/nearest-name.ts'

/** What begins like a path is one; EventBridge knows `$.` and `$[`. */
export function isPath(text: string): boolean {
  return /^\$(?:[.[]|$)/.test(text)
}

/** EventBridge User Guide, "Event structure reference". */
const envelopeFields = ['version', 'id', 'detail-type', 'source', 'account', 'time', 'region', 'resources', 'detail']
const innerPath = new RegExp(`\\$\\.(?:${envelopeFields.join('|')})\\b[\\w.-]*`, 'g')

type Problem = {readonly message: string; readonly help: string}

/** What is wrong with a text that has a path in it; undefined for a right one, and for a constant. */
export function pathProblem(text: string): Problem | undefined {
  const paths = text.match(innerPath) ?? []
  if (paths.length > 1 || (paths.length === 1 && !isPath(text))) return concatenation(text, paths)
  if (!isPath(text)) return undefined
  const steps = parseEventPath(text)
  if (!steps || steps.length === 0) {
    return {
      message: 'is no path into an event',
      help: 'names behind dots, indices and quoted names in brackets: $.detail.object.key, $.resources[0]',
    }
  }
  // Only quoted names have other characters.
  const end = text.replace(/\['[^']*'\]|\["[^"]*"\]/g, (quoted) => '_'.repeat(quoted.length)).search(/[^\w.$[\]-]/)
  if (end !== -1) return concatenation(text, [text.slice(0, end)])
  const first = String(steps[0])
  if (envelopeFields.includes(first)) return undefined
  const meant = nearestName(first, envelopeFields)
  const right = meant === undefined ? `$.detail${text.slice(1)}` : text.replace(first, meant)
  return {
    message: `begins with "${first}", but an event has ${envelopeFields.join(', ')}`,
    help: `did you mean "${right}"?`,
  }
}

/** EventBridge takes a value that is a path as a whole, and joins nothing. */
function concatenation(text: string, paths: readonly string[]): Problem {
  const own = paths.map((path) => ({path, name: path.replace(/^.*[.']/, '').replace(/\W/g, '') || 'value'}))
  const given = own.map(({name, path}) => `${name}: ${path}`).join(', ')
  const joined = own.reduce((rest, {name, path}) => rest.replace(path, () => `\${parameters.${name}}`), text)
  return {
    message: 'joins a path with other text, which EventBridge does not do',
    help: `give each path to a parameter of its own, {${given}}, and join them in the step: ${joined}`,
  }
}
