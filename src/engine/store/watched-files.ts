// What was taken from watched folders, by content: a server that starts again takes what has changed since, and nothing else.

import type {Db} from './database.ts'

export type WatchedFile = {
  /** Absolute. */
  readonly path: string
  /** The object that it went to. */
  readonly uri: string
  readonly size: number
  readonly modifiedMs: number
  readonly md5: string
}

export function findWatchedFile(db: Db, path: string, uri: string): WatchedFile | undefined {
  return db.get('SELECT * FROM watchedFiles WHERE path = ? AND uri = ?', path, uri)
}

export function keepWatchedFile(db: Db, {path, uri, size, modifiedMs, md5}: WatchedFile): void {
  const sql = 'INSERT OR REPLACE INTO watchedFiles (path, uri, size, modifiedMs, md5) VALUES (?, ?, ?, ?, ?)'
  db.run(sql, path, uri, size, modifiedMs, md5)
}
