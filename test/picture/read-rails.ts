// Follows the rails of drawn rows as an eye does, and tells the edges that it finds. Knows the characters, and nothing of how they came there.

import type {RailRow} from '../../src/picture/rails/rails.ts'

const ways: Readonly<Record<string, string>> = {
  '│': 'ud',
  '├': 'udr',
  '┤': 'udl',
  '┼': 'udlr',
  '╰': 'ur',
  '╯': 'ul',
  '┴': 'ulr',
  '╭': 'dr',
  '╮': 'dl',
  '┬': 'dlr',
}

/** `from -> to`, sorted. Throws where a rail leads nowhere. */
export function readRails(rows: readonly RailRow[]): string[] {
  const edges: string[] = []
  for (const [row, {node, at}] of rows.entries()) {
    if (!node || at === undefined) continue
    for (const start of leaving(rows, row, at)) {
      for (const end of follow(rows, start.row, start.at)) edges.push(`${node.id} -> ${end}`)
    }
  }
  return edges.sort()
}

type Spot = {readonly row: number; readonly at: number}

/** Where one goes on from a mark: straight down, and down from every bend that its line across reaches. */
function leaving(rows: readonly RailRow[], row: number, at: number): Spot[] {
  const bends = across(rows, row, at).filter((place) => waysAt(rows, row, place) !== undefined)
  const down = bends.filter((place) => !waysAt(rows, row, place)?.includes('u'))
  const straight = isEntered(rows, row + 1, at) ? [{row: row + 1, at}] : []
  return [...straight, ...down.map((place) => ({row: row + 1, at: place}))]
}

/** Whether something at that place goes on from above. */
function isEntered(rows: readonly RailRow[], row: number, at: number): boolean {
  const here = rows[row]
  if (!here) return false
  return here.at === at || (waysAt(rows, row, at)?.includes('u') ?? false)
}

/** The nodes that a rail leads to which comes from above into this place. */
function follow(rows: readonly RailRow[], row: number, at: number): string[] {
  const here = rows[row]
  if (!here) throw new Error(`a rail leads out of the picture at ${at}`)
  if (here.node && here.at === at) return [here.node.id]
  const own = waysAt(rows, row, at)
  if (!own?.includes('u')) throw new Error(`a rail ends in the air at row ${row}, ${at}: ${here.rails}`)
  if (own === 'ud') return follow(rows, row + 1, at)
  const reached = across(rows, row, at)
  const mark = reached.find((place) => here.at === place)
  // A line across with a mark on it is the mark's, also where the rail itself goes on.
  const goesOn = own.includes('d') ? () => follow(rows, row + 1, at) : () => []
  if (mark !== undefined) return [...(here.node ? [here.node.id] : []), ...goesOn()]
  if (own.includes('d')) {
    const parting = reached.filter((place) => !waysAt(rows, row, place)?.includes('u'))
    return [at, ...parting].flatMap((place) => follow(rows, row + 1, place))
  }
  const meeting = reached.filter((place) => waysAt(rows, row, place)?.includes('d'))
  if (meeting.length !== 1) throw new Error(`rails meet and part in row ${row}: ${here.rails}`)
  return follow(rows, row + 1, meeting[0] ?? 0)
}

/** The places that a line across from here reaches: over `─`, and under a whole `│`. */
function across(rows: readonly RailRow[], row: number, at: number): number[] {
  const text = rows[row]?.rails ?? ''
  const walk = (step: 1 | -1): number[] => {
    const found: number[] = []
    for (let place = at; text[place + step] === '─'; ) {
      place += 2 * step
      const own = text[place] ?? ' '
      if (own === '─' || own === '│') continue
      found.push(place)
      if (rows[row]?.at !== place && !ways[own]?.includes(step === 1 ? 'r' : 'l')) break
    }
    return found
  }
  return [...walk(-1), ...walk(1)]
}

function waysAt(rows: readonly RailRow[], row: number, at: number): string | undefined {
  return ways[rows[row]?.rails[at] ?? ' ']
}
