// Tags of any resource, by ARN.

import type {Db} from './database.ts'

export type TagRow = {readonly key: string; readonly value: string}

export type Tag = {readonly Key: string; readonly Value: string}

/** TagValue. */
const longestTagValue = 256

/** The mark of what was made without anything that runs. */
export function simulatedTag(why: string): Tag {
  return {Key: 'mlpipe:simulated', Value: why.slice(0, longestTagValue)}
}

/** Adds tags; an existing key takes the new value. */
export function putTags(db: Db, arn: string, tags: readonly Tag[]): void {
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
