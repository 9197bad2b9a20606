// The text of `mlpipe trigger test` on a narrow and on a usual terminal.
import {describe, expect, it} from 'vitest'
import {type ReplayInput, replayEvents} from '../../../src/actions/triggers/test/replay/replay-events.ts'
import {type TestInput, testTriggers} from '../../../src/actions/triggers/test/test-trigger.ts'
import {stripColour} from '../../../src/views/style.ts'
import {testView} from '../../../src/views/trigger/test.ts'
import {objectEvent, projectWorld} from '../../actions/triggers/test/project.ts'

const widths = [70, 100] as const

async function shown(input: TestInput, width: number): Promise<string> {
  return testView.human(await testTriggers(input, projectWorld()), {width, colour: false})
}

const key = 'in/a-folder-with-a-long-name/and-another-one-below-it/the-file-of-today.CSV'
const event = JSON.stringify(objectEvent(key))

it('all triggers, a line each', async () => {
  expect(await shown({}, 70)).toMatchInlineSnapshot(`
    "for a sample of its own each:
      + fires             nightly   next 2026-11-28 03:00 Europe/Berlin
      + fires             new-data  rawKey=in/sample.csv, mode=auto
      ! refused           sized     "mode" cannot be "PutObject": known: …
      + fires (disabled)  approved
      + fires             upstream
      + fires             drifted
      + fires             custom"
  `)
  expect(await shown({}, 100)).toMatchInlineSnapshot(`
    "for a sample of its own each:
      + fires             nightly   next 2026-11-28 03:00 Europe/Berlin
      + fires             new-data  rawKey=in/sample.csv, mode=auto
      ! refused           sized     "mode" cannot be "PutObject": known: auto, manual
      + fires (disabled)  approved
      + fires             upstream
      + fires             drifted
      + fires             custom"
  `)
  expect(await shown({event}, 100)).toMatchInlineSnapshot(`
    "for the event given:
      . by the clock              nightly   next 2026-11-28 03:00 Europe/Berlin
      - does not fire             new-data  detail.object.key: only the case of the letters differs
      ! refused                   sized     "mode" cannot be "PutObject": known: auto, manual
      - does not fire (disabled)  approved  source: found "aws.s3", wanted ["aws.sagemaker"]
      - does not fire             upstream  source: found "aws.s3", wanted ["aws.sagemaker"]
      - does not fire             drifted   source: found "aws.s3", wanted ["aws.sagemaker"]
      - does not fire             custom    source: found "aws.s3", wanted ["my.app"]"
  `)
})

it('a trigger that does not fire', async () => {
  expect(await shown({name: 'new-data', event}, 70)).toMatchInlineSnapshot(`
    "new-data does not fire for the event given
      when       an object is put at s3://lake/in/*.csv
      field      detail.object.key
      wanted     [{"wildcard":"in/*.csv"}]
      found      "in/a-folder-with-a-long-name/and-another-one-below-it/
                 the-file-of-today.CSV"
      hint       only the case of the letters differs"
  `)
  expect(await shown({name: 'new-data', event}, 100)).toMatchInlineSnapshot(`
    "new-data does not fire for the event given
      when       an object is put at s3://lake/in/*.csv
      field      detail.object.key
      wanted     [{"wildcard":"in/*.csv"}]
      found      "in/a-folder-with-a-long-name/and-another-one-below-it/the-file-of-today.CSV"
      hint       only the case of the letters differs"
  `)
})

it('a trigger that cannot start the pipeline', async () => {
  expect(await shown({name: 'sized', event}, 70)).toMatchInlineSnapshot(`
    "sized fires for the event given, and cannot start the pipeline
      when       an object is put at s3://lake/in/*
      gives      epochs  5          from $.detail.object.size
                 mode    PutObject  from $.detail.reason
      refused    "mode" cannot be "PutObject": known: auto, manual"
  `)
  expect(await shown({name: 'sized', event}, 100)).toMatchInlineSnapshot(`
    "sized fires for the event given, and cannot start the pipeline
      when       an object is put at s3://lake/in/*
      gives      epochs  5          from $.detail.object.size
                 mode    PutObject  from $.detail.reason
      refused    "mode" cannot be "PutObject": known: auto, manual"
  `)
})

it('a schedule, in its zone and in that of whoever asks', async () => {
  expect(await shown({name: 'nightly'}, 70)).toMatchInlineSnapshot(`
    "nightly fires by the clock
      when       every day at 03:00 Europe/Berlin
      next       2026-11-28 03:00 Europe/Berlin (2026-11-27 21:00
                 America/New_York)
                 2026-11-29 03:00 Europe/Berlin (2026-11-28 21:00
                 America/New_York)
                 2026-11-30 03:00 Europe/Berlin (2026-11-29 21:00
                 America/New_York)
                 2026-12-01 03:00 Europe/Berlin (2026-11-30 21:00
                 America/New_York)
                 2026-12-02 03:00 Europe/Berlin (2026-12-01 21:00
                 America/New_York)"
  `)
})

it('a trigger that is disabled, with its sample', async () => {
  const text = await shown({name: 'approved'}, 70)
  const [head, sample = ''] = text.split('\n\nthe sample:\n')
  expect(head).toMatchInlineSnapshot(`
    "approved would fire for a sample; it is disabled, and starts nothing
      when       a model of churn is approved"
  `)
  expect(JSON.parse(sample)).toMatchObject({source: 'aws.sagemaker', detail: {ModelApprovalStatus: 'Approved'}})
})

