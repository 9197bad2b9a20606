// What describing a rehearsed job shows, for the kinds that never run here.
// Sources: SageMaker API, DescribeAutoMLJob; Amazon EMR API, DescribeStep; EMR Serverless API, GetJobRun; Amazon Bedrock
// API, GetModelCustomizationJob and its siblings.

import type {Json, JsonObject} from '../../../definition/json.ts'
import {objectAt, textAt} from '../../../definition/json-members.ts'
import type {JobContext} from '../job-plan.ts'
import type {JobOutcome, JobRequest} from '../job-types.ts'
import {putJson, putModel, under} from './simulate-files.ts'

type Shown = Pick<JobOutcome, 'described' | 'metadata'>

export async function simulatedDocument(context: JobContext): Promise<Shown> {
  const {request} = context
  switch (request.kind) {
    case 'AutoML':
      return {described: await autoMl(context)}
    case 'EMR':
      return emrStep(request)
    case 'EMRServerless':
      return {described: {jobRun: emrServerlessRun(request)}}
    case 'Job':
      return {described: jobDocument(request)}
    case 'BedrockCustomModel':
    case 'BedrockCustomModelDeployment':
    case 'BedrockModelImport':
    case 'BedrockProvisionedModelThroughput':
      return {described: bedrockDocument(request)}
    default:
      return {}
  }
}

/** With a best candidate whose artifacts are placeholders. */
async function autoMl(context: JobContext): Promise<JsonObject> {
  const {request} = context
  const {arguments: args, hints} = request
  const output = textAt(objectAt(args, 'OutputDataConfig'), 'S3OutputPath')
  const metric =
    textAt(objectAt(args, 'AutoMLJobObjective'), 'MetricName') ?? Object.keys(hints.metrics ?? {})[0] ?? 'Accuracy'
  const candidate = {
    CandidateName: `${request.jobName}-1`,
    CandidateStatus: 'Completed',
    ObjectiveStatus: 'Succeeded',
    FinalAutoMLJobObjectiveMetric: {MetricName: metric, Value: hints.metrics?.[metric] ?? 0},
    CandidateSteps: [],
  }
  if (output === undefined) return {BestCandidate: candidate}

  const folder = under(output, request.jobName)
  const insights = under(folder, 'documentation/model_insights/statistics.json')
  const explanation = under(folder, 'documentation/explainability/analysis.json')
  await putJson(context, insights, {})
  await putJson(context, explanation, {})
  const model = await putModel(context, under(folder, 'model/model.tar.gz'))
  return {
    BestCandidate: {
      ...candidate,
      InferenceContainers: [{Image: 'simulated', ModelDataUrl: model, Environment: {}}],
    },
    BestCandidateProperties: {ModelInsightsJsonReportPath: insights, ExplainabilityJsonReportPath: explanation},
  }
}

function emrStep({arguments: args, jobName}: JobRequest): Shown {
  const {HadoopJarStep: jar} = objectAt(args, 'StepConfig')
  const clusterId = textAt(args, 'ClusterId') ?? `j-${idOf(jobName)}`
  const stepId = `s-${idOf(jobName)}`
  const step = {Id: stepId, Name: jobName, Config: jar ?? {}, ActionOnFailure: 'CONTINUE', Status: {State: 'COMPLETED'}}
  return {
    described: {...step, ClusterId: clusterId},
    metadata: {ClusterId: clusterId, StepId: stepId, StepName: jobName},
  }
}

function emrServerlessRun({arguments: args, jobName, jobArn}: JobRequest): JsonObject {
  const {jobDriver = {}, configurationOverrides = {}} = objectAt(args, 'JobConfig')
  return {
    applicationId: textAt(args, 'ApplicationId') ?? idOf(jobName).toLowerCase(),
    jobRunId: idOf(jobName).toLowerCase(),
    arn: jobArn,
    name: jobName,
    state: 'SUCCESS',
    stateDetails: 'simulated',
    executionRole: textAt(args, 'ExecutionRoleArn') ?? '',
    jobDriver,
    configurationOverrides,
  }
}

function jobDocument({arguments: args, jobName, jobArn}: JobRequest): JsonObject {
  const category: Json = args.JobCategory ?? ''
  return {JobName: jobName, JobArn: jobArn, JobCategory: category, JobStatus: 'Completed', ServiceOutput: {}}
}

/** Bedrock writes its members in lower case. */
function bedrockDocument({kind, arguments: args, jobName, jobArn}: JobRequest): JsonObject {
  const name = (...members: readonly string[]) => {
    const found = members.map((member) => textAt(args, member)).find((text) => text !== undefined)
    return found ?? jobName
  }
  switch (kind) {
    case 'BedrockModelImport':
      return {
        ...{jobArn, jobName, importedModelArn: siblingArn(jobArn, 'imported-model'), status: 'Completed'},
        importedModelName: name('ImportedModelName', 'importedModelName'),
      }
    case 'BedrockProvisionedModelThroughput':
      return {
        ...{provisionedModelArn: jobArn, status: 'InService'},
        provisionedModelName: name('ProvisionedModelName', 'provisionedModelName'),
      }
    case 'BedrockCustomModelDeployment':
      return {
        ...{customModelDeploymentArn: jobArn, status: 'Active'},
        modelDeploymentName: name('ModelDeploymentName', 'modelDeploymentName'),
      }
    default:
      return {modelArn: jobArn, modelName: name('ModelName', 'modelName', 'CustomModelName'), modelStatus: 'Active'}
  }
}

function siblingArn(arn: string, type: string): string {
  return arn.replace(/:[a-z-]+\//, `:${type}/`)
}

/** An identifier as EMR's are, out of the job's name. */
function idOf(jobName: string): string {
  return jobName
    .replace(/[^A-Za-z0-9]/g, '')
    .slice(-13)
    .toUpperCase()
}
