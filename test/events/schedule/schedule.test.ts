// Schedule expressions that are taken and refused. Source: Amazon EventBridge User Guide, "Setting a schedule pattern for
// scheduled rules"; EventBridge Scheduler User Guide, "Schedule types".

import {describe, expect, it} from 'vitest'
import {parseSchedule} from '../../../src/events/schedule/schedule.ts'

const verdict = (text: string, service: 'rule' | 'scheduler' = 'rule') => {
  const parsed = parseSchedule(text, service)
  return parsed.kind === 'invalid' ? `${parsed.field}: ${parsed.reason}` : 'taken'
}

describe('taken by rules', () => {
  it.each([
    // The examples of the two guides.
    'cron(0 10 * * ? *)',
    'cron(15 12 * * ? *)',
    'cron(0 18 ? * MON-FRI *)',
    'cron(0 8 1 * ? *)',
    'cron(0/10 * ? * MON-FRI *)',
    'cron(0/5 8-17 ? * MON-FRI *)',
    'cron(0/30 20-23,0-2 ? * MON-FRI *)',
    'cron(15 10 ? * 6L 2022-2023)',
    'cron(15 10 ? * 6L 2019-2022)',
    'cron(0 0 1 1 ? 2199)',
    'cron(0 12 ? * 3#1 *)',
    'cron(0 12 ? * TUE#3 *)',
    'cron(0 12 ? * 2#5 *)',
    'cron(0 0 3W * ? *)',
    'cron(0 0 L * ? *)',
    'cron(0 0 LW * ? *)',
    'cron(0 0 ? * L *)',
    'cron(0 0 ? * FRIL *)',
    'cron(* * * * ? *)',
    'cron(*/15 */6 ? * * *)',
    'cron(1,2,3 4,5 ? JAN,FEB,MAR SUN,MON,TUE 2026,2027)',
    'cron(0 0 29 FEB ? *)',
    'cron(0 0 29 2 ? 2028)',
    'cron(5-10/2 0 1-15 JAN-JUN ? *)',
    'cron(0 0 ? jan-dec mon-fri *)',
    'cron(0 0 ? * WED *)',
    'cron(0 0 1/2 * ? 2026/2)',
    'cron( 0 10  * * ? * )',
    'rate(1 minute)',
    'rate(5 minutes)',
    'rate(1 hour)',
    'rate(12 hours)',
    'rate(1 day)',
    'rate(365 days)',
  ])('%s', (text) => expect(verdict(text)).toBe('taken'))
})

describe('taken by EventBridge Scheduler alone', () => {
  it.each([
    ['at(2030-11-20T13:00:00)', 'expression: a rule has no at( ): use EventBridge Scheduler for a single time'],
    ['at(2028-02-29T23:59:59)', 'expression: a rule has no at( ): use EventBridge Scheduler for a single time'],
    ['rate(1 minutes)', "unit: 'minutes' does not go with 1: write rate(1 minute)"],
    ['rate(1 hours)', "unit: 'hours' does not go with 1: write rate(1 hour)"],
    ['rate(1 days)', "unit: 'days' does not go with 1: write rate(1 day)"],
    ['rate(5 minute)', "unit: 'minute' does not go with 5: write rate(5 minutes)"],
    ['rate(5 day)', "unit: 'day' does not go with 5: write rate(5 days)"],
    [
      'cron(0 10 * * ?)',
      'expression: it has 5 fields, six are needed: minutes hours day-of-month month day-of-week year',
    ],
  ])('%s', (text, reason) => {
    expect(verdict(text)).toBe(reason)
    expect(verdict(text, 'scheduler')).toBe('taken')
  })
})

