// job → Job: its configuration is one JSON document, passed as text.

import type {Json} from '../../definition/json.ts'
import type {StepOf} from '../../spec/pipeline-spec.ts'
import {isFunctionMap, type Value} from '../../spec/value.ts'
import type {StepCompiler, StepScope} from '../context.ts'
import {compileTags, roleArn} from '../parts/job-parts.ts'
import {ownOrDefault, type Place} from '../place.ts'
import {compileText} from '../values/compile-value.ts'
import {compileJsonText} from '../values/json-text.ts'

/** What the SageMaker Python SDK 3 writes. */
const usualSchemaVersion = '1.0.0'

export const jobCompiler: StepCompiler<StepOf<'job'>> = {
  type: 'Job',
  propertyNames: [],

  compile(step, scope) {
    return {
      Arguments: {
        JobCategory: step.category ? compileText(step.category, scope) : '',
        RoleArn: roleArn(step.role, scope),
        JobConfigSchemaVersion: step.schemaVersion ? compileText(step.schemaVersion, scope) : usualSchemaVersion,
        JobConfigDocument: step.config ? document(step.config, scope) : '',
        ...compileTags(step.tags, scope),
      },
    }
  },

  property: () => 'unknown',

  places: (step, scope) => [
    ['JobCategory', step.category?.range],
    ['RoleArn', ownOrDefault('role', step, scope)],
    ['JobConfigSchemaVersion', step.schemaVersion?.range],
    ['JobConfigDocument', step.config?.range],
    ['Tags', step.keyRanges.get('tags')],
    ...(step.tags ?? []).map(({value}, index): Place => [`Tags[${index}]`, value.range]),
  ],
}

function document(config: Value, scope: StepScope): Json {
  return config.kind === 'map' && !isFunctionMap(config) ? compileJsonText(config, scope) : compileText(config, scope)
}
