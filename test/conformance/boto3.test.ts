// The contract, held by boto3, which nobody of mlpipe wrote.

import {describe} from 'vitest'
import {findPython, isMissing} from '../support/aws-clients.ts'
import {boto3Client} from './boto3-client.ts'
import {contractOverSocket} from './over-socket.ts'

const python = findPython()

describe.skipIf(isMissing(python, 'boto3', 'the contract over boto3'))('boto3', () => {
  contractOverSocket((endpoint) => boto3Client(python ?? '', endpoint))
})
