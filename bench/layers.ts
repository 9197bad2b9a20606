// One graph in three languages: layers of ten steps, each step after two steps of the layer before. Every step is /bin/true.
// A step's own name as an argument keeps its cache key apart from the others'.
const width = 10

type Node = {readonly name: string; readonly after: readonly string[]}

function layers(count: number): Node[] {
  return Array.from({length: count}, (_, index) => {
    const position = index % width
    const before = index - position - width
    const after = before < 0 ? [] : [before + position, before + ((position + 1) % width)].map(nameOf)
    return {name: nameOf(index), after}
  })
}

function nameOf(index: number): string {
  return `step-${index}`
}

/** The graph as a spec of cached processing steps. */
export function specText(count: number): string {
  const steps = layers(count).map(({name, after}) =>
    [
      `  ${name}:`,
      '    type: processing',
      `    command: [/bin/true, ${name}]`,
      ...(after.length > 0 ? [`    dependsOn: [${after.join(', ')}]`] : []),
    ].join('\n'),
  )
  const defaults = 'defaults:\n  image: sklearn:1.2-1\n  instance: ml.m5.large\n  cache: 30d'
  return `name: bench-${count}\n${defaults}\nsteps:\n${steps.join('\n')}\n`
}

/** The graph as a Makefile; each step leaves a file, so that a second `make` has nothing to do. */
export function makefileText(count: number): string {
  const nodes = layers(count)
  const rules = nodes.map(({name, after}) => `${name}: ${after.join(' ')}\n\t@/bin/true\n\t@touch ${name}\n`)
  return `all: ${nodes.map(({name}) => name).join(' ')}\n${rules.join('')}`
}

/** The graph for ninja. */
export function ninjaText(count: number): string {
  const builds = layers(count).map(({name, after}) => `build ${name}: step ${after.join(' ')}`.trimEnd())
  return `rule step\n  command = /bin/true && touch $out\n${builds.join('\n')}\n`
}
