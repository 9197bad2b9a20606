// What is nearly right where an event does not match a pattern: the difference that a person would overlook.

import type {EventFields} from '../events/event-fields.ts'
import {type JsonNode, readObject} from '../events/json-nodes.ts'
import type {Mismatch} from '../events/match.ts'
import {fitsWildcard, parseWildcard} from '../events/wildcard.ts'
import {nearestName} from '../text/nearest-name.ts'

/** A sentence; undefined where nothing is near. */
export function nearMiss({path, why, wanted, found}: Mismatch, event: EventFields): string | undefined {
  if (why === 'absent') return nearPath(path, event)
  if (why !== 'no-value-matches') return undefined
  const wishes = wishesOf(wanted)
  const texts = found.flatMap(textOf)
  return (
    nearText(wishes, texts) ??
    nearNumber(wishes, found) ??
    (spelled.has(path) ? nearSpelling(wishes, texts) : undefined)
  )
}

/** Names that somebody chose once: elsewhere a value that is near is a different one. */
const spelled: ReadonlySet<string> = new Set(['source', 'detail-type'])

type Form = 'literal' | 'prefix' | 'suffix' | 'wildcard'
type Wish = {readonly form: Form | 'number' | 'numeric'; readonly text: string}

/** Of the array as the pattern has it, what is said with a text or a number. */
function wishesOf(written: string): Wish[] {
  const read = readObject(`{"wanted":${written}}`)
  const [, list] = (read.kind === 'object' ? read.node.members[0] : undefined) ?? []
  return list?.kind === 'array' ? list.items.flatMap(wishOf) : []
}

function wishOf(node: JsonNode): Wish[] {
  if (node.kind === 'string') return [{form: 'literal', text: node.text}]
  if (node.kind === 'number') return [{form: 'number', text: node.text}]
  const [name, value] = (node.kind === 'object' ? node.members[0] : undefined) ?? []
  if (name === 'numeric') return [{form: 'numeric', text: ''}]
  if (value?.kind !== 'string') return []
  return name === 'prefix' || name === 'suffix' || name === 'wildcard' ? [{form: name, text: value.text}] : []
}

/** Of a JSON text that is a string. */
function textOf(json: string): string[] {
  return json.startsWith('"') ? [String(JSON.parse(json))] : []
}

const slips: readonly {
  readonly change: (text: string) => string
  readonly bothSides: boolean
  readonly says: string
}[] = [
  {change: (text) => text.toLowerCase(), bothSides: true, says: 'only the case of the letters differs'},
  {change: (text) => text.replace(/^\//, ''), bothSides: true, says: 'only the slash at the beginning differs'},
  {change: (text) => text.trim(), bothSides: true, says: 'only blanks at the ends differ'},
]

function nearText(wishes: readonly Wish[], texts: readonly string[]): string | undefined {
  return slips.find(({change}) =>
    wishes.some(({form, text: wish}) => texts.some((text) => accepts(form, change(wish), change(text)))),
  )?.says
}

function accepts(form: Wish['form'], wish: string, text: string): boolean {
  switch (form) {
    case 'literal':
      return text === wish
    case 'prefix':
      return text.startsWith(wish)
    case 'suffix':
      return text.endsWith(wish)
    case 'wildcard': {
      const parsed = parseWildcard(wish)
      return parsed.kind === 'wildcard' && fitsWildcard(text, parsed.parts)
    }
    default:
      return false
  }
}

function nearNumber(wishes: readonly Wish[], found: readonly string[]): string | undefined {
  for (const json of found) {
    const [text] = textOf(json)
    const isNumeric = text !== undefined && text.trim() !== '' && Number.isFinite(Number(text))
    if (isNumeric && wishes.some(({form, text: wish}) => form === 'number' && Number(wish) === Number(text))) {
      return `the event has ${json} as a text, and the pattern wants a number`
    }
    if (isNumeric && wishes.some(({form}) => form === 'numeric')) {
      return `the event has ${json} as a text, which "numeric" does not compare`
    }
    if (text !== undefined) continue
    if (wishes.some(({form, text: wish}) => form === 'literal' && wish === json)) {
      return `the event has ${json} without quotes, and the pattern wants a text`
    }
    if (wishes.some(({form, text: wish}) => form === 'number' && Number(wish) === Number(json))) {
      return 'the same number is written otherwise: EventBridge compares numbers of so many digits by their text'
    }
  }
  return undefined
}

function nearSpelling(wishes: readonly Wish[], texts: readonly string[]): string | undefined {
  const literals = wishes.filter(({form}) => form === 'literal').map(({text}) => text)
  for (const text of texts) {
    const near = nearestName(text, literals)
    if (near !== undefined) return `the event has "${text}", which is close to "${near}": one of them is misspelt`
  }
  return undefined
}

const shortest = 4

/** The field is there under a name that is nearly the same, or what came in is not a whole event. */
function nearPath(path: string, event: EventFields): string | undefined {
  const top = new Map(event.node.members)
  if (top.has('DetailType') || top.has('Detail')) {
    return 'it is an entry for PutEvents, of which EventBridge makes an event with source, detail-type and detail'
  }
  if (path.startsWith('detail.') && top.get('detail')?.kind === 'string') {
    return 'the detail of the event is a text, where an event has an object'
  }
  const paths = [...event.byPath.keys()]
  const sameLetters = paths.find((one) => one.toLowerCase() === path.toLowerCase())
  if (sameLetters !== undefined) return `the event has ${sameLetters}: only the case of the letters differs`
  if (paths.includes(path.replace(/^detail\./, ''))) {
    return `the event has ${path.replace(/^detail\./, '')} at its top: it may be no more than the detail of an event`
  }
  // A name of a letter or two is near to every other.
  const near = path.length < shortest ? undefined : nearestName(path, paths)
  return near === undefined ? undefined : `the event has ${near}`
}
