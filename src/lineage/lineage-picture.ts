// A lineage as a picture: step runs and the data between them, with the code and the images that ran, the models that came out and the
// endpoints that serve them.

import {grouped} from '../picture/grouped.ts'
import type {Picture, PictureEdge, PictureNode, Tone} from '../picture/picture.ts'
import type {ContentIdentity, ModelFacts, Provenance, Since, StepKey, StepRun, Taken} from './provenance.ts'

/**
 * `own`: the execution that the picture is of, where it is of one. The id of a step that this execution has is the step's name, as in
 * the picture of a pipeline, whoever really ran it; and what the execution itself ran or took over goes without saying.
 */
export function lineagePicture({steps, models, executions}: Provenance, title: string, own?: string): Picture {
  const names = new Map(steps.filter((run) => isOf(run, own)).map((run) => [keyText(run), run.step]))
  const stepId = (key: StepKey) => names.get(keyText(key)) ?? keyText(key)
  const nodes = new Map<string, PictureNode>()
  const edges = new Map<string, PictureEdge>()
  const edge = (one: PictureEdge) => edges.set(`${one.from} ${one.to} ${one.label ?? ''}`, one)
  const put = (node: PictureNode) => {
    if (!nodes.has(node.id)) nodes.set(node.id, node)
    return node.id
  }
  const shown = new Set(steps.map(stepId))
  const drawnImages = imagesOfFew(steps)
  for (const step of steps) put(stepNode(step, stepId(step), own, drawnImages))
  for (const step of steps) {
    const to = stepId(step)
    const {image = ''} = step
    if (drawnImages.has(image)) edge({from: put(imageNode(image)), to, kind: 'data'})
    for (const taken of step.code) edge({from: put(takenNode(taken, 'code')), to, kind: 'data', label: 'code'})
    for (const taken of step.inputs) {
      const maker = taken.madeBy && shown.has(stepId(taken.madeBy)) ? stepId(taken.madeBy) : undefined
      edge({from: maker ?? put(takenNode(taken, 'data')), to, kind: 'data', label: taken.name})
    }
    const fed = new Set(step.inputs.flatMap(({madeBy}) => (madeBy ? [stepId(madeBy)] : [])))
    for (const before of step.after.map(stepId)) {
      if (shown.has(before) && !fed.has(before)) edge({from: before, to, kind: 'order'})
    }
  }
  for (const model of models) {
    const id = put(modelNode(model))
    if (model.registeredBy && shown.has(stepId(model.registeredBy))) {
      edge({from: stepId(model.registeredBy), to: id, kind: 'data'})
    }
    for (const name of model.endpoints) {
      edge({from: id, to: put({id: `endpoint ${name}`, label: name, kind: 'endpoint', notes: []}), kind: 'data'})
    }
  }
  const counted = [count(steps, 'step run'), count(executions, 'execution'), count(models, 'model')]
  return {
    title: `lineage of ${title}`,
    description: `${counted.join(', ')}: what each took, and what it made.`,
    nodes: [...nodes.values()],
    edges: [...edges.values()],
  }
}

function isOf({executionArn, takenOverBy}: StepRun, own: string | undefined): boolean {
  return own !== undefined && [executionArn, ...takenOverBy.map((taker) => taker.executionArn)].includes(own)
}

function keyText({executionArn, step}: StepKey): string {
  return `step ${idOf(executionArn)} ${step}`
}

/** An image that many run is told at each of them instead: lines from one box to all the others would hide the rest. */
const mostRunsOfImage = 6

function imagesOfFew(steps: readonly StepRun[]): ReadonlySet<string> {
  const runs = grouped(
    steps.flatMap(({image}) => image ?? []),
    (image) => image,
  )
  return new Set([...runs].filter(([, {length}]) => length <= mostRunsOfImage).map(([image]) => image))
}

function stepNode(run: StepRun, id: string, own: string | undefined, drawnImages: ReadonlySet<string>): PictureNode {
  const {step, type, executionArn, status, takenOverBy, parameters, hyperparameters, metrics, simulated, image} = run
  const values = [...new Set([...parameters, ...hyperparameters].map(({name, value}) => `${name}=${value}`))].slice(
    0,
    4,
  )
  const numbers = metrics.slice(0, 3).map(({name, value}) => `${name} ${Number(value.toPrecision(6))}`)
  const takers = takenOverBy.filter((taker) => taker.executionArn !== own)
  const told = image === undefined || drawnImages.has(image) ? [] : [`image ${lastPart(image) ?? image}`]
  return {
    id,
    label: step,
    kind: type === 'Condition' ? 'condition' : 'step',
    caption: executionArn === own ? type : `${type} in ${idOf(executionArn)}`,
    status: {tone: toneOf(status), word: simulated === undefined ? status : `${status}, simulated`},
    notes: [
      ...takers.map((taker) => `${taker.how} by ${idOf(taker.executionArn)}`).slice(0, 3),
      ...told,
      ...(values.length > 0 ? [values.join(' ')] : []),
      ...(numbers.length > 0 ? [numbers.join(', ')] : []),
    ],
  }
}

function toneOf(status: string): Tone {
  if (/^(Succeeded|Completed)$/.test(status)) return 'good'
  if (/^(Failed|Stopped)$/.test(status)) return 'bad'
  return 'work'
}

function sinceNote(since: Since | undefined): string | undefined {
  if (!since || since.state === 'older') return undefined
  if (since.state === 'gone') return 'nothing lies there today'
  const when = since.state === 'written-since' ? 'written since' : 'written after the step began'
  return since.among ? `${since.among.newer} of ${since.among.objects} ${when}` : when
}

/** The same place with another content is another thing, as far as contents are known. */
function takenNode({uri, content, file, fileSha256, name, since}: Taken, kind: 'data' | 'code'): PictureNode {
  const words = content ? identity(content, fileSha256) : sinceNote(since)
  return {
    id: `${kind} ${uri} ${content?.value ?? words ?? ''}`,
    label: file ?? lastPart(uri) ?? name,
    kind,
    notes: words === undefined ? [] : [words],
  }
}

function imageNode(image: string): PictureNode {
  return {id: `image ${image}`, label: lastPart(image) ?? image, kind: 'image', caption: 'image', notes: []}
}

const approvalTones: Readonly<Record<string, Tone>> = {Approved: 'good', Rejected: 'bad'}

function modelNode({arn, model, approval, metrics}: ModelFacts): PictureNode {
  const tone = approvalTones[approval] ?? 'open'
  const numbers = metrics.slice(0, 3).map(({name, value}) => `${name} ${Number(value.toPrecision(6))}`)
  return {
    id: `model ${arn}`,
    label: model,
    kind: 'model',
    caption: 'model package',
    status: {tone, word: approval},
    notes: numbers.length > 0 ? [numbers.join(', ')] : [],
  }
}

function identity({kind, value}: ContentIdentity, fileSha256 = value): string {
  return kind === 'fingerprint' ? `fingerprint ${value.slice(0, 12)}` : `sha256 ${fileSha256.slice(0, 12)}`
}

function lastPart(uri: string): string | undefined {
  return uri.split('/').findLast((part) => part !== '')
}

function count(items: readonly unknown[], noun: string): string {
  return `${items.length} ${noun}${items.length === 1 ? '' : 's'}`
}

function idOf(arn: string): string {
  return arn.slice(arn.lastIndexOf('/') + 1)
}
