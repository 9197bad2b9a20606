// Who the credentials belong to, from STS through the AWS SDK.

import {GetCallerIdentityCommand, STSClient} from '@aws-sdk/client-sts'
import type {IdentityPort} from './account-ports.ts'
import {equipped} from './client-middleware.ts'
import {type CloudOptions, clientSettings} from './client-options.ts'
import {translateError} from './service-error.ts'

export function identityPort(options: CloudOptions): IdentityPort {
  const client = equipped(new STSClient(clientSettings(options, `sts.${options.region}.amazonaws.com`)), options)
  return {
    async caller() {
      try {
        const {Account = '', Arn = ''} = await client.send(new GetCallerIdentityCommand({}))
        return {account: Account, arn: Arn}
      } catch (error) {
        throw translateError(error, 'GetCallerIdentity')
      }
    },
  }
}
