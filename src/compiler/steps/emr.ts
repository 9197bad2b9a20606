// emr → EMR: what AddJobFlowSteps takes, less the step's name, and the cluster beside it.

import type {JsonObject} from '../../definition/json.ts'
import type {StepOf} from '../../spec/pipeline-spec.ts'
import {isFunctionMap, type MapValue} from '../../spec/value.ts'
import type {StepCompiler, StepScope} from '../context.ts'
import {cacheConfig, unlessEmpty} from '../parts/job-parts.ts'
import {itemPlaces, ownOrDefault, type Place} from '../place.ts'
import {compileText, compileTexts, compileValue} from '../values/compile-value.ts'
import {shortNames} from '../values/short-names.ts'

type EmrSpec = StepOf<'emr'>

export const emrCompiler: StepCompiler<EmrSpec> = {
  type: 'EMR',
  ...shortNames({clusterId: 'ClusterId', id: 'Id'}),

  compile(step, scope) {
    const properties = (step.properties ?? []).map(({name, value}) => ({Key: name, Value: compileText(value, scope)}))
    return {
      Arguments: {
        StepConfig: {
          HadoopJarStep: {
            Jar: step.jar ? compileText(step.jar, scope) : '',
            ...unlessEmpty('Args', compileTexts(step.args, scope)),
            ...(step.mainClass ? {MainClass: compileText(step.mainClass, scope)} : {}),
            ...unlessEmpty('Properties', properties),
          },
        },
        ...compileCluster(step, scope),
        ...(step.role ? {ExecutionRoleArn: compileText(step.role, scope)} : {}),
      },
      ...cacheConfig(step.cache ?? scope.defaults.cache),
    }
  },

  places(step, scope) {
    const program = 'StepConfig.HadoopJarStep'
    return [
      [program, step.jar?.range],
      [`${program}.MainClass`, step.mainClass?.range],
      [`${program}.Args`, step.keyRanges.get('args')],
      ...itemPlaces(`${program}.Args`, step.args),
      [`${program}.Properties`, step.keyRanges.get('properties')],
      ...(step.properties ?? []).map(({value}, index): Place => [`${program}.Properties[${index}]`, value.range]),
      [step.cluster?.kind === 'map' ? 'ClusterConfig' : 'ClusterId', step.cluster?.range],
      ['ExecutionRoleArn', step.role?.range],
      ['CacheConfig', ownOrDefault('cache', step, scope)],
    ]
  },
}

function compileCluster(step: EmrSpec, scope: StepScope): JsonObject {
  const {cluster} = step
  if (cluster?.kind === 'map' && !isFunctionMap(cluster)) {
    checkNewCluster(step, cluster, scope)
    return {ClusterConfig: compileValue(cluster, scope)}
  }
  if (cluster) return {ClusterId: compileText(cluster, scope)}
  const isSaidElsewhere = step.keyRanges.has('cluster') || step.api || step.definition
  if (!isSaidElsewhere) {
    scope.findings.error('missing-key', step.nameRange, `step "${step.name}" has no "cluster"`, {
      help: 'cluster: the id of a running cluster (j-…), or a mapping for a new one',
    })
  }
  return {}
}

/** What SageMaker sets itself. Source: SageMaker Python SDK, emr_step.py; Developer Guide, "EMR step". */
const setBySageMaker = ['Name', 'Steps', 'AutoTerminationPolicy']
const setInInstances = ['KeepJobFlowAliveWhenNoSteps', 'TerminationProtected']

function checkNewCluster(step: EmrSpec, cluster: MapValue, scope: StepScope): void {
  if (step.role) {
    const message = 'a runtime role is for a cluster that runs already, and this step makes a new one'
    scope.findings.error('exclusive-keys', step.role.range, message, {help: 'give the new cluster a JobFlowRole'})
  }
  const instances = cluster.entries.find(({key}) => key === 'Instances')?.value
  const members = instances?.kind === 'map' ? instances.entries : []
  const taken = [
    ...cluster.entries.filter(({key}) => setBySageMaker.includes(key)),
    ...members.filter(({key}) => setInInstances.includes(key)),
  ]
  for (const {key, keyRange} of taken) {
    const message = `SageMaker sets ${key} of a new cluster itself`
    scope.findings.error('exclusive-keys', keyRange, message, {help: 'leave it out'})
  }
  const machines = members.filter(({key}) => key === 'InstanceGroups' || key === 'InstanceFleets')
  if (machines.length === 1) return
  const message = 'a new cluster has either InstanceGroups or InstanceFleets, under Instances'
  const [, second] = machines
  const range = second?.keyRange ?? instances?.range ?? cluster.range
  scope.findings.error(second ? 'exclusive-keys' : 'missing-key', range, message)
}
