// The compiler as the importer needs it: nothing comes from a target, the environment or the disk, so that what the
// imported spec compiles to is the same everywhere.

import {compilePipeline, findLocalPaths} from '../compiler/compile-pipeline.ts'
import type {CompileInput} from '../compiler/context.ts'
import type {CompileSpec} from '../importer/evaluate.ts'

/** A target like no other: what a spec took from it would not be in the definition, and is laid over. */
const nowhere: CompileInput['target'] = {
  name: 'local',
  kind: 'local',
  region: 'nowhere-1',
  account: '999999999999',
  role: 'arn:aws:iam::999999999999:role/nowhere',
  bucket: 'mlpipe-nowhere',
}

export function compileForImport(pipelineName: string): CompileSpec {
  return (spec, findings) => {
    const input: CompileInput = {pipelineName, target: nowhere, env: {}, bundles: new Map(), isUnchecked: true}
    for (const {path, use, range} of findLocalPaths(spec, input, findings)) {
      findings.error(use === 'code' ? 'code-missing' : 'data-missing', range, `"${path}" is no URI`)
    }
    return compilePipeline(spec, input, undefined, findings).document
  }
}
