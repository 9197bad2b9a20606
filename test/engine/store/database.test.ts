// The database file: made once, shared by processes, safe against a newer version and against a crash.

import {spawn} from 'node:child_process'
import {once} from 'node:events'
import {mkdirSync, readFileSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {fileURLToPath} from 'node:url'
import Database from 'libsql'
import {expect, it} from 'vitest'
import {findAnswer} from '../../../src/engine/store/callbacks.ts'
import {openDatabase} from '../../../src/engine/store/database.ts'
import {findSteps} from '../../../src/engine/store/steps.ts'
import {findTags, putTags} from '../../../src/engine/store/tags.ts'
import {tempDir} from '../../support/temp-dir.ts'

it('makes the directory, hides it from git, and keeps what it holds', () => {
  const stateDirectory = join(tempDir(), 'deep', '.mlpipe')
  const first = openDatabase(stateDirectory)
  putTags(first, 'arn', [{Key: 'a', Value: '1'}])
  first.close()
  expect(readFileSync(join(stateDirectory, '.gitignore'), 'utf8')).toBe('*\n')
  const second = openDatabase(stateDirectory)
  expect(findTags(second, 'arn')).toEqual([{key: 'a', value: '1'}])
  second.close()
})

it('leaves a .gitignore alone that is there', () => {
  const stateDirectory = tempDir({'.gitignore': 'mine\n'})
  openDatabase(stateDirectory).close()
  expect(readFileSync(join(stateDirectory, '.gitignore'), 'utf8')).toBe('mine\n')
})

it('refuses a file of a newer version, says so, and does not touch it', () => {
  const stateDirectory = tempDir()
  openDatabase(stateDirectory).close()
  const raw = new Database(join(stateDirectory, 'state.db'))
  raw.exec('PRAGMA user_version = 99')
  raw.close()
  expect(() => openDatabase(stateDirectory)).toThrow(/written by a newer mlpipe \(schema 99, this one knows \d+\)/)
})

it('brings a file of the first version up to date, and keeps what it holds', () => {
  const stateDirectory = tempDir()
  const first = openDatabase(stateDirectory)
  putTags(first, 'arn', [{Key: 'a', Value: '1'}])
  first.close()
  const raw = new Database(join(stateDirectory, 'state.db'))
  raw.exec(`
    ALTER TABLE executions DROP COLUMN selection;
    ALTER TABLE executions DROP COLUMN retryToken;
    ALTER TABLE executions DROP COLUMN mlflowExperiment;
    ALTER TABLE packageGroups DROP COLUMN managedStorage;
    ALTER TABLE packages DROP COLUMN updateToken;
    ALTER TABLE steps DROP COLUMN copiedFrom;
    ALTER TABLE steps DROP COLUMN jobArn;
    ALTER TABLE steps DROP COLUMN simulated;
    DROP INDEX jobsByParent;
    ALTER TABLE jobs DROP COLUMN parentArn;
    DROP TABLE callbackAnswers;
    DROP TABLE resources;
    DROP TABLE associations;
    DROP TABLE objectRecords;
    DROP TABLE uploads;
    DROP TABLE uploadParts;
    DROP TABLE bucketSettings;
    DROP TABLE roles;
    DROP TABLE inlinePolicies;
    DROP TABLE attachedPolicies;
    DROP TABLE rules;
    DROP TABLE ruleTargets;
    DROP TABLE scheduleGroups;
    DROP TABLE schedules;
    DROP TABLE busServers;
    DROP TABLE deliveries;
    DROP TABLE ruleChanges;
    DROP TABLE scheduleClocks;
    DROP TABLE watchedFiles;
    DROP TABLE alarms;
    DROP TABLE alarmPeriods;
    DROP TABLE lineageEntities;
    DROP TABLE lineageBacklog;
    DROP TABLE deployments;
    INSERT INTO steps (executionArn, name, pipelineArn, position, type, status, startedAtMs, attempts, metadata)
      VALUES ('e', 'train', 'p', 0, 'Training', 'Succeeded', 0, 1, '{"TrainingJob":{"Arn":"job"}}');
    PRAGMA user_version = 1;
  `)
  raw.close()

  openDatabase(stateDirectory).close()
  const db = openDatabase(stateDirectory)
  expect(findTags(db, 'arn')).toEqual([{key: 'a', value: '1'}])
  expect(db.all('SELECT selection, retryToken FROM executions')).toEqual([])
  expect(findSteps(db, 'e')).toMatchObject([{name: 'train', copiedFrom: null, jobArn: 'job', simulated: null}])
  expect(findAnswer(db, 'abcdefghij')).toBeUndefined()
  db.close()
})

it('refuses a file that is no database', () => {
  const stateDirectory = tempDir()
  mkdirSync(stateDirectory, {recursive: true})
  writeFileSync(
    join(stateDirectory, 'state.db'),
    'this is text, and long enough to be looked at as a header'.repeat(100),
  )
  expect(() => openDatabase(stateDirectory)).toThrow(/not a database/)
})

it('undoes a transaction that throws, and one inside another with it', () => {
  const db = openDatabase(tempDir())
  const failing = () =>
    db.transaction(() => {
      putTags(db, 'arn', [{Key: 'a', Value: '1'}])
      db.transaction(() => putTags(db, 'arn', [{Key: 'b', Value: '2'}]))
      throw new Error('stop')
    })
  expect(failing).toThrow('stop')
  expect(findTags(db, 'arn')).toEqual([])
  db.close()
})

const writer = fileURLToPath(new URL('../support/tag-writer.ts', import.meta.url))

it('takes the writes of several processes at once, which all make the schema', async () => {
  const stateDirectory = join(tempDir(), '.mlpipe')
  const names = ['p0', 'p1', 'p2']
  const processes = names.map((name) =>
    spawn(process.execPath, ['--import', 'tsx', writer, stateDirectory, name, '200'], {
      stdio: ['ignore', 'ignore', 'inherit'],
    }),
  )
  const codes = await Promise.all(processes.map(async (child) => (await once(child, 'exit'))[0]))
  expect(codes).toEqual([0, 0, 0])
  const db = openDatabase(stateDirectory)
  for (const name of names) expect(findTags(db, name)).toHaveLength(200)
  db.close()
})

it('keeps every acknowledged write when the writer is killed', async () => {
  const stateDirectory = join(tempDir(), '.mlpipe')
  const child = spawn(process.execPath, ['--import', 'tsx', writer, stateDirectory, 'p', '1000000'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let printed = ''
  child.stdout.on('data', (data) => {
    printed += String(data)
    if (printed.length > 2000) child.kill('SIGKILL')
  })
  await once(child, 'close')
  const acknowledged = printed.slice(0, printed.lastIndexOf('\n')).split('\n')
  const db = openDatabase(stateDirectory)
  const kept = new Set(findTags(db, 'p').map(({key}) => key))
  expect(acknowledged.length).toBeGreaterThan(100)
  expect(acknowledged.filter((key) => !kept.has(key))).toEqual([])
  expect(db.get<{integrity_check: string}>('PRAGMA integrity_check')).toEqual({integrity_check: 'ok'})
  db.close()
})
