// STS and IAM clients of an engine in this process.

import {IAMClient} from '@aws-sdk/client-iam'
import {STSClient} from '@aws-sdk/client-sts'
import {requestHandler} from '../../../src/engine/wire/request-handler.ts'
import type {LocalCloud} from './local-cloud.ts'

export function queryClients({engine}: LocalCloud) {
  const config = {
    region: 'us-east-1',
    credentials: {accessKeyId: 'local', secretAccessKey: 'local'},
    requestHandler: requestHandler(engine),
    maxAttempts: 1,
  }
  return {iam: new IAMClient(config), sts: new STSClient(config)}
}
