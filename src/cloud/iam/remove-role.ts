// Removing a role: its inline policies go first. What else hangs on it stays, and is told of.

import {
  DeleteRoleCommand,
  DeleteRolePolicyCommand,
  type IAMClient,
  ListAttachedRolePoliciesCommand,
  ListInstanceProfilesForRoleCommand,
  ListRolePoliciesCommand,
} from '@aws-sdk/client-iam'
import {amended} from '../../diagnostics/mlpipe-error.ts'
import type {AccessPort} from '../account-ports.ts'
import {call, isDenied, orUndefined} from '../call.ts'
import {allPages} from '../fields.ts'
import {ServiceError} from '../service-error.ts'

export function roleRemoval(client: IAMClient): Pick<AccessPort, 'removeRole'> {
  return {
    async removeRole(name) {
      const policies = await orUndefined(inlinePolicies(client, name))
      for (const PolicyName of policies ?? []) {
        const command = new DeleteRolePolicyCommand({RoleName: name, PolicyName})
        await orUndefined(call('DeleteRolePolicy', client.send(command)))
      }
      try {
        await orUndefined(call('DeleteRole', client.send(new DeleteRoleCommand({RoleName: name}))))
      } catch (error) {
        if (error instanceof ServiceError && error.code === 'conflict') throw await explained(client, name, error)
        throw error
      }
    },
  }
}

async function inlinePolicies(client: IAMClient, name: string): Promise<string[]> {
  return allPages(
    (Marker) => call('ListRolePolicies', client.send(new ListRolePoliciesCommand({RoleName: name, Marker}))),
    (page) => page.PolicyNames,
    (page) => page.Marker,
  )
}

async function explained(client: IAMClient, name: string, error: ServiceError): Promise<ServiceError> {
  const hanging = await orUndefined(whatHangsOn(client, name), isDenied)
  if (!hanging || hanging.length === 0) return error
  return amended(error, {
    message: `the role "${name}" stays: ${hanging.map(({what}) => what).join(', ')}`,
    nextSteps: [...hanging.map(({remove}) => remove), `aws iam delete-role --role-name ${name}`],
  })
}

type Hanging = {readonly what: string; readonly remove: string}

async function whatHangsOn(client: IAMClient, name: string): Promise<Hanging[]> {
  const attached = await allPages(
    (Marker) => {
      const command = new ListAttachedRolePoliciesCommand({RoleName: name, Marker})
      return call('ListAttachedRolePolicies', client.send(command))
    },
    (page) => page.AttachedPolicies,
    (page) => page.Marker,
  )
  const profiles = await allPages(
    (Marker) => {
      const command = new ListInstanceProfilesForRoleCommand({RoleName: name, Marker})
      return call('ListInstanceProfilesForRole', client.send(command))
    },
    (page) => page.InstanceProfiles,
    (page) => page.Marker,
  )
  return [
    ...attached.map(({PolicyArn}) => ({
      what: `the policy ${PolicyArn} is attached to it`,
      remove: `aws iam detach-role-policy --role-name ${name} --policy-arn ${PolicyArn}`,
    })),
    ...profiles.map(({InstanceProfileName: profile}) => ({
      what: `it is in the instance profile ${profile}`,
      remove: `aws iam remove-role-from-instance-profile --role-name ${name} --instance-profile-name ${profile}`,
    })),
  ]
}
