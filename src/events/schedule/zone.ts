// Wall-clock times of an IANA time zone as instants, by the tables that Intl has.

import type {WallTime} from './schedule.ts'

export type Zone = {
  /** Undefined for a time that the clocks skip; the first of the two for one that they repeat. */
  instantOf(time: WallTime): number | undefined
  wallTimeOf(instantMs: number): WallTime
}

/** Undefined when there is no such zone. */
export function openZone(name: string): Zone | undefined {
  try {
    // A fixed calendar and digits, whatever the machine's own settings.
    const format = new Intl.DateTimeFormat('en-u-ca-gregory-nu-latn', {
      timeZone: name,
      hourCycle: 'h23',
      ...({year: 'numeric', month: 'numeric', day: 'numeric'} as const),
      ...({hour: 'numeric', minute: 'numeric', second: 'numeric'} as const),
    })
    return zoneOf(format)
  } catch (error) {
    if (error instanceof RangeError) return undefined
    throw error
  }
}

const hour = 3_600_000

function zoneOf(format: Intl.DateTimeFormat): Zone {
  const wallTimeOf = (instantMs: number): WallTime => {
    const parts = new Map(format.formatToParts(instantMs).map(({type, value}) => [type, Number(value)]))
    const part = (name: Intl.DateTimeFormatPartTypes) => parts.get(name) ?? 0
    return {
      ...{year: part('year'), month: part('month'), day: part('day')},
      ...{hour: part('hour'), minute: part('minute'), second: part('second')},
    }
  }
  return {
    wallTimeOf,
    instantOf(time) {
      const asUtc = utcOf(time)
      // No zone is more than 14 hours from UTC: the offsets a day before and after are all that can be in force.
      const offsets = [asUtc - 24 * hour, asUtc + 24 * hour].map((instant) => utcOf(wallTimeOf(instant)) - instant)
      const instants = offsets.map((offset) => asUtc - offset).filter((at) => utcOf(wallTimeOf(at)) === asUtc)
      return instants.length === 0 ? undefined : Math.min(...instants)
    },
  }
}

/** The time as if it were UTC. */
export function utcOf({year, month, day, hour: hours, minute, second}: WallTime): number {
  return Date.UTC(year, month - 1, day, hours, minute, second)
}
