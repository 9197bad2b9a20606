// A cloud whose answers are kept: each question is asked once, however many parts of a report want to know. So the calls are few,
// and the parts of a report of a running execution agree with each other.

import type {Cloud} from '../../cloud/ports.ts'

export function oneLook(cloud: Cloud): Cloud {
  const {executions, jobs, objects, registry} = cloud
  return {
    ...cloud,
    executions: {
      ...executions,
      describe: remembered((arn) => executions.describe(arn)),
      steps: remembered((arn) => executions.steps(arn)),
      parameters: remembered((arn) => executions.parameters(arn)),
      definition: remembered((arn) => executions.definition(arn)),
    },
    jobs: {
      ...jobs,
      properties: remembered((arn) => jobs.properties(arn)),
      training: remembered((arn) => jobs.training(arn)),
      processing: remembered((arn) => jobs.processing(arn)),
    },
    objects: {...objects, getText: remembered((uri) => objects.getText(uri))},
    registry: {...registry, describe: remembered((arn) => registry.describe(arn))},
  }
}

/** A refusal is kept too: asked again it would be the same. */
function remembered<Answer>(ask: (name: string) => Promise<Answer>): (name: string) => Promise<Answer> {
  const answers = new Map<string, Promise<Answer>>()
  return (name) => {
    const answer = answers.get(name) ?? ask(name)
    answers.set(name, answer)
    return answer
  }
}
