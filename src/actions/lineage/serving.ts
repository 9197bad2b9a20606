// Which endpoints serve a model. What was served once is not what is served now: every
// endpoint is looked at.

import type {Cloud, ModelPackage} from '../../cloud/ports.ts'
import {servedBy} from '../served-by.ts'
import {associated} from './associations.ts'
import type {Records} from './records.ts'

const mostNamed = 10

/** Those that SageMaker's lineage tells of, and those that are named like the model's group, as far as they serve it now. */
export async function endpointsServing(model: ModelPackage, cloud: Cloud, records: Records): Promise<string[]> {
  const {arn, group, modelDataUrl} = model
  const wanted = [{lineageType: 'Context', type: 'Endpoint'}]
  const contexts = (await associated([arn], 'descendants', wanted, cloud, records)) ?? []
  const told = contexts.flatMap(({sourceUri}) => /:endpoint\/(.+)$/.exec(sourceUri ?? '')?.[1] ?? [])
  const named = await records.attempt('the list of endpoints', () => cloud.endpoints.endpointsNamed(group, mostNamed))
  const serving: string[] = []
  for (const name of new Set([...told, ...(named ?? [])])) {
    const served = await records.attempt(`the endpoint ${name}`, () => servedBy(name, cloud))
    const isServed =
      served?.packages.includes(arn) || (modelDataUrl !== undefined && served?.files.includes(modelDataUrl))
    if (isServed && served?.isAnswering) serving.push(name)
  }
  return serving.sort()
}
