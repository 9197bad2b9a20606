// Words of SageMaker's that people write in small letters as well.

import {type Reader, reader} from './fields.ts'
import {plainText} from './parse-reference.ts'
import type {Located} from './value.ts'

/** One of the choices in any case; read as SageMaker writes it. */
export function oneOfAnyCase<T extends string>(choices: readonly T[]): Reader<Located<T>> {
  const written = choices.flatMap((choice) => [...new Set<string>([choice, choice.toLowerCase()])])
  return reader({enum: written}, (node, findings) => {
    const text = plainText(node, findings)
    if (text === undefined) return undefined
    const choice = choices.find((known) => known.toLowerCase() === text.toLowerCase())
    if (choice !== undefined) return {value: choice, range: node.range}
    findings.error('not-in-enum', node.range, `"${text}" is not one of ${choices.join(', ')}`)
    return undefined
  })
}
