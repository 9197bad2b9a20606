// `mlpipe deploy`.

import type {DeployResult} from '../actions/deploy.ts'
import {painter} from './style.ts'
import {fields} from './table.ts'
import {bytes, count} from './time.ts'
import {asItIs, type View} from './view.ts'

const outcomes: Readonly<Record<DeployResult['outcome'], string>> = {
  created: 'created',
  updated: 'updated',
  unchanged: 'unchanged',
  'dry-run': 'nothing changed: this was a dry run',
}

export const deployView: View<DeployResult> = {
  human: (result, {width, colour}) => {
    const paint = painter(colour)
    const version = result.versionId === undefined ? '' : ` (version ${result.versionId})`
    return fields(
      [
        ['pipeline', `${result.pipeline} ${paint.green(outcomes[result.outcome])}${version}`],
        ['target', result.target],
        ['uploads', describeUploads(result)],
        ['groups', result.groupsCreated.map((group) => `${group} created`).join(', ')],
        ['parameters', result.parameters.map(({name, default: value}) => `${name}=${value ?? '?'}`).join(' ')],
        ['steps', result.steps.map(({name}) => name).join(', ')],
        ['arn', result.arn],
      ],
      width,
    ).join('\n')
  },
  json: asItIs,
}

function describeUploads({outcome, uploads}: DeployResult): string {
  if (uploads.length === 0) return 'none'
  const fresh = uploads.filter(({uploaded}) => uploaded)
  const size = bytes(fresh.reduce((sum, upload) => sum + upload.bytes, 0))
  const there = uploads.length - fresh.length
  const verb = outcome === 'dry-run' ? 'to upload' : 'uploaded'
  const parts = [
    ...(fresh.length > 0 ? [`${count(fresh.length, 'file')} ${verb} (${size})`] : []),
    ...(there > 0 ? [`${there} already there`] : []),
  ]
  return parts.join(', ')
}
