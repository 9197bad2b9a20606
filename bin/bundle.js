// Builds the program: `npm run build`. One ES module per entry, shared code in chunks, so that a command loads only what
// it needs; then oclif.manifest.json from the built commands, the same bytes on every machine.
// `--keep-manifest` leaves the checked-in manifest alone (npm test compares it with the built one).
import {mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs'
import {dirname, join, relative} from 'node:path'
import {fileURLToPath} from 'node:url'
import {Plugin} from '@oclif/core/config'
import {build} from 'esbuild'

const root = fileURLToPath(new URL('..', import.meta.url))
const dist = join(root, 'dist')

// Each file below src/commands is a command; the others are what bin/run.js, oclif's hooks and the engine start by name.
const commandFiles = filesBelow(join(root, 'src/commands')).filter((path) => path.endsWith('.ts'))
const entryPoints = {
  run: 'src/cli/run.ts',
  'command-not-found': 'src/cli/command-not-found.ts',
  ...Object.fromEntries(
    commandFiles.map((path) => [relative(join(root, 'src'), path).replace(/\.ts$/, ''), relative(root, path)]),
  ),
}

// CommonJS dependencies (oclif) expect these names; long ones of our own cannot meet a minified name.
const banner = [
  "import {createRequire as mlpipeCreateRequire} from 'node:module'",
  'const require = mlpipeCreateRequire(import.meta.url)',
  'const __filename = import.meta.filename',
  'const __dirname = import.meta.dirname',
].join(';')

const result = await build({
  absWorkingDir: root,
  entryPoints,
  outdir: 'dist',
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  mainFields: ['module', 'main'],
  // libsql loads a native library by path. The other three are looked for by oclif only when it runs from source.
  external: ['libsql', 'typescript', 'tsx', 'ts-node'],
  minifySyntax: true,
  minifyWhitespace: true,
  legalComments: 'none',
  charset: 'utf8',
  chunkNames: 'chunks/[name]-[hash]',
  banner: {js: banner},
  plugins: [withoutUnused(), withPlainKeys()],
  metafile: true,
  write: false,
  logLevel: 'warning',
})

// Written over the last build and then swept, so that a process reading it meanwhile finds every chunk it asks for.
const written = new Set()
for (const file of result.outputFiles) write(file.path, withoutUnusedBanner(file.text))
write(join(dist, 'meta.json'), `${JSON.stringify(result.metafile)}\n`)
const manifestText = await describeCommands()
write(join(dist, 'oclif.manifest.json'), manifestText)
for (const path of filesBelow(dist)) if (!written.has(path)) rmSync(path)

if (!process.argv.includes('--keep-manifest')) write(join(root, 'oclif.manifest.json'), manifestText)

/** Leaves out what oclif loads at once and uses only to search for commands, draw its spinner, or tell WSL from Linux. */
function withoutUnused() {
  const filter = /^(minimatch|tinyglobby|cli-spinners|ansi-escapes|wsl-utils)$/
  return {
    name: 'without-unused',
    setup({onResolve, onLoad}) {
      onResolve({filter}, ({path, importer}) =>
        importer.includes('@oclif/core') ? {path, namespace: 'without-unused'} : undefined,
      )
      // On a terminal oclif makes its spinner at once, drawn or not, and asks for the frames of this one.
      const contents = 'module.exports = {dots2: {frames: []}, line: {frames: []}}'
      onLoad({filter, namespace: 'without-unused'}, () => ({contents, loader: 'js'}))
    },
  }
}

/** Spells out `{[_st]: 1}` in the S3 client's schemas: with a computed key esbuild must keep them all, 90 kB of them. */
function withPlainKeys() {
  const filter = /client-s3\/dist-es\/schemas\/schemas_0\.js$/
  return {
    name: 'with-plain-keys',
    setup({onLoad}) {
      onLoad({filter}, ({path}) => {
        const text = readFileSync(path, 'utf8')
        const names = new Map([...text.matchAll(/^const (_\w+) = ("[^"]*");$/gm)].map((match) => [match[1], match[2]]))
        const contents = text.replace(/\[(_\w+)\]:/g, (whole, name) =>
          names.has(name) ? `${names.get(name)}:` : whole,
        )
        return {contents, loader: 'js'}
      })
    },
  }
}

/** The manifest's text: oclif's own description of the built commands, with sorted keys. */
async function describeCommands() {
  const pjson = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  const plugin = new Plugin({
    root,
    pjson,
    isRoot: true,
    type: 'core',
    ignoreManifest: true,
    errorOnManifestCreate: true,
    respectNoCacheDefault: true,
  })
  await plugin.load()
  return `${JSON.stringify(plugin.manifest, sortedKeys, 2)}\n`
}

function sortedKeys(key, value) {
  // Arguments have an order: it is the one in which they are typed.
  if (key === 'args' || value === null || typeof value !== 'object' || Array.isArray(value)) return value
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
}

/** Most chunks hold no CommonJS; making a `require` for each of them costs about 10 ms a start. */
function withoutUnusedBanner(text) {
  const code = text.slice(banner.length)
  return text.startsWith(banner) && !/\b(?:require|__filename|__dirname)\b/.test(code) ? code.trimStart() : text
}

function write(path, contents) {
  mkdirSync(dirname(path), {recursive: true})
  writeFileSync(path, contents)
  written.add(path)
}

function filesBelow(directory) {
  return readdirSync(directory, {recursive: true, withFileTypes: true})
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
}
