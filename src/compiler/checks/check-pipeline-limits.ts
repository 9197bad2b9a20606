// Limits of what belongs to no step: parameters, and the tags and the description of the pipeline.
// Sources: AWS's JSON schema of pipeline definitions (descriptions, defaults); SageMaker API reference, Parameter (values of
// 1,024 characters), CreatePipeline and Tag.

import {descriptionMaximum, parameterValueMaximum} from '../../definition/names.ts'
import type {Range} from '../../diagnostics/diagnostic.ts'
import type {PipelineSpec, TargetSpec} from '../../spec/pipeline-spec.ts'
import type {Scope} from '../context.ts'

const parameterDescriptionMaximum = 4096
/** Of the 50 that SageMaker allows, mlpipe takes four for what was deployed from what. */
const maximumTags = 46
const tagKeyMaximum = 128
const tagValueMaximum = 256

export function checkPipelineLimits(spec: PipelineSpec, declared: TargetSpec | undefined, scope: Scope): void {
  const overrides = (declared?.parameters ?? []).map(({name, value}) => ({name, value}))
  const defaults = spec.parameters.flatMap(({name, default: value}) => (value ? [{name, value}] : []))
  for (const {name, value} of [...defaults, ...overrides]) {
    checkLength(value.text, parameterValueMaximum, `the value of parameter "${name}"`, value.range, scope)
  }
  for (const {name, nameRange, description} of spec.parameters) {
    const what = `the description of parameter "${name}"`
    checkLength(description ?? '', parameterDescriptionMaximum, what, nameRange, scope)
  }
  if (spec.description) {
    checkLength(spec.description.value, descriptionMaximum, 'the description', spec.description.range, scope)
  }
  checkTags(spec, scope)
}

function checkTags({tags}: PipelineSpec, scope: Scope): void {
  const over = tags[maximumTags]
  if (over) {
    const message = `the pipeline has ${tags.length} tags; SageMaker allows 50, of which mlpipe adds 4`
    scope.findings.error('out-of-range', over.nameRange, message)
  }
  for (const {name, nameRange, value} of tags) {
    checkLength(name, tagKeyMaximum, 'the name of a tag', nameRange, scope)
    checkLength(value.value, tagValueMaximum, `the tag "${name}"`, value.range, scope)
  }
}

function checkLength(text: string, most: number, what: string, range: Range, scope: Scope): void {
  if (text.length <= most) return
  scope.findings.error('out-of-range', range, `${what} has ${text.length} characters; SageMaker allows ${most}`)
}
