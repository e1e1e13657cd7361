import { type Claim, makeClaim } from '@infrafabric/protocol';
import { displayFigure } from '../figures.ts';
import { billFigure } from './bill-figure.ts';
import { COST_COLUMNS, billOf } from './bill-table.ts';
import type { CitedBill } from './cited-bill.ts';
import { billCurrency } from './currency.ts';
import { billSum, droppedCount, leftOutSum } from './derivations.ts';

/** The topic of the claim that holds the totals a report is reconciled by. */
export const RECONCILIATION_TOPIC = 'bill/totals';

/** The totals of a bill side by side: list, contracted, effective and billed, and what was left out of them and why. */
export function reconciliation(lines: CitedBill): Claim {
  const bill = billOf(lines.cited);
  const unit = billCurrency(bill);
  const columns = COST_COLUMNS.filter(bill.has);
  const totals = columns.map((column) => {
    const name = column.replace('Cost', '_cost').toLowerCase();
    return billFigure(lines, { name, unit, derivation: billSum, params: { column, filter: {} } });
  });
  const { repeated, split } = bill.dropped;
  const leftOut = [
    billFigure(lines, { name: 'left_out', unit, derivation: leftOutSum, params: {} }),
    ...(['repeated', 'split'] as const).map((kind) =>
      billFigure(lines, { name: `${kind}_lines`, unit: 'count', derivation: droppedCount, params: { kind } }),
    ),
  ];
  const sides = totals.map((figure, index) => `${columns[index]} ${displayFigure(figure)}`).join(', ');
  const without = ` ${repeated} repeated lines and ${split} shares of other lines are left out.`;
  return makeClaim({
    topic: RECONCILIATION_TOPIC,
    statement: `${bill.lines} lines come to ${sides}.${repeated + split === 0 ? '' : without}`,
    figures: repeated + split === 0 ? totals : [...totals, ...leftOut],
    citations: [...lines.citations],
    confidence: '0.95',
    role: 'collector',
  });
}
