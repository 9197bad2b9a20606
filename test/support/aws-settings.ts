// What the SDK finds in the environment and in its configuration files, for the time of one test.

import {join} from 'node:path'
import {onTestFinished} from 'vitest'
import {tempDir} from './temp-dir.ts'

/** Leads every client of this process to the endpoint, with a profile of that name for each of `profiles`; its key is its name. */
export function useEndpoint(url: string, profiles: readonly string[] = ['default']): void {
  const keys = (name: string) => `[${name}]\naws_access_key_id = ${name}\naws_secret_access_key = testing-secret\n`
  const directory = tempDir({config: '', credentials: profiles.map(keys).join('\n')})
  setForTest('AWS_ENDPOINT_URL', url)
  setForTest('AWS_CONFIG_FILE', join(directory, 'config'))
  setForTest('AWS_SHARED_CREDENTIALS_FILE', join(directory, 'credentials'))
}

function setForTest(name: string, value: string): void {
  const before = process.env[name]
  process.env[name] = value
  onTestFinished(() => {
    if (before === undefined) delete process.env[name]
    else process.env[name] = before
  })
}
