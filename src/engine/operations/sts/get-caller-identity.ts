// GetCallerIdentity: whoever calls is the one user of the embedded account.

import {accountId} from '../../store/arns.ts'
import {ok, type Reply} from '../reply.ts'

export function getCallerIdentity(): Reply {
  return ok({Arn: `arn:aws:iam::${accountId}:user/local`, UserId: 'AIDALOCALMLPIPE000000', Account: accountId})
}
