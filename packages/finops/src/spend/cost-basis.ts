import type { BillTable, CostColumn } from '../bill/bill-table.ts';
import { effectiveCostTrust } from '../bill/effective-cost-trust.ts';

/**
 * The cost column the course of spend is read from: EffectiveCost, which spreads commitments over the usage they pay, where the
 * bill has it and it is believed for every provider; else BilledCost.
 */
export function courseColumn(bill: BillTable): CostColumn {
  const isBelieved = bill.has('EffectiveCost') && effectiveCostTrust(bill).every(({ believed }) => believed);
  return isBelieved ? 'EffectiveCost' : 'BilledCost';
}
