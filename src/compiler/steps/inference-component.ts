// inference-component → InferenceComponent (CreateInferenceComponent's request).

import type {JsonObject} from '../../definition/json.ts'
import type {StepOf} from '../../spec/pipeline-spec.ts'
import type {StepCompiler, StepScope} from '../context.ts'
import {checkModelName, checkName, nameMaximum, ownName} from '../parts/endpoint-parts.ts'
import {compileTags, retryPolicies, unlessEmpty} from '../parts/job-parts.ts'
import {compileNumber} from '../values/compile-typed.ts'
import {compileText} from '../values/compile-value.ts'
import {shortNames} from '../values/short-names.ts'

type InferenceComponentSpec = StepOf<'inference-component'>

/** Source: InferenceComponentComputeResourceRequirements. */
const limits = {
  memory: {least: 128, isWhole: true},
  cpus: {least: 0.25, isWhole: false},
  accelerators: {least: 1, isWhole: false},
  copies: {least: 0, isWhole: true},
}

export const inferenceComponentCompiler: StepCompiler<InferenceComponentSpec> = {
  type: 'InferenceComponent',
  ...shortNames({name: 'InferenceComponentName', arn: 'InferenceComponentArn'}),

  compile(step, scope) {
    checkName(step.component, 'an inference component', scope)
    checkName(step.endpoint, 'an endpoint', scope)
    checkName(step.variant, 'a variant', scope)
    checkModelName(step.model, scope)
    const requirements = computeRequirements(step, scope)
    const {copies} = step
    return {
      Arguments: {
        InferenceComponentName: step.component ? compileText(step.component, scope) : ownName(scope, nameMaximum),
        EndpointName: step.endpoint ? compileText(step.endpoint, scope) : '',
        VariantName: step.variant ? compileText(step.variant, scope) : 'AllTraffic',
        Specification: {
          ...(step.model ? {ModelName: compileText(step.model, scope)} : {}),
          ...unlessEmpty('ComputeResourceRequirements', requirements),
        },
        RuntimeConfig: {CopyCount: copies ? compileNumber(copies, 'the number of copies', limits.copies, scope) : 1},
        ...compileTags(step.tags, scope),
      },
      ...retryPolicies(step.retry),
    }
  },

  places(step) {
    const needs = 'Specification.ComputeResourceRequirements'
    return [
      ['InferenceComponentName', step.component?.range],
      ['EndpointName', step.endpoint?.range],
      ['VariantName', step.variant?.range],
      ['Specification.ModelName', step.model?.range],
      [`${needs}.MinMemoryRequiredInMb`, step.memory?.range],
      [`${needs}.NumberOfCpuCoresRequired`, step.cpus?.range],
      [`${needs}.NumberOfAcceleratorDevicesRequired`, step.accelerators?.range],
      ['RuntimeConfig.CopyCount', step.copies?.range],
      ['Tags', step.keyRanges.get('tags')],
    ]
  },
}

/** Empty for an adapter, which lives on what the component below it has. */
function computeRequirements(step: InferenceComponentSpec, scope: StepScope): JsonObject {
  const {memory, cpus, accelerators} = step
  if (!memory && (step.model || cpus || accelerators)) {
    scope.findings.error('missing-key', step.nameRange, `step "${step.name}" has no "memory"`, {
      help: 'memory: what each copy needs, in MB',
    })
  }
  return {
    ...(cpus ? {NumberOfCpuCoresRequired: compileNumber(cpus, 'the CPU cores', limits.cpus, scope)} : {}),
    ...(accelerators
      ? {
          NumberOfAcceleratorDevicesRequired: compileNumber(
            accelerators,
            'the accelerators',
            limits.accelerators,
            scope,
          ),
        }
      : {}),
    ...(memory ? {MinMemoryRequiredInMb: compileNumber(memory, 'the memory', limits.memory, scope)} : {}),
  }
}
