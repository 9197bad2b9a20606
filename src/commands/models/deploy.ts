import {string as stringArgument} from '@oclif/core/args'
import * as Flags from '@oclif/core/flags'
import {deployModel} from '../../actions/models/serving/deploy-model.ts'
import type {DeployModelResult} from '../../actions/models/serving/serving-results.ts'
import {MlpipeCommand} from '../../cli/base-command.ts'
import {endpointTimeoutFlag, endpointWaitFlag, projectFlags, yesFlag} from '../../cli/flags.ts'
import {deployModelView} from '../../views/models/serving.ts'

export default class ModelsDeploy extends MlpipeCommand {
  static override summary = 'Put an approved model behind an endpoint, and wait until it answers'
  static override description =
    'Makes a model of the package and an endpoint configuration, then creates the endpoint or updates it; what no flag says stays ' +
    'as the endpoint has it. On AWS it asks first: an endpoint costs money until "models undeploy". What has broken off goes on from ' +
    'there when the command is repeated. An update that fails leaves the endpoint with what it had; of an endpoint that cannot be ' +
    'created nothing stays. Ctrl-C ends the waiting, never the deployment.\n' +
    'One variant, which gets all requests. For several variants, data capture or autoscaling write endpoint-config and endpoint ' +
    'steps into the spec ("mlpipe explain endpoint-config").\n' +
    'Exit code: 0 it answers, 1 it failed, 75 still under way at --timeout, 130 interrupted.'
  static override examples = [
    '<%= config.bin %> models deploy',
    '<%= config.bin %> models deploy tumour-classifier/3 --endpoint tumours --instance ml.c5.large --count 2',
    '<%= config.bin %> models deploy -t prod --serverless 2048:5 --yes',
  ]
  static override args = {
    model: stringArgument({
      description: 'group/version, group, or ARN; by default the latest model of the pipeline that is approved',
    }),
  }
  static override flags = {
    ...projectFlags,
    endpoint: Flags.string({
      char: 'e',
      summary: "The endpoint (default: the one that an endpoint step of the pipeline names, else the group's name)",
      env: 'MLPIPE_ENDPOINT',
      helpValue: 'NAME',
    }),
    instance: Flags.string({
      summary: 'The instance type (default: as the endpoint has it, else ml.m5.large)',
      env: 'MLPIPE_INSTANCE',
      helpValue: 'TYPE',
      exclusive: ['serverless'],
    }),
    count: Flags.integer({
      summary: 'How many instances (default: as the endpoint has it, else 1)',
      env: 'MLPIPE_COUNT',
      helpValue: 'NUMBER',
      exclusive: ['serverless'],
    }),
    serverless: Flags.string({
      summary: 'No instances: memory in MB, and how many requests at the same time, such as 2048:5',
      env: 'MLPIPE_SERVERLESS',
      helpValue: 'MEMORY:CONCURRENCY',
    }),
    env: Flags.string({
      summary:
        'An environment variable of the container; those given are all it has (default: as the endpoint has them)',
      multiple: true,
      multipleNonGreedy: true,
      helpValue: 'NAME=VALUE',
    }),
    role: Flags.string({
      summary: 'The role that the containers have (default: of the target)',
      env: 'MLPIPE_ROLE',
      helpValue: 'ARN',
    }),
    wait: endpointWaitFlag,
    timeout: endpointTimeoutFlag,
    'dry-run': Flags.boolean({summary: 'Only say what would be done', env: 'MLPIPE_DRY_RUN'}),
    adopt: Flags.boolean({
      summary: 'Take over an endpoint of this name that was not made by mlpipe',
      env: 'MLPIPE_ADOPT',
    }),
    yes: yesFlag,
  }

  async run(): Promise<DeployModelResult> {
    const {args, flags} = await this.parse(ModelsDeploy)
    const {env: environment, 'dry-run': dryRun, ...given} = flags
    const input = {...given, model: args.model, environment, dryRun, version: this.config.version}
    const result = await deployModel(input, await this.world(flags))
    return this.present(result, deployModelView)
  }
}
