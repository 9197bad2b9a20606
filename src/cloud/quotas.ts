// SageMaker's quotas of a region, from Service Quotas through the AWS SDK.

import {
  ListAWSDefaultServiceQuotasCommand,
  ListServiceQuotasCommand,
  type ServiceQuota,
  ServiceQuotasClient,
} from '@aws-sdk/client-service-quotas'
import type {Quota, QuotasPort} from './account-ports.ts'
import {equipped} from './client-middleware.ts'
import {type CloudOptions, clientSettings} from './client-options.ts'
import {allPages} from './fields.ts'
import {translateError} from './service-error.ts'

const service = {ServiceCode: 'sagemaker', MaxResults: 100}

/**
 * A quota that was never changed may be missing among those of the account: AWS's default stands for it then (Service Quotas
 * API reference, ListServiceQuotas).
 */
export function quotasPort(options: CloudOptions): QuotasPort {
  const client = equipped(
    new ServiceQuotasClient(clientSettings(options, `servicequotas.${options.region}.amazonaws.com`)),
    options,
  )
  const list = (operation: string, ask: (NextToken: string | undefined) => Promise<QuotaPage>) =>
    allPages(
      (token) => call(operation, ask(token)),
      (page) => page.Quotas,
      (page) => page.NextToken,
    )
  return {
    async sageMaker() {
      const usual = await list('ListAWSDefaultServiceQuotas', (NextToken) =>
        client.send(new ListAWSDefaultServiceQuotasCommand({...service, NextToken})),
      )
      const applied = await list('ListServiceQuotas', (NextToken) =>
        client.send(new ListServiceQuotasCommand({...service, NextToken})),
      )
      return [...new Map([...usual, ...applied].flatMap(quotaOf)).values()]
    },
  }
}

type QuotaPage = {readonly Quotas?: ServiceQuota[] | undefined; readonly NextToken?: string | undefined}

function quotaOf({QuotaCode: code, QuotaName: name, Value: value}: ServiceQuota): [string, Quota][] {
  if (code === undefined || name === undefined || value === undefined) return []
  return [[code, {code, name, value}]]
}

async function call<Answer>(operation: string, answer: Promise<Answer>): Promise<Answer> {
  try {
    return await answer
  } catch (error) {
    throw translateError(error, operation)
  }
}
