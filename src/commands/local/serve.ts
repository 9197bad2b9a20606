import * as Flags from '@oclif/core/flags'
import {planServe, type ServeResult} from '../../actions/serve-local.ts'
import {MlpipeCommand} from '../../cli/base-command.ts'
import {fileFlag} from '../../cli/flags.ts'
import {serve} from '../../cli/serve.ts'
import {serveView} from '../../views/serve.ts'

export default class LocalServe extends MlpipeCommand {
  static override summary = 'Serve the embedded engine on a port, for any AWS client'
  static override description =
    "SageMaker pipelines and endpoints, S3, EventBridge, Scheduler, CloudWatch's alarms and Logs, STS and IAM, on the state of target local; executions " +
    'that are started there run in this process. Once it takes requests it prints the environment that leads AWS clients to ' +
    'it; with --json, one document with the same, which comes then and not at the end. With --verbose every request, firing and ' +
    'delivery is a line on stderr.\n\n' +
    'While it runs, rules and schedules fire: a schedule at its time (after a sleep, what was missed fires once), a rule for the ' +
    'events of pipelines, steps, model packages and PutEvents, and for objects, where the bucket sends its events to ' +
    'EventBridge. --watch puts files that appear or change in a folder into a bucket, which sends such an event for each: a ' +
    'file counts once it has held still for a second, once for each content that it has, also over a restart. Files that ' +
    'are there when it starts count like those that come. Names that begin with a dot or end in ~, .tmp, .part or ' +
    '.crdownload are passed over.\n\n' +
    "An endpoint answers InvokeEndpoint while it runs: the model's inference script is loaded by this machine's Python, when it is " +
    'deployed or first asked, and ends with the server; what it prints is in the log group /aws/sagemaker/Endpoints/NAME.\n\n' +
    'SIGTERM ends it with exit code 0, Ctrl-C with 130; requests under way are answered, executions are stopped. A second ' +
    'signal ends it at once.'
  static override examples = [
    '<%= config.bin %> local serve',
    '<%= config.bin %> local serve --port 4566',
    '<%= config.bin %> local serve --watch incoming=s3://my-bucket/incoming',
    '<%= config.bin %> local serve --host 0.0.0.0 --allow-remote',
  ]
  static override flags = {
    file: fileFlag,
    state: Flags.string({
      summary: "The engine's state directory (default: .mlpipe beside the spec, else in the working directory)",
      env: 'MLPIPE_STATE',
      helpValue: 'DIR',
    }),
    port: Flags.integer({
      summary: 'The port (default: one that is free)',
      env: 'MLPIPE_PORT',
      min: 1,
      max: 65_535,
      helpValue: 'NUMBER',
    }),
    host: Flags.string({
      summary: 'The address to listen on; other than of this machine alone only with --allow-remote',
      env: 'MLPIPE_HOST',
      default: '127.0.0.1',
      helpValue: 'ADDRESS',
    }),
    'allow-remote': Flags.boolean({
      summary: 'Let other machines in, with a token: whoever has it can run programs on this machine',
      env: 'MLPIPE_ALLOW_REMOTE',
    }),
    token: Flags.string({
      summary: 'What clients have to give as AWS_ACCESS_KEY_ID (default with --allow-remote: a new one)',
      env: 'MLPIPE_TOKEN',
      helpValue: 'TOKEN',
    }),
    watch: Flags.string({
      summary:
        'Put the files that come into the folder into the bucket, which is made when it is missing; repeat for more',
      multiple: true,
      multipleNonGreedy: true,
      helpValue: 'DIR=s3://BUCKET/PREFIX',
    }),
  }

  async run(): Promise<ServeResult> {
    const {flags} = await this.parse(LocalServe)
    const {file, state, host, port, token, watch, 'allow-remote': allowRemote} = flags
    const world = await this.world(flags)
    const plan = await planServe({file, state, host, port, token, allowRemote, watch}, world)
    const spoken = flags.verbose ? 'everything' : 'little'
    const server = await serve(plan, world.reporter, flags.quiet ? 'nothing' : spoken)
    const result = this.present(server.result, serveView)
    await server.ended()
    return result
  }
}
