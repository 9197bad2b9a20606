// Events against many rules: all of them at once by the index, and one after the other.

import {parseEvent} from '../src/events/event-fields.ts'
import {matchEvent} from '../src/events/match.ts'
import {type EventPattern, parsePattern} from '../src/events/pattern.ts'
import {indexRules} from '../src/events/rule-index.ts'
import {median} from './measure.ts'
import {printTable} from './table.ts'

type Matching = (events: readonly string[]) => number

/** Both read each event from its text, and both have read the patterns before. */
export function benchEvents(eventCount: number, ruleCount: number, repetitions: number): void {
  const patterns = Array.from({length: ruleCount}, (_, index) => compile(patternText(index)))
  const events = Array.from({length: eventCount}, (_, index) => eventText(index, ruleCount))
  const started = performance.now()
  const index = indexRules(patterns.map((pattern) => ({rule: pattern, pattern})))
  const indexedMs = performance.now() - started

  const sum =
    (count: (text: string) => number): Matching =>
    (texts) =>
      texts.reduce((total, text) => total + count(text), 0)
  const ways: readonly (readonly [string, Matching])[] = [
    ['read only', sum((text) => fieldsOf(text).byPath.size)],
    ['index', sum((text) => index.match(fieldsOf(text)).length)],
    ['one by one', sum((text) => matchesOneByOne(patterns, text))],
  ]
  const times = new Map(ways.map(([name]) => [name, [] as number[]]))
  const found = new Map<string, number>()
  for (let repetition = 0; repetition < repetitions; repetition += 1) {
    for (const [name, match] of ways) {
      const begun = performance.now()
      found.set(name, match(events))
      times.get(name)?.push(performance.now() - begun)
    }
  }
  if (found.get('index') !== found.get('one by one')) throw new Error('the index and the loop do not agree')

  const medians = ways.map(([name]) => [name, median(times.get(name) ?? [])] as const)
  const slowest = medians.at(-1)?.[1] ?? Number.NaN
  const rows = medians.map(([name, ms]) => [
    name,
    `${Math.round(ms)} ms`,
    `${Math.round((eventCount / ms) * 1000)} /s`,
    `${(slowest / ms).toFixed(1)}x`,
  ])
  const title = `${eventCount} events against ${ruleCount} rules (${found.get('index')} matches), median of ${repetitions}`
  printTable(title, ['way', 'time', 'events', 'to the loop'], rows)
  process.stdout.write(`  the index of the rules was made in ${Math.round(indexedMs)} ms.\n`)
}

function compile(text: string): EventPattern {
  const parsed = parsePattern(text)
  if (parsed.kind === 'invalid') throw new Error(parsed.reason)
  return parsed.pattern
}

function fieldsOf(text: string) {
  const parsed = parseEvent(text)
  if (parsed.kind === 'invalid') throw new Error(parsed.reason)
  return parsed.event
}

function matchesOneByOne(patterns: readonly EventPattern[], text: string): number {
  const event = fieldsOf(text)
  return patterns.filter((pattern) => matchEvent(pattern, event).kind === 'matches').length
}

/** The kinds of rules that triggers make, in equal parts: new objects, approved models, and pipelines that succeeded. */
function patternText(index: number): string {
  const source = index % 3 === 0 ? 'aws.s3' : 'aws.sagemaker'
  return JSON.stringify({source: [source], 'detail-type': [detailTypes[index % 3]], detail: wanted(index)})
}

const detailTypes = [
  'Object Created',
  'SageMaker Model Package State Change',
  'SageMaker Model Building Pipeline Execution Status Change',
] as const

function wanted(index: number): object {
  switch (index % 3) {
    case 0:
      return {bucket: {name: [`bucket-${index % 30}`]}, object: {key: [{prefix: `in/${index}/`}]}}
    case 1:
      return {
        ModelPackageGroupName: [`group-${index}`],
        ModelApprovalStatus: ['Approved'],
        $or: [
          {UpdatedModelPackageFields: ['ModelApprovalStatus']},
          {ModelPackageStatus: ['Completed'], UpdatedModelPackageFields: [{exists: false}]},
        ],
      }
    default:
      return {pipelineArn: [pipelineArn(index)], currentPipelineExecutionStatus: ['Succeeded']}
  }
}

/** Of three events one at the most finds a rule. */
function eventText(index: number, ruleCount: number): string {
  const rule = (index * 7) % (ruleCount * 3)
  return JSON.stringify({
    version: '0',
    id: `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`,
    'detail-type': detailTypes[rule % 3],
    source: rule % 3 === 0 ? 'aws.s3' : 'aws.sagemaker',
    account: '000000000000',
    time: '2026-01-02T03:04:05Z',
    region: 'us-east-1',
    resources: [pipelineArn(rule)],
    detail: happened(rule),
  })
}

function happened(rule: number): object {
  switch (rule % 3) {
    case 0: {
      const object = {
        key: `in/${rule}/part-0.csv`,
        size: 1024,
        etag: 'd41d8cd98f00b204e9800998ecf8427e',
        sequencer: '00',
      }
      return {version: '0', bucket: {name: `bucket-${rule % 30}`}, object, reason: 'PutObject'}
    }
    case 1:
      return {
        ModelPackageGroupName: `group-${rule}`,
        ModelPackageVersion: 3,
        ModelPackageStatus: 'Completed',
        ModelApprovalStatus: 'Approved',
        UpdatedModelPackageFields: ['ModelApprovalStatus'],
        InferenceSpecification: {Containers: [{Image: 'image:1', ModelDataUrl: 's3://b/model.tar.gz'}]},
      }
    default:
      return {
        pipelineArn: pipelineArn(rule),
        pipelineExecutionArn: `${pipelineArn(rule)}/execution/abcdefghijkl`,
        previousPipelineExecutionStatus: 'Executing',
        currentPipelineExecutionStatus: 'Succeeded',
      }
  }
}

function pipelineArn(index: number): string {
  return `arn:aws:sagemaker:us-east-1:000000000000:pipeline/p-${index}`
}
