// A program of its own that runs one processing job: for tests that need to kill the engine, or another /opt.
// Arguments: where to put the scene, and the Python text. Prints the job's log and its outcome as one line of JSON.

import {openScene, pythonProcessing} from './fixture.ts'

const [parent = '', script = ''] = process.argv.slice(2)
const scene = openScene({}, parent)
const outcome = await scene.run('Processing', pythonProcessing(scene, script, {args: [parent]}))
process.stdout.write(`${JSON.stringify({outcome, log: scene.log})}\n`)
