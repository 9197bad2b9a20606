// Opens a target, and tells at once of executions that were found there without the process that ran them.

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
  for (const execution of connection.recovered) {
    const next = [
      nextCommand(`executions show ${executionId(execution.arn)}`, place),
      `${nextCommand(`executions retry ${executionId(execution.arn)}`, place)}  (keeps the steps that had succeeded)`,
    ]
    world.reporter.report({kind: 'recovered', execution, next})
  }
  return connection
}
