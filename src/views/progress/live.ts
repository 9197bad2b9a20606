// Progress on a terminal: lines that stay, and below them one line of the steps that run, or of the uploads, kept by ora.

import type {Ora} from 'ora'
import type {ProgressEvent, Reporter} from '../../actions/reporter.ts'
import {truncate} from '../style.ts'
import {duration} from '../time.ts'
import {eventLines, type LineOptions} from './event-lines.ts'
import {isUploaded, type UploadProgress, uploadingLine} from './upload-progress.ts'

export type LiveOptions = Omit<LineOptions, 'cut'> & {
  readonly stream: NodeJS.WriteStream
  now(): number
}

/** Columns that ora's own symbol takes, and one that terminals keep free at the edge. */
const reservedColumns = 3
const redrawMs = 100
/** An upload that takes no longer shows no line. */
const shortUploadMs = 300

/** ora is loaded when a step is reported or an upload takes long, so that a short command does not wait for it. */
export function liveReporter(options: LiveOptions): Reporter {
  const lines = eventLines({...options, cut: true})
  const running = new Map<string, number>()
  let spinner: Ora | undefined
  let timer: NodeJS.Timeout | undefined
  let upload: (UploadProgress & {readonly sinceMs: number}) | undefined
  let loading = false
  let ended = false
  let isAsking = false

  function write(text: string): void {
    if (!spinner?.isSpinning) {
      options.stream.write(text)
      return
    }
    spinner.clear()
    options.stream.write(text)
    spinner.render()
  }

  function redraw(): void {
    if (!spinner) return
    const width = options.screen().width - reservedColumns
    spinner.text = upload ? truncate(uploadingLine(upload), width) : runningLine(running, options.now(), width)
  }

  async function start(): Promise<void> {
    loading = true
    const {default: ora} = await import('ora')
    if (ended) return
    // Input stays as it is: with discardStdin, ora would put the terminal into raw mode and catch Ctrl-C itself.
    // Whether a terminal can move was decided before; ora would decide it again by the environment.
    const color = options.screen().colour ? 'cyan' : false
    spinner = ora({stream: options.stream, isEnabled: true, discardStdin: false, color})
    redraw()
    if (!isAsking) spinner.start()
    timer = setInterval(redraw, redrawMs)
    timer.unref()
  }

  function ask(): void {
    isAsking = true
    spinner?.stop()
  }

  function goOn(): void {
    isAsking = false
    if (!ended) spinner?.start()
  }

  function end(): void {
    ended = true
    clearInterval(timer)
    spinner?.stop()
  }

  function trackUpload(event: UploadProgress): void {
    upload = {...event, sinceMs: upload?.sinceMs ?? options.now()}
    if (isUploaded(event)) end()
    else if (options.now() - upload.sinceMs >= shortUploadMs && !loading && !ended) void start()
  }

  return {
    report: (event) => {
      track(event, running)
      if (event.kind === 'upload-progress') trackUpload(event)
      redraw()
      const text = lines(event)
      if (text.length > 0) write(`${text.join('\n')}\n`)
      const isBegun = event.kind === 'step-started' || event.kind === 'endpoint-waiting'
      if (isBegun && !loading && !ended) void start()
      if (event.kind === 'question-asked') ask()
      if (event.kind === 'question-answered') goOn()
      if (event.kind === 'execution-ended' || event.kind === 'endpoint-settled') end()
    },
    end,
  }
}

function track(event: ProgressEvent, running: Map<string, number>): void {
  if (event.kind === 'step-started') running.set(event.step.name, event.atMs)
  if (event.kind === 'step-ended') running.delete(event.step.name)
  if (event.kind === 'endpoint-waiting') {
    running.clear()
    running.set(`endpoint ${event.endpoint} is ${event.status}`, event.atMs)
  }
}

/** `train 12.3 s, evaluate 0.42 s` */
export function runningLine(running: ReadonlyMap<string, number>, nowMs: number, width: number): string {
  const steps = [...running].map(([name, atMs]) => `${name} ${duration(Math.max(0, nowMs - atMs) / 1000)}`)
  return truncate(steps.length === 0 ? 'waiting for the next step' : steps.join(', '), width)
}
