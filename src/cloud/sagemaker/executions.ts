// Executions and their steps through the AWS SDK.

import {
  DescribePipelineDefinitionForExecutionCommand,
  DescribePipelineExecutionCommand,
  ListPipelineExecutionStepsCommand,
  ListPipelineExecutionsCommand,
  ListPipelineParametersForExecutionCommand,
  type PipelineExecutionSummary,
  RetryPipelineExecutionCommand,
  type SageMakerClient,
  type SelectiveExecutionConfig,
  SendPipelineExecutionStepFailureCommand,
  SendPipelineExecutionStepSuccessCommand,
  StartPipelineExecutionCommand,
  StopPipelineExecutionCommand,
} from '@aws-sdk/client-sagemaker'
import {call, pageSize} from '../call.ts'
import {allPages, defined, nameFromArn, toMs} from '../fields.ts'
import type {ExecutionSummary, ExecutionsPort, StepSelection} from '../ports.ts'
import {executionStep} from './execution-step.ts'

export function executionsPort(client: SageMakerClient): ExecutionsPort {
  return {
    async start(request) {
      const command = new StartPipelineExecutionCommand({
        PipelineName: request.pipelineName,
        PipelineParameters: request.parameters.map(({name, value}) => ({Name: name, Value: value})),
        PipelineExecutionDisplayName: request.displayName,
        PipelineExecutionDescription: request.description,
        ClientRequestToken: request.token,
        SelectiveExecutionConfig: request.selection && selectiveConfig(request.selection),
        PipelineVersionId: request.versionId,
      })
      const started = await call('StartPipelineExecution', client.send(command))
      return {arn: started.PipelineExecutionArn ?? ''}
    },
    async describe(arn) {
      const command = new DescribePipelineExecutionCommand({PipelineExecutionArn: arn})
      const found = await call('DescribePipelineExecution', client.send(command))
      return defined({
        arn: found.PipelineExecutionArn ?? arn,
        pipelineName: nameFromArn(found.PipelineArn ?? ''),
        status: found.PipelineExecutionStatus ?? 'Executing',
        startedAtMs: toMs(found.CreationTime),
        modifiedAtMs: toMs(found.LastModifiedTime),
        failureReason: found.FailureReason,
        displayName: found.PipelineExecutionDisplayName,
        description: found.PipelineExecutionDescription,
        versionId: found.PipelineVersionId,
        createdBy: found.CreatedBy?.IamIdentity?.Arn,
        selection: found.SelectiveExecutionConfig && selectionOf(found.SelectiveExecutionConfig),
      })
    },
    async steps(arn) {
      const entries = await allPages(
        (NextToken) =>
          call(
            'ListPipelineExecutionSteps',
            client.send(
              new ListPipelineExecutionStepsCommand({
                PipelineExecutionArn: arn,
                MaxResults: pageSize,
                SortOrder: 'Ascending',
                NextToken,
              }),
            ),
          ),
        (page) => page.PipelineExecutionSteps,
        (page) => page.NextToken,
      )
      return entries.map(executionStep)
    },
    async list(pipelineName, limit, sinceMs) {
      const all: ExecutionSummary[] = []
      for await (const page of summaryPages(client, pipelineName, sinceMs, Math.min(limit, pageSize))) {
        all.push(...page)
        if (all.length >= limit) break
      }
      return all.slice(0, limit)
    },
    pages: (pipelineName, sinceMs) => summaryPages(client, pipelineName, sinceMs, pageSize),
    async parameters(arn) {
      const entries = await allPages(
        (NextToken) =>
          call(
            'ListPipelineParametersForExecution',
            client.send(
              new ListPipelineParametersForExecutionCommand({
                PipelineExecutionArn: arn,
                MaxResults: pageSize,
                NextToken,
              }),
            ),
          ),
        (page) => page.PipelineParameters,
        (page) => page.NextToken,
      )
      return entries.map(({Name, Value}) => ({name: Name ?? '', value: Value ?? ''}))
    },
    async definition(arn) {
      const command = new DescribePipelineDefinitionForExecutionCommand({PipelineExecutionArn: arn})
      const found = await call('DescribePipelineDefinitionForExecution', client.send(command))
      return found.PipelineDefinition ?? ''
    },
    async stop(arn) {
      const command = new StopPipelineExecutionCommand({PipelineExecutionArn: arn, ClientRequestToken: undefined})
      await call('StopPipelineExecution', client.send(command))
    },
    async answerCallback(token, answer, requestToken) {
      const request = {CallbackToken: token, ClientRequestToken: requestToken}
      if (answer.kind === 'failure') {
        const command = new SendPipelineExecutionStepFailureCommand({...request, FailureReason: answer.reason})
        const sent = await call('SendPipelineExecutionStepFailure', client.send(command))
        return sent.PipelineExecutionArn ?? ''
      }
      const outputs = answer.outputs.map(({name, value}) => ({Name: name, Value: value}))
      const command = new SendPipelineExecutionStepSuccessCommand({...request, OutputParameters: outputs})
      const sent = await call('SendPipelineExecutionStepSuccess', client.send(command))
      return sent.PipelineExecutionArn ?? ''
    },
    async retry(arn, token) {
      const command = new RetryPipelineExecutionCommand({PipelineExecutionArn: arn, ClientRequestToken: token})
      await call('RetryPipelineExecution', client.send(command))
    },
  }
}

function selectiveConfig({steps, sourceArn}: StepSelection): SelectiveExecutionConfig {
  return {SourcePipelineExecutionArn: sourceArn, SelectedSteps: steps.map((StepName) => ({StepName}))}
}

function selectionOf({SourcePipelineExecutionArn, SelectedSteps = []}: SelectiveExecutionConfig): StepSelection {
  const steps = SelectedSteps.map(({StepName}) => StepName ?? '')
  return defined({steps, sourceArn: SourcePipelineExecutionArn})
}

async function* summaryPages(
  client: SageMakerClient,
  pipelineName: string,
  sinceMs: number | undefined,
  MaxResults: number,
): AsyncGenerator<readonly ExecutionSummary[]> {
  let NextToken: string | undefined
  do {
    const command: ListPipelineExecutionsCommand = new ListPipelineExecutionsCommand({
      PipelineName: pipelineName,
      CreatedAfter: sinceMs === undefined ? undefined : new Date(sinceMs),
      SortBy: 'CreationTime',
      SortOrder: 'Descending',
      MaxResults,
      NextToken,
    })
    const page = await call('ListPipelineExecutions', client.send(command))
    yield (page.PipelineExecutionSummaries ?? []).map(summaryOf)
    NextToken = page.NextToken
  } while (NextToken !== undefined)
}

function summaryOf(entry: PipelineExecutionSummary): ExecutionSummary {
  return defined({
    arn: entry.PipelineExecutionArn ?? '',
    status: entry.PipelineExecutionStatus ?? 'Executing',
    startedAtMs: toMs(entry.StartTime),
    failureReason: entry.PipelineExecutionFailureReason,
    displayName: entry.PipelineExecutionDisplayName,
    description: entry.PipelineExecutionDescription,
  })
}
