// The enabled rules of the bus, compiled into one index. It is made anew when a rule has changed, in whichever process.

import {parsePattern} from '../../events/pattern.ts'
import {indexRules, type RuleIndex} from '../../events/rule-index.ts'
import type {Db} from '../store/database.ts'
import {countRuleChanges, listMatchingRules, type RuleRow} from '../store/rules.ts'

type Compiled = {readonly changes: number; readonly index: RuleIndex<RuleRow>}

const compiled = new WeakMap<Db, Compiled>()

export function currentRules(db: Db): RuleIndex<RuleRow> {
  const changes = countRuleChanges(db)
  const known = compiled.get(db)
  if (known?.changes === changes) return known.index
  const rules = listMatchingRules(db).flatMap((rule) => {
    const parsed = parsePattern(rule.pattern ?? '')
    return parsed.kind === 'pattern' ? [{rule, pattern: parsed.pattern}] : []
  })
  const index = indexRules(rules)
  compiled.set(db, {changes, index})
  return index
}
