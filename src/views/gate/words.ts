// What gates ask for, in a line for each requirement.

import type {GateReport} from '../../actions/gates/gate-report.ts'
import {oneLine} from '../printable.ts'
import type {Field} from '../table.ts'

export function gateTexts(gates: readonly GateReport[] = []): string[] {
  return gates.flatMap(({gate, requirements}) => requirements.map(({text}) => `${gate}: ${oneLine(text)}`))
}

export function gateFields(gates: readonly GateReport[] | undefined): Field[] {
  return gateTexts(gates).map((text) => ['gate', text])
}
