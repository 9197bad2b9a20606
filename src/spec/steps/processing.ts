// `type: processing`: a script, or a container's own program, that reads inputs and writes outputs.

import {entriesOf, listOf, optional, scalar, text} from '../fields.ts'
import {jobNetworkField} from '../shapes/network.ts'
import {code, input, jobFields, outputs} from '../shapes/shapes.ts'

export const processingFields = {
  ...jobFields,
  ...jobNetworkField,
  code: optional(code, 'the script, or {dir, entry}'),
  command: optional(listOf(scalar, {allowOne: true}), 'the program, instead of python3 and the script'),
  args: optional(listOf(scalar), 'arguments of the program'),
  inputs: optional(entriesOf(input), 'each lies at /opt/ml/processing/input/<name>'),
  outputs: optional(outputs, 'each is what stands in /opt/ml/processing/output/<name>'),
  reports: optional(entriesOf(text), 'JSON files whose values can be referred to: <output>/<file>'),
}
