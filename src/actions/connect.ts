// Opens a target, and tells at once of executions that were found there without the process that ran them.

import {MlpipeError} from '../diagnostics/mlpipe-error.ts'
import type {Target} from '../project/target.ts'
import {executionId} from './executions/execution-arn.ts'
import {nextCommand, type Place} from './next-commands.ts'
import type {Connection, ConnectOptions, World} from './world.ts'

/** `place` is what the user named, so that the commands proposed name it too. */
export async function connect(
  target: Target,
  place: Place,
  world: World,
  options: ConnectOptions = {},
): Promise<Connection> {
  const connection = await world.connect(target, options)
  if (target.kind === 'aws') await guardAccount(target, connection)
  for (const execution of connection.recovered) {
    const next = [
      nextCommand(`executions show ${executionId(execution.arn)}`, place),
      `${nextCommand(`executions retry ${executionId(execution.arn)}`, place)}  (keeps the steps that had succeeded)`,
    ]
    world.reporter.report({kind: 'recovered', execution, next})
  }
  return connection
}

/** A spec that names its account is never deployed to, or read from, another one. */
async function guardAccount({name, account, profile}: Target, {cloud}: Connection): Promise<void> {
  if (account === undefined) return
  const caller = await cloud.identity.caller()
  if (caller.account === account) return
  const source = profile === undefined ? 'the credentials in use' : `the credentials of profile "${profile}"`
  throw new MlpipeError({
    code: 'wrong-account',
    message: `target "${name}" is in account ${account}, and ${source} are those of account ${caller.account} (${caller.arn})`,
    nextSteps: [
      'mlpipe … --profile NAME  (a profile of that account)',
      'aws sts get-caller-identity  (which credentials are in use)',
    ],
  })
}
