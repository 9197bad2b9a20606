// `outputs:` of the steps whose values are named by the user: Lambda and callback.

import type {Range} from '../../diagnostics/diagnostic.ts'
import {entriesOf, oneOf, type Reader, reader} from '../fields.ts'
import {outputNamesOr} from './short-forms.ts'

const types = ['String', 'Integer', 'Float', 'Boolean'] as const

export type OutputParameterSpec = {
  readonly name: string
  readonly nameRange: Range
  readonly type: (typeof types)[number]
}

type TypeName = {readonly value: (typeof types)[number]}

const entries = outputNamesOr<TypeName>(entriesOf(oneOf(types)), {value: 'String'})

/** `[message, count]`, which are texts, or a mapping from names to types. */
export const outputParameters: Reader<OutputParameterSpec[]> = reader(entries.schema, (node, findings) =>
  entries(node, findings)?.map(({name, nameRange, value: {value: type}}) => ({name, nameRange, type})),
)
