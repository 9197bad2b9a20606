// Tags of any resource, by ARN.

import type {Db} from './database.ts'

export type TagRow = {readonly key: string; readonly value: string}

/** Adds tags; an existing key takes the new value. */
export function putTags(db: Db, arn: string, tags: readonly {readonly Key: string; readonly Value: string}[]): void {
  for (const {Key, Value} of tags) {
    db.run(
      'INSERT INTO tags (arn, key, value) VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET value = excluded.value',
      ...[arn, Key, Value],
    )
  }
}

export function findTags(db: Db, arn: string): TagRow[] {
  return db.all('SELECT key, value FROM tags WHERE arn = ? ORDER BY rowid', arn)
}

export function removeTags(db: Db, arn: string, keys: readonly string[]): void {
  for (const key of keys) db.run('DELETE FROM tags WHERE arn = ? AND key = ?', arn, key)
}
