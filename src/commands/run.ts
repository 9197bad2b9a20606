import * as Flags from '@oclif/core/flags'
import type {RunResult} from '../actions/executions/followed-run.ts'
import {run} from '../actions/run.ts'
import {MlpipeCommand} from '../cli/base-command.ts'
import {eventsFlag, onInterruptFlag, parameterFlags, projectFlags, timeoutFlag, waitFlag} from '../cli/flags.ts'
import {runView} from '../views/execution.ts'

export default class Run extends MlpipeCommand {
  static override summary = 'Start an execution of the deployed pipeline and follow it'
  static override description =
    'Ctrl-C asks what becomes of an execution that outlives this command, and a second one leaves it running. One that runs\n' +
    'in this process (target local) is stopped, and a second Ctrl-C ends it at once.\n' +
    'Exit code: 0 succeeded, 1 failed or stopped, 69 the service is away, 75 still running at --timeout, 130 interrupted.'
  static override examples = [
    '<%= config.bin %> run',
    '<%= config.bin %> run --param epochs=50 --param minAccuracy=0.9',
    '<%= config.bin %> run --from evaluate',
    '<%= config.bin %> run --no-cache train',
    '<%= config.bin %> run --no-wait',
  ]
  static override flags = {
    ...projectFlags,
    ...parameterFlags,
    from: Flags.string({
      summary: 'Run this step and everything downstream of it; results of others come from an earlier execution',
      env: 'MLPIPE_FROM',
      helpValue: 'STEP',
      exclusive: ['only', 'select'],
    }),
    only: Flags.string({
      summary: 'Run just these steps, on the results of an earlier execution',
      multiple: true,
      multipleNonGreedy: true,
      helpValue: 'STEP[,STEP]',
      exclusive: ['from', 'select'],
    }),
    select: Flags.string({
      summary: 'Run these steps and those between them, on the results of an earlier execution',
      multiple: true,
      multipleNonGreedy: true,
      helpValue: 'STEP[,STEP]',
      exclusive: ['from', 'only'],
    }),
    'no-cache': Flags.string({
      summary: 'Run these steps even where an earlier result could be reused; "all" for every step',
      multiple: true,
      multipleNonGreedy: true,
      helpValue: 'STEP[,STEP]',
    }),
    source: Flags.string({
      summary: 'The earlier execution (default: the latest that has the results needed)',
      env: 'MLPIPE_SOURCE',
      helpValue: 'EXECUTION',
    }),
    wait: waitFlag,
    timeout: timeoutFlag,
    'on-interrupt': onInterruptFlag,
    events: eventsFlag,
  }

  async run(): Promise<RunResult> {
    const {flags} = await this.parse(Run)
    const input = {
      file: flags.file,
      target: flags.target,
      parameters: flags.param ?? [],
      parametersFile: flags['params-file'],
      from: flags.from,
      only: flags.only,
      select: flags.select,
      noCache: flags['no-cache'],
      source: flags.source,
      wait: flags.wait,
      timeout: flags.timeout,
      onInterrupt: flags['on-interrupt'],
    }
    const result = await run(input, await this.world(flags))
    return this.present(result, runView)
  }
}
