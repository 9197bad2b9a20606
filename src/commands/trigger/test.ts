import {string as stringArgument} from '@oclif/core/args'
import * as Flags from '@oclif/core/flags'
import {replayEvents} from '../../actions/triggers/test/replay/replay-events.ts'
import type {ReplayResult} from '../../actions/triggers/test/replay/replay-result.ts'
import type {TestResult} from '../../actions/triggers/test/test-result.ts'
import {testTriggers} from '../../actions/triggers/test/test-trigger.ts'
import {MlpipeCommand} from '../../cli/base-command.ts'
import {exitCodeOfTest} from '../../cli/exit-codes.ts'
import {projectFlags} from '../../cli/flags.ts'
import {testView} from '../../views/trigger/test.ts'

export default class TriggerTest extends MlpipeCommand {
  static override summary = 'Tell whether a trigger fires for an event, with which parameters, and if not, why not'
  static override description =
    'Asks no target. By default each trigger is tried with a sample of the event that it waits for. With --replay, many ' +
    'events are gone through: how often each trigger would have fired, how many of the fires are duplicates, and what the ' +
    'executions would have run.\n' +
    'Exit code: 0 when a trigger fires and starts the pipeline, 1 when none does.'
  static override examples = [
    '<%= config.bin %> trigger test',
    '<%= config.bin %> trigger test new-data --event event.json',
    '<%= config.bin %> trigger test --pattern pattern.json --event -',
    '<%= config.bin %> trigger test --replay events.ndjson',
  ]
  static override args = {
    name: stringArgument({description: 'the name of a trigger of the spec; by default all of them'}),
  }
  static override flags = {
    ...projectFlags,
    event: Flags.string({
      summary: 'A file with the event, - for standard input, or the JSON itself',
      env: 'MLPIPE_EVENT',
      helpValue: 'FILE',
      exclusive: ['sample', 'replay'],
    }),
    sample: Flags.boolean({
      summary: 'Make the event that the trigger waits for; the default',
      env: 'MLPIPE_SAMPLE',
      exclusive: ['replay'],
    }),
    pattern: Flags.string({
      summary: 'Try this event pattern instead of the triggers of a spec: a file, -, or the JSON itself',
      env: 'MLPIPE_PATTERN',
      helpValue: 'FILE',
    }),
    replay: Flags.string({
      summary: 'A file of events, one a line or a JSON list, or of CloudWatch Logs; - for standard input',
      env: 'MLPIPE_REPLAY',
      helpValue: 'FILE',
    }),
    history: Flags.boolean({
      summary: 'With --replay, ask an AWS target what has run there (local is asked in any case)',
      env: 'MLPIPE_HISTORY',
      dependsOn: ['replay'],
    }),
  }

  async run(): Promise<TestResult | ReplayResult> {
    const {args, flags} = await this.parse(TriggerTest)
    const {file, target, event, pattern, replay, history: useHistory} = flags
    const input = {file, target, name: args.name, pattern}
    const world = await this.world(flags)
    const result =
      replay === undefined
        ? await testTriggers({...input, event}, world)
        : await replayEvents({...input, replay, useHistory}, world)
    return this.present(result, testView, exitCodeOfTest(result))
  }
}
