// Who may import whom (ARCHITECTURE.md): run by test/contract/architecture.test.ts and `npm run arch`.
// Each rule's comment says what to do when it fires.

const room = (...names) => `^src/(${names.join('|')})/`
const nodeCore = {dependencyTypes: ['core']}

/** A rule that lets the rooms of `from` import their own files and the rooms named in `to`, and no other room. */
const onlyTo = (from, to, comment) => ({
  name: `${from}-knows-only-its-neighbours`,
  comment,
  severity: 'error',
  from: {path: room(from)},
  to: {path: '^src/', pathNot: room(from, ...to)},
})

const pureRooms = [
  'spec',
  'graph',
  'definition',
  'diff',
  'cache',
  'events',
  'access',
  'trigger',
  'compiler',
  'importer',
  'diagnostics',
  'text',
  'views',
  'picture',
  'lineage',
]

module.exports = {
  forbidden: [
    {
      name: 'no-circular',
      comment: 'Two files need each other: move what both need into a third, or pass it in as an argument.',
      severity: 'error',
      from: {},
      to: {circular: true},
    },
    {
      name: 'no-orphans',
      comment: 'Nothing imports this file and it imports nothing: delete it, or use it.',
      severity: 'error',
      // Types of a JavaScript file are found beside it, without an import.
      from: {orphan: true, path: '^src/', pathNot: '\\.d\\.ts$'},
      to: {},
    },
    {
      name: 'commands-are-leaves',
      comment: 'A command is the end of the line. Move what is wanted from it into an action or a view.',
      severity: 'error',
      from: {path: '^src/', pathNot: room('commands')},
      to: {path: room('commands')},
    },
    {
      name: 'commands-know-only-their-neighbours',
      comment: 'A command calls one action and shows it with one view. Put the work in the action; types are free.',
      severity: 'error',
      from: {path: room('commands')},
      to: {path: '^src/', pathNot: room('commands', 'cli', 'actions', 'views'), dependencyTypesNot: ['type-only']},
    },
    {
      name: 'commands-load-nothing-heavy',
      comment:
        'A command file is loaded before anything runs. Load heavy packages in cli or cloud with await import().',
      severity: 'error',
      from: {path: room('commands')},
      to: {path: 'node_modules/', pathNot: 'node_modules/@oclif/core/'},
    },
    {
      name: 'sdk-only-in-cloud',
      comment: 'Only src/cloud knows the AWS SDK. Add what is missing to a port there and use the port.',
      severity: 'error',
      from: {path: '^src/', pathNot: room('cloud')},
      to: {path: 'node_modules/(@aws-sdk|@smithy)/'},
    },
    {
      name: 'pure-rooms-touch-no-world',
      comment: 'This room computes and touches no world: take the file, the clock or the setting in as an argument.',
      severity: 'error',
      from: {path: room(...pureRooms)},
      to: {...nodeCore, pathNot: '^(node:)?crypto$'},
    },
    onlyTo('graph', [], 'The graph knows nodes and edges only.'),
    onlyTo(
      'picture',
      ['graph', 'text'],
      'A picture is drawn from plain data: whoever has a pipeline or a lineage makes the picture of it.',
    ),
    onlyTo(
      'lineage',
      ['definition', 'graph', 'picture', 'text'],
      'Lineage is worked out from what was gathered; gathering it is an action.',
    ),
    onlyTo('text', [], 'Text tools have a subject of their own and know nothing of pipelines.'),
    onlyTo('diagnostics', ['text'], 'Diagnostics are told what is wrong; they do not find out.'),
    onlyTo('definition', ['graph', 'text'], 'The definition language stands below spec, compiler and engine.'),
    onlyTo(
      'spec',
      ['diagnostics', 'text'],
      'A spec has shape and places, no meaning. Meaning belongs to the compiler.',
    ),
    onlyTo(
      'compiler',
      ['spec', 'definition', 'graph', 'trigger', 'events', 'diagnostics', 'text'],
      'The compiler is a pure function: pass in what it needs to know.',
    ),
    onlyTo(
      'importer',
      ['spec', 'definition', 'graph', 'diagnostics', 'text'],
      'The importer is a pure function: pass in what it needs to know.',
    ),
    onlyTo(
      'cache',
      ['definition', 'graph', 'diagnostics', 'text'],
      'The cache rules read definitions, never the spec.',
    ),
    onlyTo(
      'diff',
      ['definition', 'graph', 'cache', 'diagnostics', 'text'],
      'A difference is between two definitions, never between specs.',
    ),
    onlyTo(
      'events',
      ['text'],
      "EventBridge's own languages: patterns and schedule expressions. They know no pipeline.",
    ),
    onlyTo(
      'access',
      ['definition', 'text'],
      'What a pipeline needs to be allowed is read from its definition, which is what the service sees.',
    ),
    onlyTo(
      'trigger',
      ['events', 'definition', 'graph', 'diagnostics', 'text'],
      'Triggers become documents; deploying them is an action.',
    ),
    onlyTo(
      'project',
      ['spec', 'compiler', 'definition', 'diagnostics', 'text'],
      'Finding and bundling files comes before any service is called.',
    ),
    {
      name: 'cli-composes-only',
      comment: 'cli makes the world that actions work in. What has to be worked out belongs to an action.',
      severity: 'error',
      from: {path: room('cli')},
      to: {path: room('spec', 'compiler', 'importer', 'cache', 'diff', 'graph'), dependencyTypesNot: ['type-only']},
    },
    onlyTo(
      'actions',
      [
        'spec',
        'compiler',
        'importer',
        'definition',
        'graph',
        'diff',
        'cache',
        'events',
        'access',
        'trigger',
        'picture',
        'lineage',
        'project',
        'diagnostics',
        'text',
        'cloud',
      ],
      'An action is one use case; how it is shown and how the world is made is not its business.',
    ),
    {
      name: 'actions-see-ports-only',
      comment: 'An action knows the cloud by its port types. Import the type, and take the client from the world.',
      severity: 'error',
      from: {path: room('actions')},
      to: {path: room('cloud'), dependencyTypesNot: ['type-only']},
    },
    {
      name: 'views-know-only-types',
      comment: 'A view turns a result into text. It may import the type of the result, and text tools.',
      severity: 'error',
      from: {path: room('views')},
      to: {path: '^src/', pathNot: room('views', 'picture', 'text', 'diagnostics'), dependencyTypesNot: ['type-only']},
    },
    {
      name: 'views-own-the-terminal',
      comment: 'Only views/progress draws on the terminal. Report an event and let it draw.',
      severity: 'error',
      from: {path: '^src/', pathNot: '^src/views/progress'},
      to: {path: 'node_modules/ora/'},
    },
    onlyTo(
      'engine',
      ['definition', 'graph', 'cache', 'events'],
      'The engine reads the deployed JSON as AWS would, so that no mistake of the compiler can hide in both. It stands alone.',
    ),
    onlyTo(
      'cloud',
      ['definition', 'trigger', 'diagnostics', 'text'],
      'The cloud knows the services only. The engine is handed to it as a requestHandler.',
    ),
    {
      name: 'no-test-in-src',
      comment: 'Program code must not need a test, a benchmark or a template.',
      severity: 'error',
      from: {path: '^src/'},
      to: {path: '^(test|bench|templates)/'},
    },
    {
      name: 'not-to-dev-dep',
      comment: 'This package is not installed with mlpipe. Move it to dependencies, or do without.',
      severity: 'error',
      from: {path: '^src/'},
      to: {dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only']},
    },
    {
      name: 'not-to-unlisted',
      comment: 'This package is there by accident, through another one. Add it to package.json, or do without.',
      severity: 'error',
      from: {path: '^src/'},
      to: {dependencyTypes: ['npm-no-pkg', 'npm-unknown']},
    },
    {
      name: 'not-unresolvable',
      comment: 'The import leads nowhere: correct the path (with its .ts ending).',
      severity: 'error',
      from: {path: '^src/'},
      to: {couldNotResolve: true},
    },
  ],
  options: {
    doNotFollow: {path: 'node_modules'},
    exclude: {path: '^(dist|coverage)/'},
    tsPreCompilationDeps: true,
    tsConfig: {fileName: 'tsconfig.json'},
    enhancedResolveOptions: {exportsFields: ['exports'], conditionNames: ['import', 'node', 'default', 'types']},
  },
}
