import {describe, expect, it} from 'vitest'
import {readRecords} from '../../../../../src/actions/triggers/test/replay/read-records.ts'
import {unwrapRecord} from '../../../../../src/actions/triggers/test/replay/unwrap-record.ts'
import {fc} from '../../../../support/properties.ts'

async function read(...chunks: string[]): Promise<string[]> {
  const pieces = async function* () {
    yield* chunks
  }
  const records: string[] = []
  for await (const {line, text} of readRecords(pieces())) records.push(`${line} ${text}`)
  return records
}

describe('records', () => {
  it.each<[string, string, string[]]>([
    ['a line each', '{"a":1}\n{"b":2}\n', ['1 {"a":1}', '2 {"b":2}']],
    ['without a last line break', '{"a":1}\n{"b":2}', ['1 {"a":1}', '2 {"b":2}']],
    [
      'lines of Windows, blank lines and a mark at the front',
      '\uFEFF{"a":1}\r\n\r\n{"b":2}\r\n',
      ['1 {"a":1}', '3 {"b":2}'],
    ],
    ['a line that is broken, alone', '{"a":1}\n{"b":\n{"c":3}\n', ['1 {"a":1}', '2 {"b":', '3 {"c":3}']],
    ['a first line that is broken', 'oops\n{"c":3}\n', ['1 oops', '2 {"c":3}']],
    ['a list on one line', '[{"a":1},{"b":[{"c":2}]}]', ['1 {"a":1}', '1 {"b":[{"c":2}]}']],
    ['a list of several lines', '[\n  {\n    "a": 1\n  },\n  {"b": 2}\n]\n', ['2 {\n    "a": 1\n  }', '5 {"b": 2}']],
    ['braces and quotes in texts', '[{"a":"}\\"]"},{"b":2}]', ['1 {"a":"}\\"]"}', '1 {"b":2}']],
    ['one indented document', '{\n  "a": 1\n}\n', ['1 {\n  "a": 1\n}']],
    ['other values in a list', '[1, {"a":1}]', ['1 1', '1 {"a":1}']],
    ['a list that breaks off', '[{"a":1},{"b":', ['1 {"a":1}', '1 {"b":']],
    ['nothing', ' \n\n', []],
  ])('are %s', async (_name, text, expected) => expect(await read(text)).toEqual(expected))

  it('are the same wherever the text is cut', async () => {
    const texts = [
      '{"a":"x"}\n{"b":"}"}\n\noops\n{"c":3}',
      '[\n {"a":"\\\\"},\n {"b":[{}]}, 1\n]',
      '{\n "a": {"b": "\\"{"}\n}\n{"c":1}',
    ]
    const cuts = fc.array(fc.nat(40), {maxLength: 6})
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...texts), cuts, async (text, at) => {
        const places = [0, ...at.filter((place) => place < text.length).sort((a, b) => a - b), text.length]
        const chunks = places.slice(1).map((place, index) => text.slice(places[index], place))
        expect(await read(...chunks)).toEqual(await read(text))
      }),
    )
  })
})

describe('a record', () => {
  const event = '{"id":"1","detail":{"n":1}}'
  const inLog = JSON.stringify({timestamp: 1, message: event})

  it.each<[string, string, number]>([
    ['an event', event, 1],
    ['two that nothing parts, as Firehose writes them', event + event, 2],
    ['a line of an export of CloudWatch Logs', `2026-11-01T00:00:00.000Z ${event}`, 1],
    ['a log event', inLog, 1],
    ['a row of Logs Insights', JSON.stringify({'@timestamp': 'x', '@message': event}), 1],
    ['an answer of filter-log-events', JSON.stringify({events: [JSON.parse(inLog), JSON.parse(inLog)]}), 2],
    ['an item of a list', `${event},`, 1],
    ['an event of an archive that was replayed', '{"id":"1","replay-name":"r","detail":{}}', 1],
  ])('can be %s', (_name, text, count) => {
    const unwrapped = unwrapRecord(text)
    expect(unwrapped.kind === 'events' && unwrapped.events.length).toBe(count)
  })

  it.each([
    ['oops', 'it is not a JSON object'],
    ['{"id":', 'expected a JSON value and found the end at column 7'],
    ['{"id":"1"}', 'it is no event: it has no detail'],
    ['{"id":"1","detail":"{}"}', 'it is no event: it has no detail'],
    [JSON.stringify({timestamp: 1, message: 'START'}), 'it is not a JSON object'],
    [JSON.stringify({events: [1]}), 'its list holds something else than events'],
  ])('%s is broken', (text, problem) => expect(unwrapRecord(text)).toEqual({kind: 'broken', problem}))
})
