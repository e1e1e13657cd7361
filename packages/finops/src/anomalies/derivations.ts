import { type Cited, type Derivation, defineDerivation, type JsonObject } from '@infrafabric/protocol';
import type { LineFilter } from '../bill/bill-sums.ts';
import { type BillTable } from '../bill/bill-table.ts';
import { dayOf } from '../bill/charge-instant.ts';
import { citedBill, filterParam, textParam } from '../bill/params.ts';
import { FinopsError } from '../errors.ts';
import { Decimal, formatDecimal, formatUsd } from '../money.ts';
import { cents, sumIn } from '../spend/change.ts';
import { costCube } from '../spend/cost-cube.ts';
import { courseColumn } from '../spend/cost-basis.ts';
import { judgedDays } from '../spend/judged-days.ts';
import { costTree, seriesOf } from './cost-tree.ts';
import { dayOverDay } from './day-over-day.ts';
import { detectorSettings } from './detector-settings.ts';
import { baselineBefore } from './find-events.ts';

/**
 * What the place `filter` cost from `from` to `to`, what it was expected to by the days before alone, and the difference, `part`
 * `actual`, `expected`, `impact` (in cents), `percent` (of what was expected) or `severity` (1 to 10).
 *
 * `as_of` says which days are judged, `settings` how where it differs from `DETECTOR_SETTINGS`. Cites the whole bill.
 */
export const anomalyFigure = defineDerivation({
  package: 'finops',
  name: 'cost-anomaly',
  version: 1,
  compute: (cited, params) => {
    const { actual, expected, impact } = amountsOf(cited, params);
    const part = textParam(params, 'part');
    if (part === 'actual') return formatUsd(actual);
    if (part === 'expected') return formatUsd(expected);
    if (part === 'impact') return formatUsd(impact);
    if (part === 'percent') return formatDecimal(impact.times(100).div(expected), 2);
    return String(severityOf(expected, impact));
  },
});

/** How many days of services differ from the day before by more than 20 %: the plain rule, beside ours. Cites the whole bill. */
export const dayOverDayCount = defineDerivation({
  package: 'finops',
  name: 'day-over-day-count',
  version: 1,
  compute: (cited, params) => String(dayOverDayDays(citedBill(cited), textParam(params, 'as_of'))),
});

/** What the plain rule counts; 0 when no day is judged. */
function dayOverDayDays(bill: BillTable, asOf: string): number {
  const days = judgedDays(bill, asOf);
  if (days === undefined) return 0;
  return costTree(bill, days).reduce((count, { series }) => count + dayOverDay(series).length, 0);
}

interface Amounts {
  readonly actual: Decimal;
  readonly expected: Decimal;
  readonly impact: Decimal;
}

/** Actual and expected cost in cents, and their difference. */
function amountsOf(cited: readonly Cited[], params: JsonObject): Amounts {
  const bill = citedBill(cited);
  const days = judgedDays(bill, textParam(params, 'as_of'));
  if (days === undefined) {
    throw new FinopsError('CITED_VALUE_MISSING', {
      message: 'expected a bill with complete days of usage, got one without',
    });
  }
  const filter: LineFilter = filterParam(params);
  const cube = costCube(bill, { column: courseColumn(bill), lines: 'daily-usage', by: Object.keys(filter) });
  const group = cube.group(filter);
  const span = {
    first: dayOf(Date.parse(textParam(params, 'from'))),
    last: dayOf(Date.parse(textParam(params, 'to'))),
  };
  const { expected } = baselineBefore(
    seriesOf(group, cube.scale, days),
    span.first,
    detectorSettings(params['settings']),
  );
  let sum = 0;
  for (let day = span.first; day <= span.last; day += 1) sum += expected(day);
  const [actual, usual] = [cents(sumIn(cube, group?.days, span)), cents(new Decimal(sum))];
  return { actual, expected: usual, impact: actual.minus(usual) };
}

/**
 * How much an event matters, 1 to 10: 1 below 10 USD of impact, 3 below 100, 5 below 1,000, 7 below 10,000, else 9; one more when
 * the impact is 40 % of what was expected or more; half of it, rounded up, when cost fell.
 *
 * 100 USD and 40 % are what AWS Cost Anomaly Detection alerts from by default (AWS Cost Management user guide, read 2026-11); the
 * other steps are powers of ten around it.
 */
function severityOf(expected: Decimal, impact: Decimal): number {
  const size = impact.abs();
  const steps = STEPS.filter((step) => size.greaterThanOrEqualTo(step)).length;
  const severity = 1 + 2 * steps + (size.greaterThanOrEqualTo(expected.times(NOTABLE_SHARE)) ? 1 : 0);
  return impact.isNegative() ? Math.ceil(severity / 2) : severity;
}

const STEPS = [10, 100, 1_000, 10_000];
const NOTABLE_SHARE = '0.4';

/** Every derivation of anomalies that was ever published; never removed. */
export const ANOMALY_DERIVATIONS: readonly Derivation[] = [anomalyFigure, dayOverDayCount];
