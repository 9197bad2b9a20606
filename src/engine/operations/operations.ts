// Every operation by its name on the wire. An operation that is not here does not exist for clients.

import {addTagsShape} from '../validations/add-tags.ts'
import {createModelPackageGroupShape} from '../validations/create-model-package-group.ts'
import {createPipelineShape} from '../validations/create-pipeline.ts'
import {deleteModelPackageShape} from '../validations/delete-model-package.ts'
import {deleteModelPackageGroupShape} from '../validations/delete-model-package-group.ts'
import {deletePipelineShape} from '../validations/delete-pipeline.ts'
import {deleteTagsShape} from '../validations/delete-tags.ts'
import {describeAutoMLJobShape} from '../validations/describe-auto-ml-job.ts'
import {
  describeEndpointConfigShape,
  describeEndpointShape,
  describeInferenceComponentShape,
} from '../validations/describe-endpoint.ts'
import {describeHyperParameterTuningJobShape} from '../validations/describe-hyper-parameter-tuning-job.ts'
import {describeLogGroupsShape} from '../validations/describe-log-groups.ts'
import {describeLogStreamsShape} from '../validations/describe-log-streams.ts'
import {describeModelShape} from '../validations/describe-model.ts'
import {describeModelPackageShape} from '../validations/describe-model-package.ts'
import {describeModelPackageGroupShape} from '../validations/describe-model-package-group.ts'
import {describePipelineShape} from '../validations/describe-pipeline.ts'
import {describePipelineDefinitionForExecutionShape} from '../validations/describe-pipeline-definition-for-execution.ts'
import {describePipelineExecutionShape} from '../validations/describe-pipeline-execution.ts'
import {describeProcessingJobShape} from '../validations/describe-processing-job.ts'
import {describeTrainingJobShape} from '../validations/describe-training-job.ts'
import {describeTransformJobShape} from '../validations/describe-transform-job.ts'
import {filterLogEventsShape} from '../validations/filter-log-events.ts'
import {getLogEventsShape} from '../validations/get-log-events.ts'
import {
  listEndpointConfigsShape,
  listEndpointsShape,
  listInferenceComponentsShape,
} from '../validations/list-endpoints.ts'
import {listJobsShape} from '../validations/list-jobs.ts'
import {listModelPackageGroupsShape} from '../validations/list-model-package-groups.ts'
import {listModelPackagesShape} from '../validations/list-model-packages.ts'
import {listModelsShape} from '../validations/list-models.ts'
import {listPipelineExecutionStepsShape} from '../validations/list-pipeline-execution-steps.ts'
import {listPipelineExecutionsShape} from '../validations/list-pipeline-executions.ts'
import {listPipelineParametersForExecutionShape} from '../validations/list-pipeline-parameters-for-execution.ts'
import {listPipelineVersionsShape} from '../validations/list-pipeline-versions.ts'
import {listPipelinesShape} from '../validations/list-pipelines.ts'
import {listTagsShape} from '../validations/list-tags.ts'
import {listTrainingJobsForHyperParameterTuningJobShape} from '../validations/list-training-jobs-for-hyper-parameter-tuning-job.ts'
import {retryPipelineExecutionShape} from '../validations/retry-pipeline-execution.ts'
import {sendPipelineExecutionStepFailureShape} from '../validations/send-pipeline-execution-step-failure.ts'
import {sendPipelineExecutionStepSuccessShape} from '../validations/send-pipeline-execution-step-success.ts'
import {startPipelineExecutionShape} from '../validations/start-pipeline-execution.ts'
import {stopPipelineExecutionShape} from '../validations/stop-pipeline-execution.ts'
import {updateModelPackageShape} from '../validations/update-model-package.ts'
import {updatePipelineShape} from '../validations/update-pipeline.ts'
import {updatePipelineExecutionShape} from '../validations/update-pipeline-execution.ts'
import {updatePipelineVersionShape} from '../validations/update-pipeline-version.ts'
import {type Operation, operation} from './context.ts'
import {createModelPackageGroup} from './create-model-package-group.ts'
import {createPipeline} from './create-pipeline.ts'
import {deleteModelPackage} from './delete-model-package.ts'
import {deleteModelPackageGroup} from './delete-model-package-group.ts'
import {deletePipeline} from './delete-pipeline.ts'
import {describeAutoMLJob} from './describe-auto-ml-job.ts'
import {describeEndpoint, describeEndpointConfig, describeInferenceComponent} from './describe-endpoint.ts'
import {describeHyperParameterTuningJob} from './describe-hyper-parameter-tuning-job.ts'
import {describeLogGroups} from './describe-log-groups.ts'
import {describeLogStreams} from './describe-log-streams.ts'
import {describeModel} from './describe-model.ts'
import {describeModelPackage} from './describe-model-package.ts'
import {describeModelPackageGroup} from './describe-model-package-group.ts'
import {describePipeline} from './describe-pipeline.ts'
import {describePipelineDefinitionForExecution} from './describe-pipeline-definition-for-execution.ts'
import {describePipelineExecution} from './describe-pipeline-execution.ts'
import {describeProcessingJob} from './describe-processing-job.ts'
import {describeTrainingJob} from './describe-training-job.ts'
import {describeTransformJob} from './describe-transform-job.ts'
import {filterLogEvents} from './filter-log-events.ts'
import {getLogEvents} from './get-log-events.ts'
import {lineageOperations} from './lineage-operations.ts'
import {listEndpointConfigs, listEndpoints, listInferenceComponents} from './list-endpoints.ts'
import {listHyperParameterTuningJobs, listProcessingJobs, listTrainingJobs, listTransformJobs} from './list-jobs.ts'
import {listModelPackageGroups} from './list-model-package-groups.ts'
import {listModelPackages} from './list-model-packages.ts'
import {listModels} from './list-models.ts'
import {listPipelineExecutionSteps} from './list-pipeline-execution-steps.ts'
import {listPipelineExecutions} from './list-pipeline-executions.ts'
import {listPipelineParametersForExecution} from './list-pipeline-parameters-for-execution.ts'
import {listPipelineVersions} from './list-pipeline-versions.ts'
import {listPipelines} from './list-pipelines.ts'
import {listTrainingJobsForHyperParameterTuningJob} from './list-training-jobs-for-hyper-parameter-tuning-job.ts'
import {retryPipelineExecution} from './retry-pipeline-execution.ts'
import {sendPipelineExecutionStepFailure} from './send-pipeline-execution-step-failure.ts'
import {sendPipelineExecutionStepSuccess} from './send-pipeline-execution-step-success.ts'
import {servingOperations} from './serving-operations.ts'
import {startPipelineExecution} from './start-pipeline-execution.ts'
import {stopPipelineExecution} from './stop-pipeline-execution.ts'
import {addTags, deleteTags, listTags} from './tagging.ts'
import {updateModelPackage} from './update-model-package.ts'
import {updatePipeline} from './update-pipeline.ts'
import {updatePipelineExecution} from './update-pipeline-execution.ts'
import {updatePipelineVersion} from './update-pipeline-version.ts'

