// Patterns and events with the verdicts of the engine that EventBridge itself runs.

import {readFileSync} from 'node:fs'
import {findSharedFile} from './shared-files.ts'

export type PatternCase = {readonly patternText: string; readonly eventText: string; readonly matches: boolean}

export function readPatternCases(suite: string): readonly PatternCase[] | undefined {
  const path = findSharedFile('patterns/cases.json', suite)
  return path === undefined ? undefined : (JSON.parse(readFileSync(path, 'utf8')) as PatternCase[])
}
