// The entry of the bundle: oclif's `execute`, made deaf to NODE_ENV.

import {execute as executeCommand} from '@oclif/core/execute'
import {settings} from '@oclif/core/settings'
import {asFlags} from './as-flags.ts'

// With NODE_ENV=development or test in the user's shell, oclif would look for TypeScript sources and a transpiler
// instead of the bundle (oclif core 4, config/ts-path.js).
settings.enableAutoTranspile = false

export function execute(options: Parameters<typeof executeCommand>[0]): Promise<unknown> {
  return executeCommand({...options, args: asFlags(process.argv.slice(2))})
}
