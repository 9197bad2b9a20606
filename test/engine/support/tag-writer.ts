// A process that writes tags, each in a transaction of its own, and prints the key of each once it is written.

import {writeSync} from 'node:fs'
import {argv} from 'node:process'
import {openDatabase} from '../../../src/engine/store/database.ts'
import {putTags} from '../../../src/engine/store/tags.ts'

const [, , stateDirectory = '', arn = '', count = '0'] = argv
const db = openDatabase(stateDirectory)
for (let index = 0; index < Number(count); index += 1) {
  putTags(db, arn, [{Key: `k${index}`, Value: ''}])
  writeSync(1, `k${index}\n`)
}
db.close()
