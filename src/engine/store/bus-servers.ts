// The processes that serve the event bus. A row that its process could not take away, since it was killed, counts for nothing.

import type {Db} from './database.ts'
import {isAlive, type ProcessIdentity} from './process-identity.ts'

/** Enters the process, and takes away those that are gone. */
export function enterBusServer(db: Db, {pid, start}: ProcessIdentity, nowMs: number): void {
  db.transaction(() => {
    for (const server of listBusServers(db)) if (!isAlive(server)) removeBusServer(db, server)
    db.run('INSERT OR REPLACE INTO busServers (pid, start, sinceMs) VALUES (?, ?, ?)', pid, start, nowMs)
  })
}

export function removeBusServer(db: Db, {pid, start}: ProcessIdentity): void {
  db.run('DELETE FROM busServers WHERE pid = ? AND start = ?', pid, start)
}

export function hasBusServer(db: Db): boolean {
  return listBusServers(db).some(isAlive)
}

function listBusServers(db: Db): ProcessIdentity[] {
  return db.all('SELECT pid, start FROM busServers')
}
