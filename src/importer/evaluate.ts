// What a draft compiles to, and whose fault it is where it does not compile.

import type {JsonObject} from '../definition/json.ts'
import {type Diagnostic, DiagnosticCollector, type Range} from '../diagnostics/diagnostic.ts'
import type {MapEntry, MapNode, Node} from '../spec/node.ts'
import {parseSpec} from '../spec/parse-spec.ts'
import type {PipelineSpec} from '../spec/pipeline-spec.ts'
import {readYaml} from '../spec/read-yaml.ts'

/** The compiler, which this room does not know: gives the document and reports what is wrong. */
export type CompileSpec = (spec: PipelineSpec, findings: DiagnosticCollector) => JsonObject

export type Fault = {
  /** The step; undefined for what stands at the top. */
  readonly step: string | undefined
  /** The key of the step, or of the top; undefined where none is to blame. */
  readonly key: string | undefined
  readonly diagnostic: Diagnostic
}

export type Evaluation =
  | {readonly ok: true; readonly document: JsonObject}
  | {readonly ok: false; readonly faults: readonly Fault[]}

export function evaluate(text: string, compile: CompileSpec): Evaluation {
  const findings = new DiagnosticCollector()
  const spec = parseSpec(text, findings)
  const document = spec && compile(spec, findings)
  if (document && !findings.hasErrors) return {ok: true, document}

  const errors = findings.sorted().filter(({severity}) => severity === 'error')
  const root = readYaml(text, new DiagnosticCollector())
  return {ok: false, faults: errors.map((error) => faultOf(error, root))}
}

function faultOf(diagnostic: Diagnostic, root: MapNode | undefined): Fault {
  const top = root && entryAt(root, diagnostic.range)
  if (top?.key !== 'steps') return {step: undefined, key: top?.key, diagnostic}
  const step = entryAt(top.value, diagnostic.range)
  const key =
    step && isInside(diagnostic.range, step.value.range) ? entryAt(step.value, diagnostic.range)?.key : undefined
  return {step: step?.key, key, diagnostic}
}

/** The entry that a place belongs to: its key or its value. */
function entryAt(node: Node, {start}: Range): MapEntry | undefined {
  if (node.kind !== 'map') return undefined
  return node.entries.find(
    ({keyRange, value}) => start >= keyRange.start && start < Math.max(value.range.end, keyRange.end),
  )
}

function isInside({start}: Range, outer: Range): boolean {
  return start >= outer.start && start < outer.end
}
