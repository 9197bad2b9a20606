// The colours: every text stands out from what lies behind it, and every line from the ground.
// Source: WCAG 2.2, "contrast ratio" and "relative luminance"; 1.4.3 asks for 4.5 of text, 1.4.11 for 3 of what carries meaning.
import {describe, expect, it} from 'vitest'
import {darkTheme, lightTheme, tones} from '../../src/picture/tones.ts'

function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(colour.slice(at, at + 2), 16) / 255
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

function contrast(one: string, other: string): number {
  const [darker = 0, lighter = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b)
  return (lighter + 0.05) / (darker + 0.05)
}

it('knows the contrast of black and white, and of a grey', () => {
  expect(contrast('#000000', '#ffffff')).toBe(21)
  expect(contrast('#777777', '#ffffff')).toBeCloseTo(4.48, 2)
})

describe.each([
  ['light', lightTheme],
  ['dark', darkTheme],
])('the %s theme', (_name, theme) => {
  it.each(tones)('can be read on %s', (tone) => {
    const {fill, stroke, text} = theme.tones[tone]
    for (const words of [text, theme.text, theme.muted]) expect(contrast(words, fill)).toBeGreaterThanOrEqual(4.5)
    expect(contrast(stroke, theme.background)).toBeGreaterThanOrEqual(3)
    expect(contrast(stroke, fill)).toBeGreaterThanOrEqual(3)
  })

  it('can be read on the ground', () => {
    for (const words of [theme.text, theme.muted]) {
      expect(contrast(words, theme.background)).toBeGreaterThanOrEqual(4.5)
    }
    expect(contrast(theme.line, theme.background)).toBeGreaterThanOrEqual(3)
  })
})
