// What callback steps are answered with. Any process may write an answer; the one that runs the step reads it.

import type {Json} from '../../definition/json.ts'
import type {Db} from './database.ts'

export type CallbackAnswer =
  | {readonly kind: 'success'; readonly outputs: Readonly<Record<string, Json>>}
  | {readonly kind: 'failure'; readonly reason: string | undefined}

export type AnswerRow = {readonly token: string; readonly answer: string; readonly clientToken: string | null}

export function insertAnswer(
  db: Db,
  token: string,
  answer: CallbackAnswer,
  facts: {readonly clientToken: string | undefined; readonly atMs: number},
): void {
  db.run(
    'INSERT INTO callbackAnswers (token, answer, clientToken, answeredAtMs) VALUES (?, ?, ?, ?)',
    ...[token, JSON.stringify(answer), facts.clientToken ?? null, facts.atMs],
  )
}

export function findAnswer(db: Db, token: string): AnswerRow | undefined {
  return db.get('SELECT token, answer, clientToken FROM callbackAnswers WHERE token = ?', token)
}

export function parseAnswer({answer}: AnswerRow): CallbackAnswer {
  return JSON.parse(answer) as CallbackAnswer
}
