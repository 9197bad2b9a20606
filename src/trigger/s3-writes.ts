// Where in S3 the executions that a trigger starts put objects, as far as that is known.

import {flattenSteps} from '../definition/flat-steps.ts'
import {isJsonObject, type Json} from '../definition/json.ts'
import {writtenMembers} from '../definition/written-members.ts'
import {parseS3Uri} from '../text/s3-uri.ts'
import {knownText, type Started} from './known-text.ts'

type S3Write = {
  readonly step: string
  readonly bucket: string
  /** How the keys begin. */
  readonly key: string
  /** Whether all that is known of the place is `key`; otherwise what only the run can tell follows it. */
  readonly isWhole: boolean
}

export function s3Writes(started: Started): S3Write[] {
  return flattenSteps(started.definition).flatMap(({step}) =>
    step.Type === 'Condition'
      ? []
      : writtenUris(step.Arguments, false).flatMap((uri) => {
          const {text, isWhole} = knownText(uri, started)
          const place = parseS3Uri(text)
          return place ? [{step: step.Name, ...place, isWhole}] : []
        }),
  )
}

/** Texts and joins below a member that is written to. */
function writtenUris(value: Json, isWritten: boolean): Json[] {
  if (Array.isArray(value)) return value.flatMap((item: Json) => writtenUris(item, isWritten))
  if (!isJsonObject(value) || 'Std:Join' in value || 'Get' in value) return isWritten ? [value] : []
  return Object.entries(value).flatMap(([name, member]) => writtenUris(member, isWritten || writtenMembers.has(name)))
}
