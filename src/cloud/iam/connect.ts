// Roles, and what principals may do, from IAM through the AWS SDK.

import {IAMClient} from '@aws-sdk/client-iam'
import type {AccessPort} from '../account-ports.ts'
import {equipped} from '../client-middleware.ts'
import {type CloudOptions, clientSettings} from '../client-options.ts'
import type {FreshRoles} from '../fresh-roles.ts'
import {roleRemoval} from './remove-role.ts'
import {rolesPort} from './roles.ts'
import {simulation} from './simulate.ts'

export function accessPort(options: CloudOptions, fresh: FreshRoles): AccessPort {
  const region = globalRegion(options.region)
  const client = equipped(new IAMClient(clientSettings({...options, region}, 'iam.amazonaws.com')), options)
  return {...rolesPort(client, fresh), ...roleRemoval(client), ...simulation(client)}
}

/** IAM has one endpoint a partition. Source: AWS General Reference, "IAM endpoints and quotas". */
function globalRegion(region: string): string {
  if (region.startsWith('cn-')) return 'cn-north-1'
  return region.startsWith('us-gov-') ? 'us-gov-west-1' : 'us-east-1'
}
