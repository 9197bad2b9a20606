// Requests that the SageMaker client has no schema of, and values that only pipelines have; the notation is that of shape.ts.
// Sources: SageMaker Python SDK, emr_step.py, emr_serverless_step.py, quality_check_step.py, clarify_check_step.py and the
// templates of its evaluators (Lineage, Job); SageMaker API reference, CreateAction, CreateContext, CreateArtifact; Developer Guide, "Pipeline steps"; AWS's JSON schema of pipeline definitions. ProcessingS3Output is the client's, with the key
// that the SDK's checks write into it.

export const serviceStructuresText = `
EMRArguments StepConfig!:EMRStepConfig ClusterId ClusterConfig* ExecutionRoleArn
EMRStepConfig HadoopJarStep!:HadoopJarStep Name ActionOnFailure
HadoopJarStep Jar! Args[] MainClass Properties:HadoopProperty[]
HadoopProperty Key Value
EMRServerlessArguments ExecutionRoleArn! JobConfig!:EMRServerlessJobConfig ApplicationId ApplicationConfig*
EMRServerlessJobConfig applicationId executionRoleArn! jobDriver!* configurationOverrides* executionTimeoutMinutes# name tags{} clientToken mode retryPolicy* executionIamPolicy*
LineageArguments Actions:LineageAction[] Contexts:LineageContext[] Artifacts:LineageArtifact[] Associations:LineageAssociation[]
LineageAction ActionName! ActionType! Source!:LineageSource Properties{} Description Status MetadataProperties:MetadataProperties Tags:Tag[]
LineageContext ContextName! ContextType! Source!:LineageSource Properties{} Description Tags:Tag[]
LineageArtifact ArtifactName ArtifactType! Source!:LineageSource Properties{} MetadataProperties:MetadataProperties Tags:Tag[]
LineageSource SourceUri! SourceType SourceId SourceTypes:LineageSourceType[]
LineageSourceType SourceIdType! Value!
LineageAssociation Source!:LineageEnd Destination!:LineageEnd AssociationType
LineageEnd Name Type Arn
FailArguments ErrorMessage
JobArguments JobName JobCategory! RoleArn! JobConfigSchemaVersion! JobConfigDocument! VpcConfig:VpcConfig Tags:Tag[]
ConditionArguments Conditions!:Condition[] IfSteps* ElseSteps*
Condition Type!=ConditionType LeftValue* RightValue* QueryValue* Values*[] Value* In* Condition:Condition Conditions:Condition[]
AutoMLBest BestCandidateProperties:AutoMLBestProperties
AutoMLBestProperties ModelInsightsJsonReportPath ExplainabilityJsonReportPath
ConditionOutcome Outcome*
QualityCheckProperties CalculatedBaselineConstraints CalculatedBaselineStatistics BaselineUsedForDriftCheckConstraints BaselineUsedForDriftCheckStatistics
ProcessingS3Output S3Uri! S3UploadMode!=ProcessingS3UploadMode LocalPath KmsKeyId
ClarifyCheckProperties CalculatedBaselineConstraints BaselineUsedForDriftCheckConstraints
`

/** Source: SageMaker Python SDK, workflow/conditions.py; NotEquals and NotIn stand in AWS's JSON schema only. */
export const serviceEnumsText = `
ConditionType Equals GreaterThan GreaterThanOrEqualTo LessThan LessThanOrEqualTo In Not Or NotEquals NotIn
`
