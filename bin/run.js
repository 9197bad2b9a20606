#!/usr/bin/env node
// The `mlpipe` command. The bundle in dist/ is the program; this only finds it and hands over.
import module from 'node:module'

// Node 22 and later keep compiled code between runs; Node 20 has no such cache.
module.enableCompileCache?.()

const {execute} = await import('../dist/run.js')
await execute({dir: import.meta.url})
