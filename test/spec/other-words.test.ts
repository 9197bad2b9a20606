// Words of SageMaker, its SDK and other tools, and the keys and step types that say the same here.

import {expect, it} from 'vitest'
import {suggestKey, suggestKind} from '../../src/spec/other-words.ts'
import {stepKinds, writtenKindNames} from '../../src/spec/step-kinds.ts'

it.each([
  ['training', 'entry_point', 'code'],
  ['training', 'instance_type', 'instance'],
  ['training', 'InstanceCount', 'instance'],
  ['training', 'max_run', 'timeout'],
  ['training', 'hyperparams', 'hyperparameters'],
  ['processing', 'job_arguments', 'args'],
  ['processing', 'property-files', 'reports'],
  ['processing', 'depends_on', 'dependsOn'],
  ['tuning', 'hyperparameter_ranges', 'ranges'],
  ['register', 'approval_status', 'approval'],
  ['condition', 'if_steps', 'then'],
  ['condition', 'when', 'if'],
  ['lambda', 'function_arn', 'function'],
  ['callback', 'sqs_queue_url', 'queue'],
  ['quality-check', 'dataset', 'data'],
  ['fail', 'error_message', 'message'],
  ['fail', 'colour', undefined],
] as const)('a %s step has no %s, it has %s', (kind, written, meant) => {
  expect(suggestKey(written, Object.keys(stepKinds[kind]))).toBe(meant)
})

it.each([
  ['Training', 'training'],
  ['ProcessingStep', 'processing'],
  ['RegisterModel', 'register'],
  ['EndpointConfig', 'endpoint-config'],
  ['QualityCheckStep', 'quality-check'],
  ['train', 'training'],
  ['trainning', 'training'],
  ['quantum', undefined],
])('the step type %s is %s', (written, meant) => {
  expect(suggestKind(written, writtenKindNames)).toBe(meant)
})
