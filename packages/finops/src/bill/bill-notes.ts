import type { BillResult } from '../model/result.ts';
import { billColumns, columnOf } from './bill-columns.ts';
import { linesOf } from './bill-sums.ts';
import { type BillTable, COST_COLUMNS } from './bill-table.ts';
import { shortAccounts } from './coverage.ts';
import { billCurrency } from './currency.ts';
import { formatScaled } from './decimal-column.ts';
import { MERGED_COLUMNS } from './merged-columns.ts';
import { provisionalDays } from './provisional-days.ts';

type Note = BillResult['notes'][number];

/** What a reader must know of a bill before believing its totals; `asOf` is YYYY-MM-DD. */
export function billNotes(bill: BillTable, asOf: string | undefined): Note[] {
  return [
    ...missingColumnNotes(bill),
    ...absentCostNotes(bill),
    ...droppedNotes(bill),
    ...dateNotes(bill, asOf),
    ...accountNotes(bill),
    ...currencyNotes(bill),
  ];
}

function missingColumnNotes({ parts, has }: BillTable): Note[] {
  const missing = new Set(
    parts.flatMap(({ format, table }) =>
      billColumns(format)
        .wanted.filter((column) => column !== billColumns(format).resource || !has(MERGED_COLUMNS.lines))
        .filter((column) => columnOf(table.columns, format, column) === undefined),
    ),
  );
  const why = has(MERGED_COLUMNS.lines) ? ' (or too many lines to keep it apart)' : '';
  const detail = `The bill has no ${[...missing].join(', ')}${why}; what needs them is not said.`;
  return missing.size === 0 ? [] : [{ code: 'COLUMNS_MISSING', detail }];
}

function absentCostNotes(bill: BillTable): Note[] {
  return COST_COLUMNS.filter(bill.has).flatMap((column) => {
    const { absentCount } = bill.decimals(column);
    const detail = `${column} is absent in ${absentCount} of ${bill.lines} rows; its sums leave them out.`;
    return absentCount === 0 ? [] : [{ code: 'COST_ABSENT', detail }];
  });
}

function droppedNotes({ dropped: { repeated, split } }: BillTable): Note[] {
  const notes: Note[] = [];
  if (repeated > 0) {
    const detail = `${repeated} lines stand in the bill more than once (same line item id, interval and cost); each counts once.`;
    notes.push({ code: 'DUPLICATE_LINE_ITEM', detail });
  }
  if (split > 0) {
    const detail = `${split} lines share the cost of machines out to pods and tasks; the machines' own lines count instead.`;
    notes.push({ code: 'SPLIT_LINES_LEFT_OUT', detail });
  }
  return notes;
}

/** Lines of a merged bill that name a resource beyond those it tells apart stand there without one. */
export function beyondNotes(resources: BillTable): Note[] {
  if (!resources.has(MERGED_COLUMNS.days)) return [];
  const count = resources.decimals(MERGED_COLUMNS.lines);
  const beyond = linesOf(resources, { ResourceId: null });
  const merged = linesOf(resources, { [MERGED_COLUMNS.days]: null });
  const [cost, currency] = [resources.decimals('BilledCost'), billCurrency(resources)];
  let [lines, billed] = [0n, 0n];
  for (let line = 0; line < resources.lines; line += 1) {
    if (!beyond(line) || merged(line)) continue;
    lines += count.mantissas[line] ?? 0n;
    billed += cost.mantissas[line] ?? 0n;
  }
  const detail =
    `${lines / 10n ** BigInt(count.scale)} lines with ${formatScaled(billed, cost.scale)} ${currency} of BilledCost name ` +
    'resources beyond those a bill of this size tells apart; they are in every total, but savings on them have no cost to be compared with.';
  return lines === 0n ? [] : [{ code: 'RESOURCES_NOT_TOLD_APART', detail }];
}

/** Equal lines of a format that names no line items: told, and counted all the same. */
export function equalNotes(equal: number): Note[] {
  const detail =
    `${equal} lines equal an earlier line in every column. FOCUS names no line items, so whether they are the same charge ` +
    'twice cannot be told; all of them count.';
  return equal === 0 ? [] : [{ code: 'EQUAL_LINES', detail }];
}

function dateNotes(bill: BillTable, asOf: string | undefined): Note[] {
  const { unreadableEnds } = bill.periods();
  const unread = `${unreadableEnds} lines that are no usage have a ChargePeriodEnd that is no date; nothing is computed from it.`;
  const days = asOf === undefined ? undefined : provisionalDays(bill, asOf);
  return [
    ...(unreadableEnds === 0 ? [] : [{ code: 'DATE_UNREADABLE', detail: unread }]),
    ...(days === undefined ? [] : [{ code: 'PROVISIONAL_DAYS', detail: days }]),
  ];
}

function accountNotes(bill: BillTable): Note[] {
  const short = shortAccounts(bill).length;
  const detail =
    `${short} SubAccountIds have fewer than 12 digits, as a spreadsheet leaves AWS account ids; ` +
    'they are compared with leading zeros. Export the bill again without opening it in a spreadsheet.';
  return short === 0 ? [] : [{ code: 'ACCOUNT_ID_SHAPE', detail }];
}

function currencyNotes(bill: BillTable): Note[] {
  const currency = billCurrency(bill);
  const rates = bill.conversion?.used() ?? [];
  const converted = rates.map((rate) => `1 ${rate.currency} = ${rate.usd} USD of ${rate.as_of}`).join(', ');
  if (rates.length > 0) return [{ code: 'CURRENCY_CONVERTED', detail: `Costs are converted at ${converted}.` }];
  const detail = `The bill is in ${currency}; savings are in USD and are not compared with it.`;
  return currency === 'USD' ? [] : [{ code: 'BILL_CURRENCY', detail }];
}
