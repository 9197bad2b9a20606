#!/usr/bin/env -S node --import tsx
// The same program straight from src/, without a build and with stack traces: node --import tsx bin/dev.js validate
import {readFileSync} from 'node:fs'
import {fileURLToPath} from 'node:url'

const {execute} = await import('../src/cli/run.ts')

const root = fileURLToPath(new URL('..', import.meta.url))
const pjson = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'))
const fromSource = (path) => path.replace('./dist/', './src/')
const hooks = {command_not_found: './src/cli/command-not-found.ts'}
const oclif = {...pjson.oclif, commands: fromSource(pjson.oclif.commands), hooks}

process.env.DEBUG ??= 'mlpipe'
await execute({loadOptions: {root, pjson: {...pjson, oclif}, ignoreManifest: true}})
