// `npm run bench`: start-up, compiling and running, each beside what it can fairly be compared with.
// `npm run bench -- --quick` repeats less and leaves the largest out; a part's name runs that part: start-up, compile, run, diff,
// serve, upload, events, report.
import {existsSync} from 'node:fs'
import {fileURLToPath} from 'node:url'
import {benchCompile} from './compile.ts'
import {benchDiff} from './diff.ts'
import {benchEvents} from './events.ts'
import {benchReport} from './report.ts'
import {benchRun} from './run.ts'
import {benchServe} from './serve.ts'
import {benchStartUp} from './start-up.ts'
import {benchUpload} from './upload.ts'

const program = fileURLToPath(new URL('../bin/run.js', import.meta.url))
const template = fileURLToPath(new URL('../templates/tumour-classifier', import.meta.url))

const words = process.argv.slice(2)
const isQuick = words.includes('--quick')
const parts = words.filter((word) => !word.startsWith('--'))
const wants = (part: string): boolean => parts.length === 0 || parts.includes(part)

if (!existsSync(program)) throw new Error(`${program} is missing: npm run build`)

process.stdout.write(`node ${process.version} on ${process.platform}-${process.arch}\n`)
if (wants('start-up')) benchStartUp(program, template, isQuick ? 5 : 15)
if (wants('compile')) benchCompile(program, [10, 100, 1000], isQuick ? 3 : 7)
if (wants('diff')) benchDiff(program, isQuick ? 200 : 1000, isQuick ? 10 : 100, isQuick ? 3 : 5)
if (wants('run')) await benchRun(program, isQuick ? [50, 200] : [50, 200, 1000], isQuick ? 1 : 3)
if (wants('serve')) await benchServe(program, 200, isQuick ? 10 : 60)
if (wants('upload')) await benchUpload((isQuick ? 256 : 2048) * 1024 * 1024)
if (wants('report')) await benchReport(isQuick ? [10, 100] : [10, 100, 1000], isQuick ? 3 : 7)
if (wants('events')) benchEvents(isQuick ? 2000 : 10_000, 300, isQuick ? 3 : 5)
