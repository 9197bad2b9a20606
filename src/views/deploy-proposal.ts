// What a deploy would do, as it is shown before it is asked for and after a dry run.

import type {DeployResult} from '../actions/deploy/deploy-result.ts'
import {type DeployHalf, deployHalf} from './deploy-half.ts'
import {flow, widest} from './flow.ts'
import {type Paint, painter} from './style.ts'
import {bytes, count} from './time.ts'
import {bucketTexts, triggerTexts} from './trigger/deploy.ts'
import type {Screen} from './view.ts'

const outcomes = {create: 'create', update: 'update', 'change-nothing': 'none'} as const

export function deployProposal(result: DeployResult, {width, colour}: Screen): string[] {
  const paint = painter(colour)
  const room = Math.min(width, widest)
  const fresh = result.uploads.filter(({uploaded}) => uploaded)
  const sum = bytes(fresh.reduce((total, upload) => total + upload.bytes, 0))
  const sources = [...new Set(fresh.map(({source}) => source))].join(', ')
  const uploads = fresh.length === 0 ? [] : [{text: `${count(fresh.length, 'upload')}, ${sum}: ${sources}`}]
  const groups = result.groupsCreated.length === 0 ? [] : [{text: result.groupsCreated.join(', ')}]
  return [
    ...proposedChanges(result, {width, colour}),
    ...(uploads.length === 0 ? [] : flow(uploads, room, 8, `${paint.bold('Upload')}  `)),
    ...triggerPieces(result, room, paint),
    ...(groups.length === 0 ? [] : flow(groups, room, 8, `${paint.bold('Groups')}  created: `)),
  ]
}

/** Only where they are brought in line. */
function triggerPieces({triggers}: DeployResult, room: number, paint: Paint): string[] {
  if (!triggers?.isBroughtInLine) return []
  const texts = [...triggerTexts(triggers, true), ...bucketTexts(triggers, true)]
  const [first, ...others] = texts.map((text) => [{text}])
  if (!first) return []
  const lead = `${paint.bold('Triggers')}  `
  return [...flow(first, room, 10, lead), ...others.flatMap((pieces) => flow(pieces, room, 10))]
}

/** What it would do to the pipeline. */
export function proposedChanges(result: DeployResult, {width, colour}: Screen): string[] {
  const {file, would = 'change-nothing', changes, parameters, steps} = result
  const half: DeployHalf = {
    file,
    against: {kind: would === 'create' ? 'nothing' : 'deployed'},
    deploy: {outcome: outcomes[would], changes},
    run: {parameters, steps},
  }
  return deployHalf(half, {file, width: Math.min(width, widest), paint: painter(colour)})
}