it('a bare pattern, and what is no event', async () => {
  expect(await shown({pattern: '{"f":[1],"g":[{"exists":true}]}', event: '{"f":2}'}, 70)).toMatchInlineSnapshot(`
    "the pattern does not match the event given
      field      f
      wanted     [1]
      found      2
      field      g
      wanted     [{"exists":true}]
      found      nothing: the event has no such field
    note: it has no field of an event, such as source and detail-type:
      EventBridge never sends the like"
  `)
  expect(await shown({pattern: '{"source":[{"exists":false}]}'}, 70)).toMatchInlineSnapshot(
    `"no sample can be made for the pattern: every event has source"`,
  )
})

describe('a replay', () => {
  const events = [
    objectEvent('in/a.csv', {id: '1'}),
    objectEvent('in/a.csv', {id: '1'}),
    objectEvent('in/a.csv', {id: '2'}),
    objectEvent('in/b.csv', {id: '3', time: '2026-11-03T00:00:00Z'}),
  ].map((one) => JSON.stringify(one))
  const world = () => projectWorld({'events.ndjson': ['{"id":', ...events].join('\n')})
  const replayed = (input: Partial<ReplayInput> = {}) =>
    replayEvents({replay: 'events.ndjson', useHistory: false, ...input}, world())

  it('of all triggers', async () => {
    const result = await replayed()
    expect(testView.human(result, {width: 70, colour: false})).toMatchInlineSnapshot(`
      "events.ndjson: 4 events, 2026-11-01 00:00 UTC to 2026-11-03 00:00
        UTC; 1 record could not be read
        line 1: expected a JSON value and found the end at column 7

      TRIGGER   FIRES  TWICE  REFUSED  FIRST (UTC)       LAST (UTC)
      nightly   -      -      -
      new-data  4      2      0        2026-11-01 00:00  2026-11-03 00:00
      sized     4      2      4        2026-11-01 00:00  2026-11-03 00:00
      approved  0      0      0
      upstream  0      0      0
      drifted   0      0      0
      custom    0      0      0
        nightly goes by the clock, and fires for no event
        new-data fires twice: 1 for an event that came before, 1 for
          another event of the same happening
        sized fires twice: 1 for an event that came before, 1 for another
          event of the same happening
        sized starts nothing for 4 of them: "mode" cannot be "PutObject":
          known: auto, manual
        approved is disabled: it starts nothing
        approved never fires: 4 events fail at source
        upstream never fires: 4 events fail at source
        drifted never fires: 4 events fail at source
        custom never fires: 4 events fail at source

      4 executions with 2 different sets of parameters, as if nothing had
        run yet:
      STEP     TYPE        RUNS  REUSED
      prepare  Processing  2     2
      train    Training    2     2
      clean    Processing  4     0
      total                8     4"
    `)
    expect(testView.human(result, {width: 100, colour: false})).toMatchInlineSnapshot(`
      "events.ndjson: 4 events, 2026-11-01 00:00 UTC to 2026-11-03 00:00 UTC; 1 record could not be read
        line 1: expected a JSON value and found the end at column 7

      TRIGGER   FIRES  TWICE  REFUSED  FIRST (UTC)       LAST (UTC)
      nightly   -      -      -
      new-data  4      2      0        2026-11-01 00:00  2026-11-03 00:00
      sized     4      2      4        2026-11-01 00:00  2026-11-03 00:00
      approved  0      0      0
      upstream  0      0      0
      drifted   0      0      0
      custom    0      0      0
        nightly goes by the clock, and fires for no event
        new-data fires twice: 1 for an event that came before, 1 for another event of the same happening
        sized fires twice: 1 for an event that came before, 1 for another event of the same happening
        sized starts nothing for 4 of them: "mode" cannot be "PutObject": known: auto, manual
        approved is disabled: it starts nothing
        approved never fires: 4 events fail at source
        upstream never fires: 4 events fail at source
        drifted never fires: 4 events fail at source
        custom never fires: 4 events fail at source

      4 executions with 2 different sets of parameters, as if nothing had run yet:
      STEP     TYPE        RUNS  REUSED
      prepare  Processing  2     2
      train    Training    2     2
      clean    Processing  4     0
      total                8     4"
    `)
  })

  it('of a pattern', async () => {
    const result = await replayed({pattern: '{"source":["my.app"]}'})
    expect(testView.human(result, {width: 70, colour: false})).toMatchInlineSnapshot(`
      "events.ndjson: 4 events, 2026-11-01 00:00 UTC to 2026-11-03 00:00
        UTC; 1 record could not be read
        line 1: expected a JSON value and found the end at column 7

      TRIGGER      FIRES  TWICE  REFUSED  FIRST (UTC)  LAST (UTC)
      the pattern  0      0      0
        the pattern never fires: 4 events fail at source"
    `)
  })
})

it.each(widths)('colour changes no letter at %i columns', async (width) => {
  const result = await testTriggers({event}, projectWorld())
  const plain = testView.human(result, {width, colour: false})
  const coloured = testView.human(result, {width, colour: true})
  expect(coloured).not.toBe(plain)
  expect(stripColour(coloured)).toBe(plain)
})

it('nothing in an event reaches the terminal as a command', async () => {
  const evil = JSON.stringify(objectEvent('in/\u001B[2J\u202E.csv'))
  for (const name of ['new-data', 'sized', undefined]) {
    expect(await shown({name, event: evil}, 100)).not.toMatch(/[\u001B\u202E]/)
  }
})
