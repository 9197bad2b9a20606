// The contract, held by the JavaScript SDK over a socket: what `mlpipe -t` does with AWS_ENDPOINT_URL.

import {contractOverSocket} from './over-socket.ts'
import {sdkClient} from './sdk-client.ts'

contractOverSocket((endpoint) => sdkClient({endpoint}))
