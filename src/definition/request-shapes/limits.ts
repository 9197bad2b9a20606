// Limits of members, which the client's schemas do not have: how many items or entries, the length of keys and of texts in
// them, the range of numbers, and which numbers must be whole. Source: SageMaker API reference, the request and the types in
// it, as botocore 1.43 carries them. Looked up by `Structure.Member`.

export type Limit = {
  readonly least?: number
  readonly most?: number
  readonly keyLength?: number
  readonly textLength?: number
  readonly isWhole: boolean
}

const limitsText = `
AdditionalInferenceSpecificationDefinition.Containers 1..15
AdditionalInferenceSpecificationDefinition.SupportedContentTypes .. text=256
AdditionalInferenceSpecificationDefinition.SupportedResponseMIMETypes .. text=1024
AdditionalInferenceSpecificationDefinition.SupportedTransformInstanceTypes 1..
AlgorithmSpecification.ContainerArguments 1..100 text=256
AlgorithmSpecification.ContainerEntrypoint 1..100 text=256
AlgorithmSpecification.MetricDefinitions ..40
AppSpecification.ContainerArguments 1..100 text=256
AppSpecification.ContainerEntrypoint 1..100 text=256
AsyncInferenceClientConfig.MaxConcurrentInvocationsPerInstance 1..1000 whole
AsyncInferenceNotificationConfig.IncludeInferenceResponseIn ..2
AutoMLAlgorithmConfig.AutoMLAlgorithms ..11
AutoMLCandidateGenerationConfig.AlgorithmsConfig ..1
AutoMLDataSplitConfig.ValidationFraction 0..1
AutoMLJobCompletionCriteria.MaxAutoMLJobRuntimeInSeconds 1.. whole
AutoMLJobCompletionCriteria.MaxCandidates 1..750 whole
AutoMLJobCompletionCriteria.MaxRuntimePerTrainingJobInSeconds 1.. whole
AutoRollbackConfig.Alarms 1..10
BestObjectiveNotImproving.MaxNumberOfTrainingJobsNotImproving 3.. whole
BlueGreenUpdatePolicy.MaximumExecutionTimeoutInSeconds 600..28800 whole
BlueGreenUpdatePolicy.TerminationWaitInSeconds 0..3600 whole
CapacitySize.Value 1.. whole
CaptureContentTypeHeader.CsvContentTypes 1..10 text=256
CaptureContentTypeHeader.JsonContentTypes 1..10 text=256
CategoricalParameterRange.Values 1..30 text=256
ClarifyInferenceConfig.FeatureHeaders 1..256 text=64
ClarifyInferenceConfig.FeatureTypes 1..256
ClarifyInferenceConfig.LabelHeaders 1..16 text=64
ClarifyInferenceConfig.LabelIndex 0.. whole
ClarifyInferenceConfig.MaxPayloadInMB 1..25 whole
ClarifyInferenceConfig.MaxRecordCount 1.. whole
ClarifyInferenceConfig.ProbabilityIndex 0.. whole
ClarifyShapConfig.NumberOfSamples 1.. whole
ClarifyShapConfig.Seed .. whole
CollectionConfiguration.CollectionParameters ..20 key=256 text=256
ContainerDefinition.AdditionalModelDataSources ..5
ContainerDefinition.Environment ..100 key=1024 text=1024
CreateAutoMLJobRequest.InputDataConfig 1..2
CreateAutoMLJobRequest.Tags ..50
CreateEndpointConfigInput.ProductionVariants 1..10
CreateEndpointConfigInput.ShadowProductionVariants 1..10
CreateEndpointConfigInput.Tags ..50
CreateEndpointInput.Tags ..50
CreateHyperParameterTuningJobRequest.Tags ..50
CreateHyperParameterTuningJobRequest.TrainingJobDefinitions 1..10
CreateInferenceComponentInput.Specifications 1..5
CreateInferenceComponentInput.Tags ..50
CreateModelInput.Containers ..15
CreateModelInput.Tags ..50
CreateModelPackageInput.AdditionalInferenceSpecifications 1..15
CreateModelPackageInput.CustomerMetadataProperties 1..50 key=128 text=256
CreateModelPackageInput.Tags ..50
CreateProcessingJobRequest.Environment ..100 key=256 text=256
CreateProcessingJobRequest.ProcessingInputs ..10
CreateProcessingJobRequest.Tags ..50
CreateTrainingJobRequest.DebugRuleConfigurations ..20
CreateTrainingJobRequest.Environment ..100 key=512 text=512
CreateTrainingJobRequest.HyperParameters ..100 key=256 text=2500
CreateTrainingJobRequest.InputDataConfig 1..20
CreateTrainingJobRequest.ProfilerRuleConfigurations ..20
CreateTrainingJobRequest.Tags ..50
CreateTransformJobRequest.Environment ..16 key=1024 text=10240
CreateTransformJobRequest.MaxConcurrentTransforms 0.. whole
CreateTransformJobRequest.MaxPayloadInMB 0.. whole
CreateTransformJobRequest.Tags ..50
DataCaptureConfig.CaptureOptions 1..32
DataCaptureConfig.InitialSamplingPercentage 0..100 whole
DebugHookConfig.CollectionConfigurations ..20
DebugHookConfig.HookParameters ..20 key=256 text=256
DebugRuleConfiguration.RuleParameters ..100 key=256 text=256
DebugRuleConfiguration.VolumeSizeInGB 0.. whole
HyperParameterAlgorithmSpecification.MetricDefinitions ..40
HyperParameterTrainingJobDefinition.Environment ..48 key=512 text=512
HyperParameterTrainingJobDefinition.InputDataConfig 1..20
HyperParameterTrainingJobDefinition.StaticHyperParameters ..100 key=256 text=2500
HyperParameterTuningInstanceConfig.InstanceCount 0.. whole
HyperParameterTuningInstanceConfig.VolumeSizeInGB 1.. whole
HyperParameterTuningJobConfig.RandomSeed 0.. whole
HyperParameterTuningJobWarmStartConfig.ParentHyperParameterTuningJobs 1..5
HyperParameterTuningResourceConfig.InstanceConfigs 1..6
HyperParameterTuningResourceConfig.InstanceCount 0.. whole
HyperParameterTuningResourceConfig.VolumeSizeInGB 0.. whole
HyperbandStrategyConfig.MaxResource 1.. whole
HyperbandStrategyConfig.MinResource 1.. whole
InferenceComponentAvailabilityZoneBalance.MaxImbalance 0..100 whole
InferenceComponentComputeResourceRequirements.MaxMemoryRequiredInMb 128.. whole
InferenceComponentComputeResourceRequirements.MinMemoryRequiredInMb 128.. whole
InferenceComponentComputeResourceRequirements.NumberOfAcceleratorDevicesRequired 1..
InferenceComponentComputeResourceRequirements.NumberOfCpuCoresRequired 0.25..
InferenceComponentContainerSpecification.Environment ..100 key=1024 text=1024
InferenceComponentRuntimeConfig.CopyCount 0.. whole
InferenceComponentStartupParameters.ContainerStartupHealthCheckTimeoutInSeconds 60..3600 whole
InferenceComponentStartupParameters.ModelDataDownloadTimeoutInSeconds 60..3600 whole
InferenceSpecification.Containers 1..15
InferenceSpecification.SupportedContentTypes .. text=256
InferenceSpecification.SupportedResponseMIMETypes .. text=1024
InferenceSpecification.SupportedTransformInstanceTypes 1..
InstanceGroup.InstanceCount 0.. whole
InstancePlacementConfig.PlacementSpecifications ..10
InstancePool.Priority 1..5 whole
MetricsConfig.MetricPublishFrequencyInSeconds .. whole
ModelClientConfig.InvocationsMaxRetries 0..3 whole
ModelClientConfig.InvocationsTimeoutInSeconds 1..3600 whole
ModelPackageContainerDefinition.AdditionalModelDataSources ..5
ModelPackageContainerDefinition.Environment ..100 key=1024 text=1024
ModelPackageValidationSpecification.ValidationProfiles ..1
ParameterRanges.AutoParameters ..100
ParameterRanges.CategoricalParameterRanges ..30
ParameterRanges.ContinuousParameterRanges ..30
ParameterRanges.IntegerParameterRanges ..30
PlacementSpecification.InstanceCount 0.. whole
ProcessingClusterConfig.InstanceCount 1..100 whole
ProcessingClusterConfig.VolumeSizeInGB 1..16384 whole
ProcessingOutputConfig.Outputs ..10
ProcessingStoppingCondition.MaxRuntimeInSeconds 1..777600 whole
ProductionVariant.ContainerStartupHealthCheckTimeoutInSeconds 60..3600 whole
ProductionVariant.InitialInstanceCount 1.. whole
ProductionVariant.InitialVariantWeight 0..
ProductionVariant.InstancePools 1..5
ProductionVariant.ModelDataDownloadTimeoutInSeconds 60..3600 whole
ProductionVariant.VariantInstanceProvisionTimeoutInSeconds 300..3600 whole
ProductionVariant.VolumeSizeInGB 1..512 whole
ProductionVariantManagedInstanceScaling.MaxInstanceCount 1.. whole
ProductionVariantManagedInstanceScaling.MinInstanceCount 0.. whole
ProductionVariantManagedInstanceScalingScaleInPolicy.CooldownInMinutes 5..1440 whole
ProductionVariantManagedInstanceScalingScaleInPolicy.MaximumStepSize 1..100 whole
ProductionVariantServerlessConfig.MaxConcurrency 1..200 whole
ProductionVariantServerlessConfig.MemorySizeInMB 1024..6144 whole
ProductionVariantServerlessConfig.ProvisionedConcurrency 1..200 whole
ProfilerConfig.ProfilingIntervalInMilliseconds .. whole
ProfilerConfig.ProfilingParameters ..20 key=256 text=256
ProfilerRuleConfiguration.RuleParameters ..100 key=256 text=256
ProfilerRuleConfiguration.VolumeSizeInGB 0.. whole
ResourceConfig.InstanceCount 0.. whole
ResourceConfig.InstanceGroups ..5
ResourceConfig.KeepAlivePeriodInSeconds 0..21600 whole
ResourceConfig.VolumeSizeInGB 0.. whole
ResourceLimits.MaxNumberOfTrainingJobs 1.. whole
ResourceLimits.MaxParallelTrainingJobs 1.. whole
ResourceLimits.MaxRuntimeInSeconds 120..15768000 whole
RetryStrategy.MaximumRetryAttempts 1..30 whole
RollingUpdatePolicy.MaximumExecutionTimeoutInSeconds 600..28800 whole
RollingUpdatePolicy.WaitIntervalInSeconds 0..3600 whole
S3DataSource.AttributeNames ..16 text=256
S3DataSource.InstanceGroupNames ..5 text=64
ShuffleConfig.Seed .. whole
SourceAlgorithmSpecification.SourceAlgorithms 1..1
StoppingCondition.MaxPendingTimeInSeconds 7200..2419200 whole
StoppingCondition.MaxRuntimeInSeconds 1.. whole
StoppingCondition.MaxWaitTimeInSeconds 1.. whole
TrafficRoutingConfig.WaitIntervalInSeconds 0..3600 whole
TransformJobDefinition.Environment ..16 key=1024 text=10240
TransformJobDefinition.MaxConcurrentTransforms 0.. whole
TransformJobDefinition.MaxPayloadInMB 0.. whole
TransformResources.InstanceCount 1.. whole
VpcConfig.SecurityGroupIds 1..5 text=32
VpcConfig.Subnets 1..16 text=32
`

let limits: ReadonlyMap<string, Limit> | undefined

export function memberLimit(structure: string, member: string): Limit | undefined {
  limits ??= new Map(limitsText.trim().split('\n').map(readLimit))
  return limits.get(`${structure}.${member}`)
}

function readLimit(line: string): [string, Limit] {
  const [name = '', range = '', ...more] = line.split(' ')
  const [least, most] = range.split('..').map(asNumber)
  const [key] = more.flatMap((word) => asNumber(word.split('key=')[1]) ?? [])
  const [text] = more.flatMap((word) => asNumber(word.split('text=')[1]) ?? [])
  return [
    name,
    {
      ...(least === undefined ? {} : {least}),
      ...(most === undefined ? {} : {most}),
      ...(key === undefined ? {} : {keyLength: key}),
      ...(text === undefined ? {} : {textLength: text}),
      isWhole: more.includes('whole'),
    },
  ]
}

function asNumber(text: string | undefined): number | undefined {
  return text ? Number(text) : undefined
}
