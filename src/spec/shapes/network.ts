// `network:`: the VPC that containers run in, and what they may reach.

import {listOf, optional, type Read, record, required, scalar} from '../fields.ts'

const vpcFields = {
  subnets: required(listOf(scalar, {allowOne: true}), 'ids of subnets of one VPC'),
  securityGroups: required(listOf(scalar, {allowOne: true}), 'ids of security groups of the same VPC'),
}

const networkFields = {
  vpc: optional(record(vpcFields, 'vpc'), 'the VPC that the containers reach: {subnets, securityGroups}'),
  isolated: optional(scalar, 'true: the containers can reach no network at all'),
  encrypted: optional(scalar, 'true: what the instances of a job send each other is encrypted'),
}

export type NetworkSpec = Partial<Read<typeof networkFields>>

const {vpc, isolated, encrypted} = networkFields
const description = 'the VPC of the containers, and what they may reach'

export const jobNetworkField = {network: optional(record(networkFields, 'network'), description)}
export const modelNetworkField = {network: optional(record({vpc, isolated}, 'network'), description)}
export const automlNetworkField = {network: optional(record({vpc, encrypted}, 'network'), description)}
