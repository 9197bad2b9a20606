// What every command shares: flags, the world, the result on stdout, the exit code, and the rendering of what went wrong.

import {join} from 'node:path'
import {Command} from '@oclif/core/command'
import * as Flags from '@oclif/core/flags'
import type {Reporter} from '../actions/reporter.ts'
import {eventLine, eventsReporter} from '../views/progress/events.ts'
import {plainReporter, silentReporter} from '../views/progress/plain.ts'
import type {View} from '../views/view.ts'
import {exitCodeOf} from './exit-codes.ts'
import {guardStreams} from './guard-streams.ts'
import {errorToJson, exitOf, renderError} from './render-error.ts'
import {canMove, isTruthy, screenOf, wantsJson} from './terminal.ts'
import {translateThrown} from './translate-thrown.ts'
import type {OpenWorld} from './world.ts'

export type WorldFlags = {
  readonly region?: string | undefined
  readonly profile?: string | undefined
  readonly json: boolean
  readonly verbose: boolean
  readonly quiet: boolean
  readonly 'no-color': boolean
}

export abstract class MlpipeCommand extends Command {
  static override baseFlags = {
    json: Flags.boolean({
      summary: 'Print the result, or the error, as one JSON document',
      env: 'MLPIPE_JSON',
      helpGroup: 'OUTPUT',
    }),
    verbose: Flags.boolean({
      summary: 'Tell more while it works, and more about errors',
      env: 'MLPIPE_VERBOSE',
      helpGroup: 'OUTPUT',
    }),
    quiet: Flags.boolean({
      summary: 'Print nothing but the result and errors',
      env: 'MLPIPE_QUIET',
      helpGroup: 'OUTPUT',
    }),
    'no-color': Flags.boolean({
      summary: 'Print without colours (so does NO_COLOR)',
      env: 'MLPIPE_NO_COLOR',
      helpGroup: 'OUTPUT',
    }),
  }

  private opened: OpenWorld | undefined
  private hasFailed = false

  /** The real world, opened on first use. */
  protected async world(flags: WorldFlags): Promise<OpenWorld> {
    if (!this.opened) {
      const {openWorld} = await import('./world.ts')
      const {root, version} = this.config
      this.opened = openWorld(await this.reporter(flags), {programRoot: root, version, env: environmentWith(flags)})
    }
    return this.opened
  }

  /** Writes the result once, in the wanted format, and sets the exit code: `exit`, or what the result stands for. */
  protected present<Result>(result: Result, view: View<Result>, exit: number = exitCodeOf(result)): Result {
    this.opened?.reporter.end()
    const text = this.resultText(result, view)
    if (text !== '') process.stdout.write(`${text}\n`)
    process.exitCode = exit
    return result
  }

  private resultText<Result>(result: Result, view: View<Result>): string {
    if (this.isEvents()) return eventLine('result', Date.now(), {result: view.json(result)})
    return this.isJson() ? JSON.stringify(view.json(result), null, 2) : view.human(result, this.screen())
  }

  /** One line of a result that is printed as it comes; nothing with --json, whose document is printed at the end. */
  protected streamLine(line: string): void {
    if (this.isJson()) return
    process.stdout.write(`${line}\n`)
    // Whoever read the lines has gone: there is nobody left to follow for.
    if (process.stdout.destroyed || process.stdout.errored) process.exit(0)
  }

  /** Where this program keeps its starter projects. */
  protected templatesDirectory(): string {
    return join(this.config.root, 'templates')
  }

  protected override async init(): Promise<void> {
    await super.init()
    guardStreams()
  }

  protected override async catch(thrown: Error & {exitCode?: number}): Promise<void> {
    if ('code' in thrown && thrown.code === 'EEXIT') throw thrown

    this.hasFailed = true
    // Where parsing is what failed, oclif would warn that nothing was parsed.
    this.parsed = true
    this.opened?.reporter.end()
    const error = translateThrown(thrown, {
      id: (this.id ?? '').replaceAll(':', ' '),
      flags: Object.keys({...this.ctor.baseFlags, ...this.ctor.flags}),
    })
    const {version} = this.config
    if (this.isEvents()) process.stdout.write(`${eventLine('error', Date.now(), errorToJson(error, version))}\n`)
    else if (this.isJson()) process.stdout.write(`${JSON.stringify(errorToJson(error, version), null, 2)}\n`)
    else {
      const colour = screenOf(process.stderr, process.env, this.hasFlag('no-color')).colour
      const verbose = this.hasFlag('verbose')
      process.stderr.write(`${renderError(error, {colour, verbose, version})}\n`)
    }
    process.exitCode = exitOf(error)
  }

  protected override async finally(): Promise<void> {
    await this.opened?.dispose({kill: this.hasFailed})
  }

  private async reporter(flags: WorldFlags): Promise<Reporter> {
    if (this.isEvents()) return eventsReporter((text) => process.stdout.write(text), Date.now)
    if (flags.json || flags.quiet) return silentReporter
    const {stderr, env} = process
    const screen = () => screenOf(stderr, env, flags['no-color'])
    if (!canMove(stderr, env)) return plainReporter((text) => stderr.write(text), {screen, verbose: flags.verbose})
    const {liveReporter} = await import('../views/progress/live.ts')
    return liveReporter({stream: stderr, screen, verbose: flags.verbose, now: Date.now})
  }

  private screen() {
    return screenOf(process.stdout, process.env, this.hasFlag('no-color'))
  }

  private isJson(): boolean {
    return wantsJson(this.argv, process.env)
  }

  /** Of commands that have the flag; where both are given, which is an error, --json tells it. */
  private isEvents(): boolean {
    return 'events' in (this.ctor.flags ?? {}) && !this.isJson() && this.hasFlag('events')
  }

  /** Read from argv, because it is asked for even where parsing failed. */
  private hasFlag(name: 'events' | 'no-color' | 'verbose'): boolean {
    const env = `MLPIPE_${name.replace('-', '_').toUpperCase()}`
    return this.argv.includes(`--${name}`) || isTruthy(process.env[env])
  }
}

/** The flags of an AWS target are said where whoever chooses the target looks. */
function environmentWith({region, profile}: WorldFlags): NodeJS.ProcessEnv {
  return {
    ...process.env,
    ...(region === undefined ? {} : {MLPIPE_REGION: region}),
    ...(profile === undefined ? {} : {MLPIPE_PROFILE: profile}),
  }
}
