// A model package has come to be, or was edited. Section "Model package state change"; the names of edited members are there in
// the event of an edit only.

import type {Change} from '../../store/changes.ts'
import type {Db} from '../../store/database.ts'
import {describePackage, findPackage} from '../../store/packages.ts'
import {inMilliseconds} from './milliseconds.ts'
import type {OwnEvent} from './own-event.ts'

export function packageEvent(db: Db, {arn, edited}: Change & {kind: 'package'}): OwnEvent | undefined {
  const row = findPackage(db, arn)
  if (!row) return undefined
  return {
    detailType: 'SageMaker Model Package State Change',
    resources: [arn],
    detail: {
      CertifyForMarketplace: false,
      LastModifiedTime: row.createdAtMs,
      ...inMilliseconds(describePackage(row), (ms) => ms),
      ...(edited ? {UpdatedModelPackageFields: edited} : {}),
    },
  }
}
