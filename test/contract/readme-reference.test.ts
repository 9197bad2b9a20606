// The reference in the README is the one that the sources give; `npm run golden` writes it.
import {readFileSync} from 'node:fs'
import {fileURLToPath} from 'node:url'
import {expect, it} from 'vitest'
import {stepKindDescriptions} from '../../src/spec/step-kinds.ts'
import {withReference} from '../support/readme-reference.ts'

const path = fileURLToPath(new URL('../../README.md', import.meta.url))
const readme = readFileSync(path, 'utf8')

it('the README holds the reference of the spec as it is', async () => {
  await expect(withReference(readme)).toMatchFileSnapshot(path)
})

it('the reference names every step type, and every tag in it is closed', () => {
  for (const kind of Object.keys(stepKindDescriptions)) expect(readme).toContain(`<summary><code>${kind}</code>`)
  for (const tag of ['details', 'summary', 'code']) {
    const count = (pattern: string) => readme.split(pattern).length
    expect(count(`<${tag}>`), tag).toBe(count(`</${tag}>`))
  }
})
