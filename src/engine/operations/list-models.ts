// ListModels.

import {compact, seconds} from '../store/documents.ts'
import type {ModelRow} from '../store/models.ts'
import type {listModelsShape} from '../validations/list-models.ts'
import type {InputOf} from '../validations/shape.ts'
import type {OperationContext} from './context.ts'
import {containing, milliseconds, replyPage} from './paging.ts'
import type {Reply} from './reply.ts'

export function listModels(input: InputOf<typeof listModelsShape>, {db}: OperationContext): Reply {
  const query = {
    from: 'models',
    where: [
      ["name LIKE ? ESCAPE '\\'", containing(input.NameContains)],
      // Of this list and those of endpoints the reference says that the time itself counts; of others it does not.
      ['createdAtMs >= ?', milliseconds(input.CreationTimeAfter)],
      ['createdAtMs < ?', milliseconds(input.CreationTimeBefore)],
    ],
    sortBy: input.SortBy === 'Name' ? 'name' : 'createdAtMs',
    tieBreak: 'arn',
    defaultOrder: 'Descending',
  } as const
  return replyPage<ModelRow>(db, input, query, 'Models', (row) =>
    compact({ModelName: row.name, ModelArn: row.arn, CreationTime: seconds(row.createdAtMs)}),
  )
}
