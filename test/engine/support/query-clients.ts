// STS and IAM clients of an engine in this process.

import {IAMClient} from '@aws-sdk/client-iam'
import {STSClient} from '@aws-sdk/client-sts'
import {clientConfig, type LocalCloud} from './local-cloud.ts'

export function queryClients({engine}: LocalCloud) {
  const config = clientConfig(engine)
  return {iam: new IAMClient(config), sts: new STSClient(config)}
}
