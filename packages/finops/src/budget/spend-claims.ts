import { type Claim, type Figure, type JsonObject, makeClaim } from '@infrafabric/protocol';
import { billFigure } from '../bill/bill-figure.ts';
import { daySums, groupSums } from '../bill/bill-sums.ts';
import { COST_COLUMNS, billOf } from '../bill/bill-table.ts';
import { dayOf, dayText } from '../bill/charge-instant.ts';
import { billCurrency } from '../bill/currency.ts';
import { billDaySum, billShare, billSum } from '../bill/derivations.ts';
import { effectiveCostTrust } from '../bill/effective-cost-trust.ts';
import { shownLabel } from '../bill/label.ts';
import { displayFigure } from '../figures.ts';
import type { CitedBill } from '../bill/cited-bill.ts';
import type { SpendResult } from './account-spend.ts';

/** The groupings of spend, by the last word of their topic. */
const GROUPINGS = [
  { topic: 'provider', column: 'ProviderName', one: 'provider', many: 'providers' },
  { topic: 'service', column: 'ServiceName', one: 'service', many: 'services' },
  { topic: 'account', column: 'SubAccountId', one: 'account', many: 'accounts' },
  { topic: 'region', column: 'RegionId', one: 'region', many: 'regions' },
] as const;

/** Groups named in a sentence; the figures hold all. */
const NAMED_GROUPS = 5;

/** A sum of the bill's own lines: one source says so. */
const CONFIDENCE = '0.95';

/** Spend of the whole bill, and of its providers, services, accounts, regions and days, each as one claim with exact sums. */
export function spendClaims(cited: CitedBill): SpendResult {
  const bill = billOf(cited.cited);
  const missing = GROUPINGS.filter(({ column }) => !bill.has(column));
  return {
    claims: [
      totalClaim(cited),
      ...GROUPINGS.filter(({ column }) => bill.has(column)).map((grouping) => groupClaim(cited, grouping)),
      dayClaim(cited),
    ],
    notes: missing.map(({ column, many }) => ({
      code: 'SPEND_GROUP_UNKNOWN',
      detail: `The bill has no column ${column}; spend by ${many} is not known.`,
    })),
  };
}

function totalClaim(cited: CitedBill): Claim {
  const bill = billOf(cited.cited);
  const unit = billCurrency(bill);
  const columns = COST_COLUMNS.filter(bill.has);
  const figures = columns.map((column) => {
    const name = column.replace('Cost', '_cost').toLowerCase();
    return billFigure(cited, { name, unit, derivation: billSum, params: { column, filter: {} } });
  });
  const totals = figures.map((figure, index) => `${columns[index]} ${displayFigure(figure)}`).join(', ');
  const { startMs, endMs } = bill.periods();
  const [first, last] = [startMs.reduce((a, b) => Math.min(a, b)), endMs.reduce((a, b) => Math.max(a, b))];
  const doubted = effectiveCostTrust(bill).filter((one) => !one.believed);
  const doubt = doubted.map((one) => shownLabel(one.provider, 'lines without ProviderName')).join(', ');
  const statement = `The bill from ${dayText(dayOf(first))} to ${dayText(dayOf(last - 1))} comes to: ${totals}.`;
  return claim(
    cited,
    'spend/total',
    figures,
    doubt === '' ? statement : `${statement} EffectiveCost of ${doubt} is not believed.`,
  );
}

function groupClaim(cited: CitedBill, { topic, column, one, many }: (typeof GROUPINGS)[number]): Claim {
  const bill = billOf(cited.cited);
  const unit = billCurrency(bill);
  const groups = groupSums(bill, 'BilledCost', column);
  const figures = groups.map(({ label }, index) => {
    const params = { column: 'BilledCost', filter: { [column]: label } };
    return billFigure(cited, { name: `group.${index + 1}`, unit, derivation: billSum, params });
  });
  const named = figures.slice(0, NAMED_GROUPS).map((figure, index) => {
    return `${shownLabel(groups[index]?.label, `no ${column}`)} ${displayFigure(figure)}`;
  });
  const rest = groups.length - named.length;
  const more = rest > 0 ? `; and ${rest} more` : '';
  const share = largestShare(cited, column, groups[0]?.label ?? null);
  const statement = `BilledCost of ${groups.length} ${groups.length === 1 ? one : many}: ${named.join('; ')}${more}.`;
  return claim(cited, `spend/${topic}`, [...figures, ...share], statement);
}

/** What the dearest group is of the whole, in percent; nothing when the whole is not above 0. */
function largestShare(cited: CitedBill, column: string, label: string | null): Figure[] {
  const params: JsonObject = { column: 'BilledCost', filter: { [column]: label } };
  const total = billSum.compute(cited.cited, { column: 'BilledCost', filter: {} });
  if (total.startsWith('-') || /^[0.]*$/.test(total)) return [];
  return [billFigure(cited, { name: 'largest_share', unit: '%', derivation: billShare, params })];
}

function dayClaim(cited: CitedBill): Claim {
  const bill = billOf(cited.cited);
  const unit = billCurrency(bill);
  const days = daySums(bill, 'BilledCost');
  const figures = days.map(({ label }) => {
    const params = { column: 'BilledCost', day: label };
    return billFigure(cited, { name: `day.${label}`, unit, derivation: billDaySum, params });
  });
  const dearest = days.reduce((a, b) => (b.mantissa > a.mantissa ? b : a));
  const figure = figures[days.indexOf(dearest)];
  const most = figure === undefined ? '' : `; the dearest is ${dearest.label} with ${displayFigure(figure)}`;
  return claim(cited, 'spend/day', figures, `BilledCost of ${days.length} days, by start of the charge period${most}.`);
}

function claim({ citations }: CitedBill, topic: string, figures: Figure[], statement: string): Claim {
  return makeClaim({ topic, statement, figures, citations: [...citations], confidence: CONFIDENCE, role: 'budget' });
}
