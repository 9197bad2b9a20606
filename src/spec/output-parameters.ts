// `outputs:` of the steps whose values are named by the user: Lambda and callback.

import type {Range} from '../diagnostics/diagnostic.ts'
import {entriesOf, listOf, oneOf, type Reader, reader, text} from './fields.ts'
import {either} from './shapes.ts'

const types = ['String', 'Integer', 'Float', 'Boolean'] as const

export type OutputParameterSpec = {
  readonly name: string
  readonly nameRange: Range
  readonly type: (typeof types)[number]
}

const names = listOf(text)
const typed = entriesOf(oneOf(types))

/** `[message, count]`, which are texts, or a mapping from names to types. */
export const outputParameters: Reader<OutputParameterSpec[]> = reader(
  either(names.schema, typed.schema),
  (node, findings) => {
    if (node.kind === 'map') {
      return typed(node, findings)?.map(({name, nameRange, value}) => ({name, nameRange, type: value.value}))
    }
    const seen = new Set<string>()
    return names(node, findings)?.flatMap(({value: name, range}) => {
      if (seen.has(name)) findings.error('duplicate-key', range, `the output "${name}" is listed twice`)
      const isNew = !seen.has(name)
      seen.add(name)
      return isNew ? [{name, nameRange: range, type: 'String' as const}] : []
    })
  },
)
