// lambda → Lambda: the inputs are the event, the function and its outputs stand beside the Arguments.

import type {Json} from '../../definition/json.ts'
import type {StepOf} from '../../spec/pipeline-spec.ts'
import type {Value} from '../../spec/value.ts'
import type {StepCompiler, StepScope} from '../context.ts'
import {partitionOf} from '../partition.ts'
import {calledBody, calledPlaces, outputParameter} from '../parts/called-steps.ts'
import {compileText, join, staticText} from '../values/compile-value.ts'

export const lambdaCompiler: StepCompiler<StepOf<'lambda'>> = {
  type: 'Lambda',
  propertyNames: ['outputs.NAME'],

  compile: (step, scope) =>
    calledBody(step, {FunctionArn: step.function ? functionArn(step.function, scope) : ''}, scope),

  property: outputParameter,

  places: (step) => [...calledPlaces(step), ['FunctionArn', step.function?.range]],
}

/** An ARN stays; a name, which may begin with plain text only, gets the target's account and region. */
function functionArn(value: Value, scope: StepScope): Json {
  const known = staticText(value, scope)
  const [first] = value.kind === 'text' ? value.parts : []
  const start = known ?? (typeof first === 'string' ? first : 'arn:')
  if (start.startsWith('arn:')) return known ?? compileText(value, scope)
  const {region, account, name} = scope.target
  if (region === '' || account === undefined) {
    const missing = region === '' ? 'region' : 'account'
    const message = `"${start}" names a function, but the target "${name}" has no ${missing} to look for it in`
    scope.findings.error('missing-key', value.range, message, {
      help: `add \`${missing}:\` to the target, or write the whole ARN`,
    })
    return ''
  }
  return join([`arn:${partitionOf(region)}:lambda:${region}:${account}:function:`, known ?? compileText(value, scope)])
}
