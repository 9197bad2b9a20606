// What tells two events of one happening: services may send several events for one change ("SageMaker AI may send multiple
// events to EventBridge for each state change", Developer Guide), each with an id of its own.

import type {EventFields} from '../../../../events/event-fields.ts'

/** By detail-type: the fields that are the same for every event of one happening. */
const identities: Readonly<Record<string, readonly string[]>> = {
  'Object Created': ['bucket.name', 'object.key', 'object.version-id', 'object.etag', 'object.sequencer'],
  'SageMaker Model Building Pipeline Execution Status Change': [
    'pipelineExecutionArn',
    'currentPipelineExecutionStatus',
  ],
  'SageMaker Model Building Pipeline Execution Step Status Change': [
    'pipelineExecutionArn',
    'stepName',
    'currentStepStatus',
  ],
  'SageMaker Model Package State Change': [
    'ModelPackageArn',
    'ModelPackageStatus',
    'ModelApprovalStatus',
    'LastModifiedTime',
  ],
  'SageMaker Processing Job State Change': ['ProcessingJobArn', 'ProcessingJobStatus'],
  'SageMaker Training Job State Change': ['TrainingJobArn', 'TrainingJobStatus', 'SecondaryStatus'],
  'CloudWatch Alarm State Change': ['alarmName', 'state.value', 'state.timestamp'],
}

/** Equal for two events of one happening. Of an event that nothing is known of: everything but its id. */
export function happeningOf({byPath}: EventFields): string {
  const [detailType = '', source = ''] = ['detail-type', 'source'].map((path) => byPath.get(path)?.[0]?.node.text)
  const known = Object.hasOwn(identities, detailType) ? identities[detailType] : undefined
  const paths = known?.map((path) => `detail.${path}`) ?? [...byPath.keys()].filter((path) => path !== 'id').sort()
  const values = paths.map((path) => [path, (byPath.get(path) ?? []).map(({node}) => `${node.kind} ${node.text}`)])
  return JSON.stringify([
    source,
    detailType,
    ['account', 'region'].map((path) => byPath.get(path)?.[0]?.node.text),
    values,
  ])
}
