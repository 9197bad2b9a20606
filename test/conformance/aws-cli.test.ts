// The contract, held by the AWS CLI, which nobody of mlpipe wrote.

import {describe} from 'vitest'
import {findAwsCli, isMissing} from '../support/aws-clients.ts'
import {cliClient} from './cli-client.ts'
import {contractOverSocket} from './over-socket.ts'

const program = findAwsCli()

// Each call is a process that takes a second to start.
describe.skipIf(isMissing(program, 'aws', 'the contract over the AWS CLI'))('aws', {timeout: 240_000}, () => {
  contractOverSocket((endpoint) => cliClient(program ?? '', endpoint))
})
