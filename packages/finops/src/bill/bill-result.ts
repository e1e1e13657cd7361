import { type Citation, type Claim, type CsvTable, makeClaim } from '@infrafabric/protocol';
import type { BillResult } from '../model/result.ts';
import { Decimal, formatUsd } from '../money.ts';
import { billFigure } from './bill-figure.ts';
import { type BillTable, COST_COLUMNS, billTable } from './bill-table.ts';
import { costFacts } from './cost-facts.ts';
import { billAccounts, shortAccounts } from './coverage.ts';
import { billCurrency } from './currency.ts';
import { billSum, zeroedLineCount } from './derivations.ts';
import { type EffectiveCostTrust, effectiveCostTrust } from './effective-cost-trust.ts';
import { shownLabel } from './label.ts';

/**
 * What a bill tells the tasks that judge: accounts, cost facts by resource, and what about it is not believed.
 *
 * `citation` names the whole file. Cost facts are in USD, so a bill in another currency has none, and a note says so.
 */
export function billResult(table: CsvTable, citation: Citation): BillResult {
  const bill = billTable(table);
  const currency = billCurrency(bill);
  const doubted = effectiveCostTrust(bill).filter((one) => !one.believed);
  return {
    kind: 'bill',
    claims: doubted.map((one) => doubtClaim(table, one, citation)),
    accounts: billAccounts(bill),
    costs: currency === 'USD' ? costFacts(bill, citation) : [],
    notes: [
      ...doubted.map((one) => ({ code: 'EFFECTIVE_COST_NOT_BELIEVED', detail: doubtText(one) })),
      ...absentCostNotes(bill),
      ...accountNotes(bill),
      ...(currency === 'USD' ? [] : [currencyNote(currency)]),
    ],
  };
}

function doubtClaim(table: CsvTable, trust: EffectiveCostTrust, citation: Citation): Claim {
  const filter = { ProviderName: trust.provider };
  const unit = billCurrency(billTable(table));
  return makeClaim({
    topic: 'bill/effective-cost',
    statement: doubtText(trust),
    figures: [
      billFigure(
        table,
        { name: 'effective', unit, derivation: billSum, params: { column: 'EffectiveCost', filter } },
        citation,
      ),
      billFigure(
        table,
        { name: 'billed', unit, derivation: billSum, params: { column: 'BilledCost', filter } },
        citation,
      ),
      billFigure(
        table,
        { name: 'zeroed_lines', unit: 'count', derivation: zeroedLineCount, params: { provider: trust.provider } },
        citation,
      ),
    ],
    citations: [citation],
    confidence: '0.95',
    role: 'collector',
  });
}

function doubtText({ provider, zeroed, effective, billed }: EffectiveCostTrust): string {
  const [e, b] = [formatUsd(new Decimal(effective)), formatUsd(new Decimal(billed))];
  return (
    `EffectiveCost of ${shownLabel(provider, 'lines without ProviderName')} is integer-rounded and not believed: ` +
    `${zeroed} rows with BilledCost > 0 and EffectiveCost 0, sums ${e} vs ${b}; whole on every usage row ` +
    'with a fractional BilledCost. BilledCost stands in for it.'
  );
}

function absentCostNotes(bill: BillTable): BillResult['notes'][number][] {
  return COST_COLUMNS.flatMap((column) => {
    const { absentCount } = bill.decimals(column);
    const detail = `${column} is absent in ${absentCount} of ${bill.lines} rows; its sums leave them out.`;
    return absentCount === 0 ? [] : [{ code: 'COST_ABSENT', detail }];
  });
}

function accountNotes(bill: BillTable): BillResult['notes'][number][] {
  const short = shortAccounts(bill).length;
  const detail =
    `${short} SubAccountIds have fewer than 12 digits, as a spreadsheet leaves AWS account ids; ` +
    'they are compared with leading zeros. Export the bill again without opening it in a spreadsheet.';
  return short === 0 ? [] : [{ code: 'ACCOUNT_ID_SHAPE', detail }];
}

const currencyNote = (currency: string): BillResult['notes'][number] => ({
  code: 'BILL_CURRENCY',
  detail: `The bill is in ${currency}; savings are in USD and are not compared with it.`,
});
