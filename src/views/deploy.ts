// `mlpipe deploy`.

import type {DeployResult} from '../actions/deploy/deploy-result.ts'
import {proposedChanges} from './deploy-proposal.ts'
import {gateFields} from './gate/words.ts'
import {oneLine} from './printable.ts'
import {painter} from './style.ts'
import {fields} from './table.ts'
import {bytes} from './time.ts'
import {bucketTexts, triggerTexts} from './trigger/deploy.ts'
import {asItIs, nextLines, type View} from './view.ts'

const intentions: Readonly<Record<NonNullable<DeployResult['would']>, string>> = {
  create: 'would be created (nothing is: this was a dry run)',
  update: 'would be updated (nothing is: this was a dry run)',
  'change-nothing': 'would stay as it is',
}

export const deployView: View<DeployResult> = {
  human: (result, {width, colour}) => {
    const paint = painter(colour)
    if (result.outcome === 'kept') return `nothing was deployed: ${result.pipeline} on ${result.target} is as it was`

    const version = result.versionId === undefined ? '' : ` (version ${result.versionId})`
    const outcome = result.would === undefined ? result.outcome : intentions[result.would]
    const verb = result.outcome === 'dry-run' ? 'would be created' : 'created'
    const lines = fields(
      [
        ['pipeline', `${result.pipeline} ${paint.green(outcome)}${version}`],
        ['target', result.target],
        ['uploads', describeUploads(result)],
        ['groups', result.groupsCreated.map((group) => `${group} ${verb}`).join(', ')],
        ['parameters', result.parameters.map(({name, default: value}) => describeParameter(name, value))],
        ['steps', result.steps.map(({name}) => name).join(', ')],
        ['triggers', result.triggers && triggerTexts(result.triggers, result.outcome === 'dry-run')],
        ['buckets', result.triggers && bucketTexts(result.triggers, result.outcome === 'dry-run')],
        ...gateFields(result.gates),
        ['arn', result.arn],
      ],
      width,
    )
    const foreign = result.would === 'update' && result.isForeign ? [paint.yellow(foreignText)] : []
    const isUpdate = result.would === 'update' && result.changes.length > 0
    const changes = isUpdate ? [...proposedChanges(result, {width, colour}), ''] : []
    return [...changes, ...lines, ...foreign, ...nextLines(result.next)].join('\n')
  },
  json: asItIs,
}

const foreignText = 'it was not made by mlpipe: --adopt takes it over'

function describeParameter(name: string, value: string | undefined): string {
  return value === undefined ? `${name} (no default)` : `${name}=${oneLine(value)}`
}

function describeUploads({outcome, uploads}: DeployResult): string {
  if (uploads.length === 0) return 'none'
  const fresh = uploads.filter(({uploaded}) => uploaded)
  const size = bytes(fresh.reduce((sum, upload) => sum + upload.bytes, 0))
  const there = uploads.length - fresh.length
  const parts = [
    ...(fresh.length > 0 ? [`${fresh.length} ${outcome === 'dry-run' ? 'to do' : 'done'} (${size})`] : []),
    ...(there > 0 ? [`${there} already there`] : []),
  ]
  return parts.join(', ')
}
