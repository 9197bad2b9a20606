// Names and notes that others wrote, made safe to draw: one line, without what XML does not allow or what turns a text around.

/** Controls, half surrogate pairs, the bidirectional overrides, and the two code points that XML 1.0 leaves out. */
const undrawable =
  /[\u0000-\u001F\u007F-\u009F\u200E\u200F\u202A-\u202E\u2066-\u2069\uFEFF\uFFFE\uFFFF]|\p{Surrogate}/gu

export function plainText(text: string): string {
  return text.replace(/\s+/g, ' ').replace(undrawable, '').trim()
}

/** Made on first use: it loads ICU's tables. */
let segmenter: Intl.Segmenter | undefined

/** What a reader takes for one character each. */
export function graphemes(text: string): string[] {
  if (/^[\x20-\x7E]*$/.test(text)) return [...text]
  segmenter ??= new Intl.Segmenter('en', {granularity: 'grapheme'})
  return Array.from(segmenter.segment(text), ({segment}) => segment)
}
