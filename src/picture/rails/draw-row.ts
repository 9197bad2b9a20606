// One row of rails in box-drawing characters.

/** How a rail takes part in the line across: it goes on and joins it, ends in it, or begins from it. */
export type Joint = 'both' | 'from-above' | 'to-below'

/** By the ways that lead out of a character: up, down, left, right. */
const characters: Readonly<Record<string, string>> = {
  ud: '│',
  lr: '─',
  udr: '├',
  udl: '┤',
  udlr: '┼',
  ur: '╰',
  ul: '╯',
  ulr: '┴',
  dr: '╭',
  dl: '╮',
  dlr: '┬',
}

/** `before` and `after`: which columns hold a rail above and below the row. The line across joins all joints, and the mark. */
export function drawRow(
  before: readonly boolean[],
  after: readonly boolean[],
  joints: ReadonlyMap<number, Joint>,
  mark?: {readonly at: number; readonly text: string},
): string {
  const joined = [...joints.keys(), ...(mark ? [mark.at] : [])]
  const start = joined.reduce((least, at) => Math.min(least, at), Number.POSITIVE_INFINITY)
  const end = joined.reduce((most, at) => Math.max(most, at), -1)
  const columns = Math.max(before.length, after.length, end + 1)
  let text = ''
  for (let at = 0; at < columns; at += 1) {
    if (at > 0) text += at > start && at <= end ? '─' : ' '
    if (mark?.at === at) text += mark.text
    else if (joints.has(at)) text += characters[waysOf(joints.get(at), at > start, at < end)] ?? ' '
    else if (before[at] && after[at]) text += '│'
    else text += at > start && at < end ? '─' : ' '
  }
  return text.trimEnd()
}

function waysOf(joint: Joint | undefined, hasLeft: boolean, hasRight: boolean): string {
  const up = joint === 'to-below' ? '' : 'u'
  const down = joint === 'from-above' ? '' : 'd'
  return up + down + (hasLeft ? 'l' : '') + (hasRight ? 'r' : '')
}
