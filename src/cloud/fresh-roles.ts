// Patience with roles that have just been made or changed: IAM's changes take seconds to be seen everywhere (IAM User Guide,
// "Changes that I make are not always immediately visible"), and until then EventBridge says that it cannot assume the role.

import {setTimeout as delay} from 'node:timers/promises'
import {ServiceError} from './service-error.ts'

export type FreshRoles = {
  /** The role with this ARN is new, or trusts others than before. */
  add(roleArn: string): void
  /** Asks, and asks again while the role is fresh and is what the refusal is about. */
  waitFor<Answer>(roleArn: string, ask: () => Promise<Answer>): Promise<Answer>
}

/** Half a minute together; most often the second is enough. */
const pausesMs = [1000, 2000, 4000, 8000, 15_000]

export function freshRoles(sleep: (ms: number) => Promise<unknown> = delay): FreshRoles {
  const fresh = new Set<string>()
  return {
    add: (roleArn) => fresh.add(roleArn),
    async waitFor(roleArn, ask) {
      for (const pauseMs of fresh.has(roleArn) ? pausesMs : []) {
        try {
          return await ask()
        } catch (error) {
          if (!isAboutRole(error)) throw error
          await sleep(pauseMs)
        }
      }
      const answer = await ask()
      fresh.delete(roleArn)
      return answer
    },
  }
}

/** Rules and schedules are refused for other reasons under the same names: waiting does not mend those. */
function isAboutRole(error: unknown): boolean {
  return error instanceof ServiceError && error.code === 'refused' && /\brole\b/i.test(error.reason)
}
