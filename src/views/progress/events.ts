// Progress for programs: one JSON object a line, as it happens (--events).

import type {ProgressEvent, Reporter} from '../../actions/reporter.ts'
import {diagnosticsToJson} from '../../diagnostics/render-diagnostics.ts'

/** The form of every line: what happened under `event`, when under `at`, and what belongs to it beside them. */
export type EventLine = {readonly formatVersion: 1; readonly event: string; readonly at: string}

export function eventsReporter(write: (text: string) => void, now: () => number): Reporter {
  return {
    report: (event) => {
      const members = membersOf(event)
      if (members) write(`${eventLine(event.kind, now(), members)}\n`)
    },
    end: () => {},
  }
}

export function eventLine(event: string, atMs: number, members: object): string {
  const line: EventLine = {formatVersion: 1, event, at: new Date(atMs).toISOString()}
  return JSON.stringify({...line, ...members})
}

/** Undefined for what only a terminal needs to know, and where there is nothing to tell. */
function membersOf(event: ProgressEvent): object | undefined {
  switch (event.kind) {
    case 'question-asked':
    case 'question-answered':
      return undefined
    case 'diagnostics':
      if (event.diagnostics.length === 0) return undefined
      return {diagnostics: diagnosticsToJson(event.diagnostics, event.source)}
    default: {
      const {kind: _, ...members} = event
      return members
    }
  }
}
