// Step kinds without short names of their own: `api:` is the whole request.

import type {StepSpec} from '../../spec/pipeline-spec.ts'
import type {StepCompiler} from '../context.ts'
import {cacheConfig, retryPolicies} from '../parts/job-parts.ts'

type RequestOnlySpec = Extract<StepSpec, {readonly cache: unknown; readonly retry: unknown}>

export function requestOnly<S extends RequestOnlySpec>(type: string): StepCompiler<S> {
  return {
    type,
    propertyNames: [],
    compile(step, scope) {
      return {Arguments: {}, ...cacheConfig(step.cache ?? scope.defaults.cache), ...retryPolicies(step.retry)}
    },
    property: () => 'unknown',
    places: (step) => [['CacheConfig', step.keyRanges.get('cache')]],
  }
}
