// `local:`: how the embedded engine is to run a step. It goes into definitions for the target `local` only.

import {anyMap, entriesOf, number, oneOf, optional, type Read, record, text, value} from '../fields.ts'

export const localRunners = ['process', 'docker', 'simulate'] as const

const localFields = {
  runner: optional(
    oneOf(localRunners),
    'process: as a process of this machine (the default); docker: in its image, by the docker CLI; simulate: rehearsed, nothing runs',
  ),
  handler: optional(text, 'a Lambda step: the local function, src/notify.py:handler or src/notify.mjs:handler'),
  reports: optional(entriesOf(value), 'simulate: what each report holds'),
  metrics: optional(entriesOf(number(-Number.MAX_VALUE, Number.MAX_VALUE)), 'simulate: the last value of each metric'),
  outputs: optional(entriesOf(value), 'simulate: the values of the outputs of a Lambda or Callback step'),
  properties: optional(anyMap, "simulate: what describing the step's result shows, in the service's own names"),
}

export const localField = {
  local: optional(record(localFields, 'local'), 'how the embedded engine runs the step'),
}

export type LocalSpec = Read<typeof localFields>
