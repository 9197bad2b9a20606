// `network:` of a step to the members that requests have for it.

import type {JsonObject} from '../../definition/json.ts'
import type {NetworkSpec} from '../../spec/shapes/network.ts'
import type {StepScope} from '../context.ts'
import type {Place} from '../place.ts'
import {compileFlag} from '../values/compile-typed.ts'
import {compileTexts} from '../values/compile-value.ts'

/** VpcConfig, EnableNetworkIsolation and EnableInterContainerTrafficEncryption, as far as the spec has them. */
export function compileNetwork(network: NetworkSpec | undefined, scope: StepScope): JsonObject {
  const {vpc, isolated, encrypted} = network ?? {}
  return {
    ...(vpc
      ? {
          VpcConfig: {
            Subnets: compileTexts(vpc.subnets, scope),
            SecurityGroupIds: compileTexts(vpc.securityGroups, scope),
          },
        }
      : {}),
    ...(isolated ? {EnableNetworkIsolation: compileFlag(isolated, 'isolated', scope)} : {}),
    ...(encrypted ? {EnableInterContainerTrafficEncryption: compileFlag(encrypted, 'encrypted', scope)} : {}),
  }
}

/** What feeds these members below `base`, which is empty or ends with a dot. */
export function networkPlaces(base: string, network: NetworkSpec | undefined): Place[] {
  return [
    [`${base}VpcConfig`, network?.vpc?.range],
    [`${base}EnableNetworkIsolation`, network?.isolated?.range],
    [`${base}EnableInterContainerTrafficEncryption`, network?.encrypted?.range],
  ]
}
