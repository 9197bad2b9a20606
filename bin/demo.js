// The main job from nothing: `npm run demo [-- DIRECTORY]`. Each command is printed before it runs.
import {spawnSync} from 'node:child_process'
import {mkdirSync, mkdtempSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {basename, dirname, join, resolve} from 'node:path'
import {fileURLToPath} from 'node:url'

const program = fileURLToPath(new URL('run.js', import.meta.url))
const directory = resolve(process.argv[2] ?? join(mkdtempSync(join(tmpdir(), 'mlpipe-demo-')), 'tumour-classifier'))
mkdirSync(dirname(directory), {recursive: true})

say('A project from the default template')
mlpipe(dirname(directory), 'init', basename(directory))

say('Is the spec right? What does it hold?')
mlpipe(directory, 'validate')

say('Store the pipeline in the embedded engine, under .mlpipe/')
mlpipe(directory, 'deploy')

say('Train, evaluate, gate and register a real model')
const first = mlpipe(directory, 'run')

say('The same again: nothing has changed, so every step that can be reused is')
const second = mlpipe(directory, 'run')

say('What was registered')
mlpipe(directory, 'models', 'list')

process.stdout.write(`
The first run took ${seconds(first)}, the second ${seconds(second)}. The project stays in ${directory}. Try there:
  alias mlpipe='node ${program}'
  mlpipe run --param epochs=50            # prepare is reused; train and evaluate run again
  mlpipe run --param minAccuracy=0.9999   # the gate closes, and the fail step says why
`)

function say(text) {
  process.stdout.write(`\n# ${text}\n`)
}

/** Runs one command in `cwd`, ends the demo when it fails, and returns its milliseconds. */
function mlpipe(cwd, ...args) {
  process.stdout.write(`$ mlpipe ${args.join(' ')}\n`)
  const started = performance.now()
  const {status} = spawnSync(process.execPath, [program, ...args], {cwd, stdio: 'inherit'})
  if (status !== 0) process.exit(status ?? 1)
  return performance.now() - started
}

function seconds(milliseconds) {
  return `${(milliseconds / 1000).toFixed(1)} s`
}
