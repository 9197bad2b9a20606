// What is set for a bucket beside the objects in it.

import type {Db} from './database.ts'

export type BucketSettings = {
  /** The region that it was made in; undefined for a bucket that came into being with its first object. */
  readonly location?: string | undefined
  /** The members of its notification configuration, in S3's XML. */
  readonly notification?: string | undefined
}

export function findBucketSettings(db: Db, bucket: string): BucketSettings {
  const sql = 'SELECT location, notification FROM bucketSettings WHERE bucket = ?'
  const row = db.get<{location: string | null; notification: string | null}>(sql, bucket)
  return {location: row?.location ?? undefined, notification: row?.notification ?? undefined}
}

export function keepBucketSettings(db: Db, bucket: string, {location, notification}: BucketSettings): void {
  const sql = 'INSERT OR REPLACE INTO bucketSettings (bucket, location, notification) VALUES (?, ?, ?)'
  db.run(sql, bucket, location ?? null, notification ?? null)
}

export function dropBucketSettings(db: Db, bucket: string): void {
  db.run('DELETE FROM bucketSettings WHERE bucket = ?', bucket)
}

const eventBridge = '<EventBridgeConfiguration'

/** Whether what happens in the bucket is told to EventBridge. What stands in the configuration as text has no angle brackets. */
export function sendsEvents({notification = ''}: BucketSettings): boolean {
  return notification.includes(eventBridge)
}

/** Adds it to what is configured; false when it was so. */
export function switchEventsOn(db: Db, bucket: string): boolean {
  return db.transaction(() => {
    const settings = findBucketSettings(db, bucket)
    if (sendsEvents(settings)) return false
    const notification = `${settings.notification ?? ''}${eventBridge}></EventBridgeConfiguration>`
    keepBucketSettings(db, bucket, {...settings, notification})
    return true
  })
}
