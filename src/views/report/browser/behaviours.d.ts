// The types of what runs in the browser, for the program, which only takes its text.

/** Each is complete in itself: its text runs in a page, where nothing else of this program is. */
export const behaviours: readonly (() => void)[]