/** `X-Amz-Target: SageMaker.<name>`. */
export const sageMakerOperations: Readonly<Record<string, Operation>> = {
  CreatePipeline: operation(createPipelineShape, createPipeline),
  UpdatePipeline: operation(updatePipelineShape, updatePipeline),
  DescribePipeline: operation(describePipelineShape, describePipeline),
  DeletePipeline: operation(deletePipelineShape, deletePipeline),
  ListPipelines: operation(listPipelinesShape, listPipelines),
  ListPipelineVersions: operation(listPipelineVersionsShape, listPipelineVersions),
  UpdatePipelineVersion: operation(updatePipelineVersionShape, updatePipelineVersion),
  StartPipelineExecution: operation(startPipelineExecutionShape, startPipelineExecution),
  StopPipelineExecution: operation(stopPipelineExecutionShape, stopPipelineExecution),
  RetryPipelineExecution: operation(retryPipelineExecutionShape, retryPipelineExecution),
  UpdatePipelineExecution: operation(updatePipelineExecutionShape, updatePipelineExecution),
  DescribePipelineExecution: operation(describePipelineExecutionShape, describePipelineExecution),
  DescribePipelineDefinitionForExecution: operation(
    describePipelineDefinitionForExecutionShape,
    describePipelineDefinitionForExecution,
  ),
  ListPipelineExecutions: operation(listPipelineExecutionsShape, listPipelineExecutions),
  ListPipelineExecutionSteps: operation(listPipelineExecutionStepsShape, listPipelineExecutionSteps),
  ListPipelineParametersForExecution: operation(
    listPipelineParametersForExecutionShape,
    listPipelineParametersForExecution,
  ),
  DescribeProcessingJob: operation(describeProcessingJobShape, describeProcessingJob),
  DescribeTrainingJob: operation(describeTrainingJobShape, describeTrainingJob),
  DescribeModel: operation(describeModelShape, describeModel),
  ListModels: operation(listModelsShape, listModels),
  DescribeEndpointConfig: operation(describeEndpointConfigShape, describeEndpointConfig),
  ListEndpointConfigs: operation(listEndpointConfigsShape, listEndpointConfigs),
  DescribeEndpoint: operation(describeEndpointShape, describeEndpoint),
  ListEndpoints: operation(listEndpointsShape, listEndpoints),
  DescribeInferenceComponent: operation(describeInferenceComponentShape, describeInferenceComponent),
  ListInferenceComponents: operation(listInferenceComponentsShape, listInferenceComponents),
  CreateModelPackageGroup: operation(createModelPackageGroupShape, createModelPackageGroup),
  DescribeModelPackageGroup: operation(describeModelPackageGroupShape, describeModelPackageGroup),
  DeleteModelPackageGroup: operation(deleteModelPackageGroupShape, deleteModelPackageGroup),
  ListModelPackageGroups: operation(listModelPackageGroupsShape, listModelPackageGroups),
  DescribeModelPackage: operation(describeModelPackageShape, describeModelPackage),
  DeleteModelPackage: operation(deleteModelPackageShape, deleteModelPackage),
  ListModelPackages: operation(listModelPackagesShape, listModelPackages),
  UpdateModelPackage: operation(updateModelPackageShape, updateModelPackage),
  ListProcessingJobs: operation(listJobsShape, listProcessingJobs),
  ListTrainingJobs: operation(listJobsShape, listTrainingJobs),
  DescribeTransformJob: operation(describeTransformJobShape, describeTransformJob),
  ListTransformJobs: operation(listJobsShape, listTransformJobs),
  DescribeHyperParameterTuningJob: operation(describeHyperParameterTuningJobShape, describeHyperParameterTuningJob),
  ListHyperParameterTuningJobs: operation(listJobsShape, listHyperParameterTuningJobs),
  ListTrainingJobsForHyperParameterTuningJob: operation(
    listTrainingJobsForHyperParameterTuningJobShape,
    listTrainingJobsForHyperParameterTuningJob,
  ),
  DescribeAutoMLJob: operation(describeAutoMLJobShape, describeAutoMLJob),
  SendPipelineExecutionStepSuccess: operation(sendPipelineExecutionStepSuccessShape, sendPipelineExecutionStepSuccess),
  SendPipelineExecutionStepFailure: operation(sendPipelineExecutionStepFailureShape, sendPipelineExecutionStepFailure),
  AddTags: operation(addTagsShape, addTags),
  ListTags: operation(listTagsShape, listTags),
  DeleteTags: operation(deleteTagsShape, deleteTags),
  ...lineageOperations,
  ...servingOperations,
}

/** `X-Amz-Target: Logs_20140328.<name>`. */
export const logsOperations: Readonly<Record<string, Operation>> = {
  DescribeLogGroups: operation(describeLogGroupsShape, describeLogGroups),
  DescribeLogStreams: operation(describeLogStreamsShape, describeLogStreams),
  GetLogEvents: operation(getLogEventsShape, getLogEvents),
  FilterLogEvents: operation(filterLogEventsShape, filterLogEvents),
}