describe('refused by both', () => {
  it.each([
    ['', "expression: '' is neither at(…), cron(…) nor rate(…)"],
    ['0 10 * * ? *', "expression: '0 10 * * ? *' is neither at(…), cron(…) nor rate(…)"],
    ['cron 0 10 * * ? *', "expression: 'cron 0 10 * * ? *' is neither at(…), cron(…) nor rate(…)"],
    ['Cron(0 10 * * ? *)', "expression: 'Cron(0 10 * * ? *)' is neither at(…), cron(…) nor rate(…)"],
    ['cron(0 10 * * ? *', "expression: 'cron(0 10 * * ? *' is neither at(…), cron(…) nor rate(…)"],
    ['cron(0 10 * * ? *) ', "expression: 'cron(0 10 * * ? *) ' is neither at(…), cron(…) nor rate(…)"],
    ['every(5 minutes)', "expression: 'every(5 minutes)' is neither at(…), cron(…) nor rate(…)"],
    ['cron()', 'expression: it has 0 fields, six are needed: minutes hours day-of-month month day-of-week year'],
    [
      'cron(0 10 * *)',
      'expression: it has 4 fields, six are needed: minutes hours day-of-month month day-of-week year',
    ],
    [
      'cron(0 0 10 * * ? *)',
      'expression: it has 7 fields, six are needed: minutes hours day-of-month month day-of-week year',
    ],
    [`rate(${'5'.repeat(260)} days)`, 'expression: it has 271 characters, 256 are allowed'],
    ['cron(60 10 * * ? *)', "minutes: '60' is not 0 to 59"],
    ['cron(-1 10 * * ? *)', "minutes: '' is not 0 to 59"],
    ['cron(x 10 * * ? *)', "minutes: 'x' is not 0 to 59"],
    ['cron(1.5 10 * * ? *)', "minutes: '1.5' is not 0 to 59"],
    ['cron(? 10 * * ? *)', "minutes: '?' cannot be read: '?' belongs to the day fields"],
    ['cron(L 10 * * ? *)', "minutes: 'L' is not 0 to 59"],
    ['cron(0,,5 10 * * ? *)', "minutes: '0,,5' has an empty place between commas"],
    ['cron(5, 10 * * ? *)', "minutes: '5,' has an empty place between commas"],
    ['cron(*/0 10 * * ? *)', "minutes: a step is a whole number above 0, not '0'"],
    ['cron(*/x 10 * * ? *)', "minutes: a step is a whole number above 0, not 'x'"],
    ['cron(*/ 10 * * ? *)', "minutes: a step is a whole number above 0, not ''"],
    ['cron(*/60 10 * * ? *)', 'minutes: a step of 60 is more than the field has'],
    ['cron(0/5/5 10 * * ? *)', "minutes: '0/5/5' cannot be read: it has more than one /"],
    ['cron(1-2-3 10 * * ? *)', "minutes: '1-2-3' cannot be read: a range has two ends"],
    ['cron(50-10 10 * * ? *)', 'minutes: the range 50-10 runs backwards: write 50-59,0-10'],
    ['cron(5- 10 * * ? *)', "minutes: '' is not 0 to 59"],
    ['cron(0 24 * * ? *)', "hours: '24' is not 0 to 23"],
    ['cron(0 22-2 * * ? *)', 'hours: the range 22-2 runs backwards: write 22-23,0-2'],
    ['cron(0 */24 * * ? *)', 'hours: a step of 24 is more than the field has'],
    ['cron(0 10am * * ? *)', "hours: '10am' is not 0 to 23"],
    ['cron(0 10 0 * ? *)', "day-of-month: '0' is not 1 to 31"],
    ['cron(0 10 32 * ? *)', "day-of-month: '32' is not 1 to 31"],
    ['cron(0 10 1,? * ? *)', "day-of-month: '1,?' cannot be read: '?' stands alone"],
    ['cron(0 10 1,L * ? *)', "day-of-month: L is the last day of the month and stands alone, not as in '1,L'"],
    ['cron(0 10 L-3 * ? *)', "day-of-month: L is the last day of the month and stands alone, not as in 'L-3'"],
    ['cron(0 10 1-5W * ? *)', "day-of-month: W follows one day, as in 15W, not as in '1-5W'"],
    ['cron(0 10 W * ? *)', "day-of-month: W follows one day, as in 15W, not as in 'W'"],
    ['cron(0 10 32W * ? *)', "day-of-month: '32' is not 1 to 31"],
    ['cron(0 10 3#2 * ? *)', "day-of-month: '3#2' is not 1 to 31"],
    ['cron(0 10 MON * ? *)', "day-of-month: 'MON' is not 1 to 31"],
    ['cron(0 10 * 0 ? *)', "month: '0' is not 1 to 12 or JAN to DEC"],
    ['cron(0 10 * 13 ? *)', "month: '13' is not 1 to 12 or JAN to DEC"],
    ['cron(0 10 * JANUARY ? *)', "month: 'JANUARY' is not 1 to 12 or JAN to DEC"],
    ['cron(0 10 * NOV-FEB ? *)', 'month: the range NOV-FEB runs backwards: write NOV-12,1-FEB'],
    ['cron(0 10 * ? ? *)', "month: '?' cannot be read: '?' belongs to the day fields"],
    ['cron(0 10 ? * 0 *)', "day-of-week: '0' is not 1 to 7 or SUN to SAT"],
    ['cron(0 10 ? * 8 *)', "day-of-week: '8' is not 1 to 7 or SUN to SAT"],
    ['cron(0 10 ? * MONDAY *)', "day-of-week: 'MONDAY' is not 1 to 7 or SUN to SAT"],
    ['cron(0 10 ? * FRI-MON *)', 'day-of-week: the range FRI-MON runs backwards: write FRI-7,1-MON'],
    ['cron(0 10 ? * 3#0 *)', 'day-of-week: a month has no day number 0 of a kind: use #1 to #5'],
    ['cron(0 10 ? * 3#6 *)', 'day-of-week: a month has no day number 6 of a kind: use #1 to #5'],
    [
      'cron(0 10 ? * 3#1,6#3 *)',
      "day-of-week: # makes one expression of a day and a number, as in 3#2, not as in '3#1,6#3'",
    ],
    ['cron(0 10 ? * #1 *)', "day-of-week: # makes one expression of a day and a number, as in 3#2, not as in '#1'"],
    ['cron(0 10 ? * 3W *)', 'day-of-week: W belongs to day-of-month'],
    ['cron(0 10 ? * 2L,6L *)', "day-of-week: '2L' is not 1 to 7 or SUN to SAT"],
    ['cron(0 10 ? * MON,? *)', "day-of-week: 'MON,?' cannot be read: '?' stands alone"],
    ['cron(0 10 * * * *)', "day-of-week: one of day-of-month and day-of-week must be '?'"],
    ['cron(0 10 1 * MON *)', "day-of-week: one of day-of-month and day-of-week must be '?'"],
    ['cron(0 10 * * MON *)', "day-of-week: one of day-of-month and day-of-week must be '?'"],
    ['cron(0 10 ? * ? *)', "day-of-week: '?' stands in both day fields: give one of them days, or *"],
    ['cron(0 10 40 * MON *)', "day-of-month: '40' is not 1 to 31"],
    ['cron(0 10 * * ? 1969)', "year: '1969' is not 1970 to 2199"],
    ['cron(0 10 * * ? 2200)', "year: '2200' is not 1970 to 2199"],
    ['cron(0 10 * * ? 26)', "year: '26' is not 1970 to 2199"],
    ['cron(0 10 * * ? ?)', "year: '?' cannot be read: '?' belongs to the day fields"],
    ['cron(0 10 * * ? 2026/300)', 'year: a step of 300 is more than the field has'],
    ['rate(0 minutes)', "value: '0' is not a whole number above 0"],
    ['rate(-5 minutes)', "value: '-5' is not a whole number above 0"],
    ['rate(1.5 hours)', "value: '1.5' is not a whole number above 0"],
    ['rate(five minutes)', "value: 'five' is not a whole number above 0"],
    ['rate(99999999999999999 days)', 'value: 99999999999999999 is too large'],
    ['rate(5 seconds)', "unit: 'seconds' is none of minute, minutes, hour, hours, day, days"],
    ['rate(2 weeks)', "unit: 'weeks' is none of minute, minutes, hour, hours, day, days"],
    ['rate(5 Minutes)', "unit: 'Minutes' is none of minute, minutes, hour, hours, day, days"],
    ['rate(5)', 'expression: a rate is a number and a unit: rate(5 minutes)'],
    ['rate(5minutes)', 'expression: a rate is a number and a unit: rate(5 minutes)'],
    ['rate(5 minutes ago)', 'expression: a rate is a number and a unit: rate(5 minutes)'],
    ['at(2030-11-20)', "time: '2030-11-20' is not of the form yyyy-mm-ddThh:mm:ss, without a time zone"],
    [
      'at(2030-11-20T13:00:00Z)',
      "time: '2030-11-20T13:00:00Z' is not of the form yyyy-mm-ddThh:mm:ss, without a time zone",
    ],
    [
      'at(2030-11-20 13:00:00)',
      "time: '2030-11-20 13:00:00' is not of the form yyyy-mm-ddThh:mm:ss, without a time zone",
    ],
    ['at(2030-02-30T13:00:00)', "time: there is no time '2030-02-30T13:00:00'"],
    ['at(2030-13-01T13:00:00)', "time: there is no time '2030-13-01T13:00:00'"],
    ['at(2027-02-29T00:00:00)', "time: there is no time '2027-02-29T00:00:00'"],
    ['at(2030-11-20T24:00:00)', "time: there is no time '2030-11-20T24:00:00'"],
    ['at(1969-11-20T13:00:00)', "time: there is no time '1969-11-20T13:00:00'"],
  ])('%s', (text, reason) => {
    expect(verdict(text, 'scheduler')).toBe(reason)
    expect(verdict(text, 'rule')).not.toBe('taken')
  })
})
