// Which attributes of a step decide whether SageMaker reuses an earlier run of it.
// Source: Developer Guide, "Caching pipeline steps", table "Default cache key attributes by pipeline step type".

/**
 * Attributes by step type; a dot leads into a member. Check steps: the guide names CheckJobConfig and the check's own
 * configuration, which the SDK writes as members of a processing job's request, beside the envelope's keys.
 */
const attributesByType: Readonly<Record<string, readonly string[]>> = {
  Processing: ['AppSpecification', 'Environment', 'ProcessingInputs'],
  Training: [
    'AlgorithmSpecification',
    'CheckpointConfig',
    'DebugHookConfig',
    'DebugRuleConfigurations',
    'Environment',
    'HyperParameters',
    'InputDataConfig',
  ],
  Tuning: [
    'HyperParameterTuningJobConfig',
    'TrainingJobDefinition.AlgorithmSpecification',
    'TrainingJobDefinition.HyperParameterRanges',
    'TrainingJobDefinition.InputDataConfig',
    'TrainingJobDefinition.StaticHyperParameters',
    'TrainingJobDefinition.TuningObjective',
    'TrainingJobDefinitions',
  ],
  AutoML: [
    'AutoMLJobConfig.CompletionCriteria',
    'AutoMLJobConfig.CandidateGenerationConfig',
    'AutoMLJobConfig.DataSplitConfig',
    'AutoMLJobConfig.Mode',
    'AutoMLJobObjective',
    'InputDataConfig',
    'ProblemType',
  ],
  Transform: ['DataProcessing', 'Environment', 'ModelName', 'TransformInput'],
  ClarifyCheck: [...checkAttributes(), 'ModelName'],
  QualityCheck: [...checkAttributes(), 'SuppliedBaselineStatistics'],
  EMR: ['ClusterId', 'StepConfig'],
}

/** The key attributes of a step type; none when steps of the type are never reused. */
export function keyAttributes(type: string): readonly string[] {
  return Object.hasOwn(attributesByType, type) ? (attributesByType[type] ?? []) : []
}

/** Whether the guide lists the type. The SDK writes a CacheConfig for Lambda, Callback and EMRServerless too; no page says that it counts. */
export function isCacheable(type: string): boolean {
  return keyAttributes(type).length > 0
}

function checkAttributes(): string[] {
  return [
    'AppSpecification',
    'Environment',
    'NetworkConfig',
    'ProcessingInputs',
    'ProcessingResources',
    'RoleArn',
    'StoppingCondition',
    'Tags',
    'CheckType',
    'ModelPackageGroupName',
    'RegisterNewBaseline',
    'SkipCheck',
    'SuppliedBaselineConstraints',
  ]
}
