// What serves a model is found whatever the endpoint is called, and also where there are more endpoints than are looked at.

import {expect, it} from 'vitest'
import {listModels} from '../../../src/actions/models/list-models.ts'
import {deployModel} from '../../../src/actions/models/serving/deploy-model.ts'
import {deployInput, modelPackage, registryWorld} from './registry-world.ts'

it.each([
  ['another name', 'tumours', 0],
  ['another name, among others', 'tumours', 30],
  ["the group's name, behind many others", 'churn-live', 200],
])('by an endpoint of %s', async (_case, endpoint, others) => {
  const {world, endpoints} = registryWorld([modelPackage(1)])
  for (let count = 0; count < others; count += 1) endpoints.foreign(`other-${count}`, 'theirs')
  await deployModel(deployInput({model: 'churn/1', endpoint}), world)
  const {models} = await listModels({group: 'churn', all: false, limit: 20, target: 'prod'}, world)
  expect(models).toMatchObject([{model: 'churn/1', endpoints: [endpoint]}])
})
