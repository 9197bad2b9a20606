// In specs that use every key of a step kind, each compiled value has a place in the spec, but for what the compiler adds by
// itself: that falls to the step's name.

import {expect, it} from 'vitest'
import {openProject} from '../../src/actions/open-project.ts'
import {specPlace} from '../../src/compiler/places.ts'
import {flattenSteps} from '../../src/definition/flat-steps.ts'
import {jsonLeaves} from '../../src/definition/json-difference.ts'
import {goldenCases} from '../support/golden.ts'
import {place} from '../support/place.ts'

const added = {
  automl: [
    'model ExecutionRoleArn',
    'register InferenceSpecification.SupportedContentTypes[0]',
    'register InferenceSpecification.SupportedResponseMIMETypes[0]',
    'register ModelApprovalStatus',
    'short AutoMLJobConfig.Mode',
    'short OutputDataConfig.S3OutputPath',
    'short RoleArn',
  ],
  jobs: [
    ...['own-interpreter', 'own-program'].flatMap((step) => [
      `${step} AlgorithmSpecification.TrainingInputMode`,
      `${step} OutputDataConfig.S3OutputPath`,
      `${step} RoleArn`,
      `${step} StoppingCondition.MaxRuntimeInSeconds`,
    ]),
    'prepare RoleArn',
    'train AlgorithmSpecification.TrainingInputMode',
    'train OutputDataConfig.S3OutputPath',
    'train RoleArn',
    'train StoppingCondition.MaxRuntimeInSeconds',
  ],
  transform: ['short TransformOutput.S3OutputPath'],
  serving: [
    'image-only ExecutionRoleArn',
    'of-package ExecutionRoleArn',
    'register InferenceSpecification.SupportedResponseMIMETypes[0]',
    'register ModelApprovalStatus',
    'register-several InferenceSpecification.SupportedContentTypes[0]',
    'register-several InferenceSpecification.SupportedResponseMIMETypes[0]',
    'register-several ModelApprovalStatus',
    'several ExecutionRoleArn',
    'train AlgorithmSpecification.TrainingInputMode',
    'train OutputDataConfig.S3OutputPath',
    'train ResourceConfig.InstanceCount',
    'train ResourceConfig.InstanceType',
    'train ResourceConfig.VolumeSizeInGB',
    'train RoleArn',
    'train StoppingCondition.MaxRuntimeInSeconds',
  ],
  tuning: [
    'grid HyperParameterTuningJobConfig.ResourceLimits.MaxParallelTrainingJobs',
    'grid TrainingJobDefinition.AlgorithmSpecification.TrainingInputMode',
    'grid TrainingJobDefinition.OutputDataConfig.S3OutputPath',
    'grid TrainingJobDefinition.RoleArn',
    'grid TrainingJobDefinition.StoppingCondition.MaxRuntimeInSeconds',
    'model ExecutionRoleArn',
    'second ExecutionRoleArn',
    'tune TrainingJobDefinition.AlgorithmSpecification.TrainingInputMode',
    'tune TrainingJobDefinition.OutputDataConfig.S3OutputPath',
    'two HyperParameterTuningJobConfig.Strategy',
  ],
}

it.each(Object.entries(added))('finds a place for all that "%s" compiles to', async (name, expected) => {
  const directory = goldenCases('specs/ok').find((golden) => golden.name === name)?.directory ?? ''
  const {spec, compiled} = await openProject({file: 'pipeline.yaml'}, place(directory))
  const unplaced = flattenSteps(compiled.definition).flatMap(({step}) => {
    const own = spec.steps.find((one) => one.name === step.Name)?.nameRange
    return jsonLeaves(step.Arguments)
      .filter(({path}) => specPlace(spec, step.Name, path)?.start === own?.start)
      .map(({path}) => `${step.Name} ${path}`)
  })
  expect(unplaced.sort()).toEqual(expected)
})
