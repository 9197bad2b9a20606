import {expect, it} from 'vitest'
import {describeOwner, ownerOf, withoutOwner} from '../../src/trigger/ownership.ts'
import {fc} from '../support/properties.ts'
import {trigger} from './triggers.ts'

it.each([
  [undefined, '[mlpipe: trigger t of churn, from the spec]'],
  ['New data', 'New data [mlpipe: trigger t of churn, from the spec]'],
])('a description of %s carries the owner at its end', (description, expected) => {
  expect(describeOwner(trigger(description === undefined ? {} : {description}), 'churn')).toBe(expected)
})

it('whose it is can be read back, whatever the description says', () => {
  fc.assert(
    fc.property(
      fc.string({unit: fc.constantFrom('a', ' ', '\n', ']', '😀'), maxLength: 600}),
      fc.constantFrom('spec', 'command-line'),
      (own, origin) => {
        const text = describeOwner(trigger({origin, description: own}), 'churn')
        expect(text.length).toBeLessThanOrEqual(512)
        // Throws where half a character is left.
        expect(() => encodeURIComponent(text)).not.toThrow()
        expect(ownerOf(text)).toEqual({pipelineName: 'churn', triggerName: 't', origin})
        const back = withoutOwner(text) ?? ''
        expect(back === own || (back.endsWith('…') && own.startsWith(back.slice(0, -1)))).toBe(true)
      },
    ),
  )
})

it.each([
  [undefined],
  [''],
  ['made by hand'],
  ['[mlpipe: trigger t of churn, from the spec] and changed by hand'],
  ['[mlpipe: trigger t of churn]'],
])('%s is nobody of ours', (description) => {
  expect(ownerOf(description)).toBeUndefined()
  expect(withoutOwner(description) ?? '').toBe(description ?? '')
})
