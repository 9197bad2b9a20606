// Model packages and their groups through the AWS SDK.

import {
  CreateModelPackageGroupCommand,
  DescribeModelPackageCommand,
  DescribeModelPackageGroupCommand,
  ListModelPackageGroupsCommand,
  ListModelPackagesCommand,
  type ModelPackageSummary as ModelPackageEntry,
  type SageMakerClient,
  UpdateModelPackageCommand,
} from '@aws-sdk/client-sagemaker'
import {call, orUndefined, pageSize} from '../call.ts'
import {allPages, defined, toMs} from '../fields.ts'
import type {ApprovalStatus, ModelPackageSummary, RegistryPort} from '../ports.ts'
import {isNotFound, wasRepeated} from '../service-error.ts'

export function registryPort(client: SageMakerClient): RegistryPort {
  return {
    async ensureGroup(name) {
      if (await groupExists(client, name)) return false
      try {
        const command = new CreateModelPackageGroupCommand({ModelPackageGroupName: name})
        await call('CreateModelPackageGroup', client.send(command))
      } catch (error) {
        // The request carries no idempotency token: the second one, after a lost answer, finds the group made by the first.
        if (!wasRepeated(error) || !(await groupExists(client, name))) throw error
      }
      return true
    },
    async groups() {
      const entries = await allPages(
        (NextToken) =>
          call(
            'ListModelPackageGroups',
            client.send(new ListModelPackageGroupsCommand({MaxResults: pageSize, NextToken})),
          ),
        (page) => page.ModelPackageGroupSummaryList,
        (page) => page.NextToken,
      )
      return entries.map((entry) =>
        defined({
          name: entry.ModelPackageGroupName ?? '',
          arn: entry.ModelPackageGroupArn ?? '',
          description: entry.ModelPackageGroupDescription,
          createdAtMs: toMs(entry.CreationTime),
        }),
      )
    },
    async packages(group) {
      const entries = await allPages(
        (NextToken) =>
          call(
            'ListModelPackages',
            client.send(
              new ListModelPackagesCommand({
                ModelPackageGroupName: group,
                SortBy: 'CreationTime',
                SortOrder: 'Descending',
                MaxResults: pageSize,
                NextToken,
              }),
            ),
          ),
        (page) => page.ModelPackageSummaryList,
        (page) => page.NextToken,
      )
      return entries.map((entry) => packageSummary(entry, group)).sort((a, b) => b.version - a.version)
    },
    async describe(arn) {
      const command = new DescribeModelPackageCommand({ModelPackageName: arn})
      const found = await call('DescribeModelPackage', client.send(command))
      const inference = found.InferenceSpecification
      const container = inference?.Containers?.[0]
      const properties = Object.entries(found.CustomerMetadataProperties ?? {})
      return defined({
        ...packageSummary(found, found.ModelPackageGroupName ?? ''),
        // An empty one is how a reason is taken away.
        approvalDescription: found.ApprovalDescription || undefined,
        image: container?.Image,
        modelDataUrl: container?.ModelDataUrl,
        contentTypes: inference?.SupportedContentTypes ?? [],
        responseTypes: inference?.SupportedResponseMIMETypes ?? [],
        generatedBy: found.MetadataProperties?.GeneratedBy,
        metricsUri: found.ModelMetrics?.ModelQuality?.Statistics?.S3Uri,
        properties: properties.map(([name, value]) => ({name, value})),
        modifiedAtMs: found.LastModifiedTime?.getTime(),
      })
    },
    async setApproval(arn, approval, reason) {
      const command = new UpdateModelPackageCommand({
        ModelPackageArn: arn,
        ModelApprovalStatus: approval,
        ApprovalDescription: reason,
      })
      await call('UpdateModelPackage', client.send(command))
    },
  }
}

async function groupExists(client: SageMakerClient, name: string): Promise<boolean> {
  const command = new DescribeModelPackageGroupCommand({ModelPackageGroupName: name})
  const found = await orUndefined(call('DescribeModelPackageGroup', client.send(command)), groupIsMissing)
  return found !== undefined
}

function packageSummary(entry: ModelPackageEntry, group: string): ModelPackageSummary {
  const approval: ApprovalStatus = entry.ModelApprovalStatus ?? 'PendingManualApproval'
  return defined({
    arn: entry.ModelPackageArn ?? '',
    group: entry.ModelPackageGroupName ?? group,
    version: entry.ModelPackageVersion ?? 0,
    status: entry.ModelPackageStatus ?? '',
    approval,
    description: entry.ModelPackageDescription,
    createdAtMs: toMs(entry.CreationTime),
  })
}

/** The API reference models no error for DescribeModelPackageGroup: a missing group comes as a ValidationException. */
function groupIsMissing(error: unknown): boolean {
  return (
    isNotFound(error) ||
    (error instanceof Error && error.cause instanceof Error && error.cause.name === 'ValidationException')
  )
}
