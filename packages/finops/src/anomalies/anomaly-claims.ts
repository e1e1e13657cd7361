import { type Claim, type Figure, type JsonObject, makeClaim } from '@infrafabric/protocol';
import { billFigure } from '../bill/bill-figure.ts';
import { billOf } from '../bill/bill-table.ts';
import { dayText } from '../bill/charge-instant.ts';
import type { CitedBill } from '../bill/cited-bill.ts';
import { billCurrency } from '../bill/currency.ts';
import { shownLabel } from '../bill/label.ts';
import type { Course } from '../spend/where-money-goes.ts';
import { displayFigure } from '../figures.ts';
import { courseColumn } from '../spend/cost-basis.ts';
import { type DaySpan, judgedDays } from '../spend/judged-days.ts';
import { type Anomaly, findAnomalies } from './find-anomalies.ts';
import { costTree } from './cost-tree.ts';
import { anomalyFigure, dayOverDayCount } from './derivations.ts';
import { DETECTOR_SETTINGS } from './detector-settings.ts';

/** Events with a claim of their own, the largest impact first; the summary counts all. */
const CLAIMED = 50;

/** A statistical judgement of one source. */
const CONFIDENCE = '0.80';

/**
 * What stands out of the course of cost by `asOf`: a summary beside what the plain 20 % rule would have said, and one claim an
 * event, at the deepest place that explains it.
 */
export function anomalyClaims(cited: CitedBill, asOf: string): Course {
  const bill = billOf(cited.cited);
  const days = judgedDays(bill, asOf);
  const length = days === undefined ? 0 : days.last - days.first + 1;
  if (days === undefined || length <= DETECTOR_SETTINGS.minHistoryDays || !bill.has('ServiceName')) {
    const needed = `anomalies (take more than ${DETECTOR_SETTINGS.minHistoryDays} whole days of usage by service)`;
    return { claims: [], unsaid: [needed] };
  }
  const found = findAnomalies(costTree(bill, days), DETECTOR_SETTINGS);
  const claims = found
    .toSorted((a, b) => Math.abs(b.actual - b.expected) - Math.abs(a.actual - a.expected))
    .slice(0, CLAIMED)
    .map((anomaly) => eventClaim(cited, anomaly, { asOf, last: days.last }));
  return { claims: [summaryClaim(cited, asOf, { days, found: found.length }), ...claims], unsaid: [] };
}

function summaryClaim(cited: CitedBill, asOf: string, { days, found }: { days: DaySpan; found: number }): Claim {
  const params = { as_of: asOf };
  const plain = billFigure(cited, { name: 'day_over_day', unit: 'count', derivation: dayOverDayCount, params });
  const from = days.first + DETECTOR_SETTINGS.minHistoryDays;
  const statement = `${found} ${found === 1 ? 'event stands' : 'events stand'} out of ${courseColumn(billOf(cited.cited))} of daily usage from ${dayText(from)} to ${dayText(days.last)}, each told once. A plain alarm at every change of a fifth from one day to the next would have rung ${displayFigure(plain)} times.`;
  return claimOf(cited, 'anomaly/summary', statement, [plain]);
}

function eventClaim(cited: CitedBill, anomaly: Anomaly, { asOf, last }: { asOf: string; last: number }): Claim {
  const [from, to] = [dayText(anomaly.first), dayText(anomaly.last)];
  const params: JsonObject = { filter: { ...anomaly.path }, from, to, as_of: asOf };
  const unit = billCurrency(billOf(cited.cited));
  const figure = (part: string, of = unit): Figure =>
    billFigure(cited, { name: part, unit: of, derivation: anomalyFigure, params: { ...params, part } });
  const [actual, expected, impact, severity] = [
    figure('actual'),
    figure('expected'),
    figure('impact'),
    figure('severity', 'of 10'),
  ];
  const percent = Number(expected.value) > 0 ? [figure('percent', '%')] : [];
  const share = percent.map((one) => `, ${displayFigure(one)}`).join('');
  const days = from === to ? `on ${from}` : `from ${from} to ${to}`;
  const statement = `${placeText(anomaly)} cost ${displayFigure(actual)} ${days} where ${displayFigure(expected)} was expected: ${displayFigure(impact)}${share}, severity ${displayFigure(severity)}${tailText(anomaly, last)}.`;
  return claimOf(cited, `anomaly/${anomaly.direction}`, statement, [impact, actual, expected, severity, ...percent]);
}

const placeText = ({ path }: Anomaly): string =>
  Object.entries(path)
    .map(([column, label]) => shownLabel(label, `no ${column}`))
    .join(' › ');

function tailText({ stays, last }: Anomaly, judged: number): string {
  if (stays) return '; it stays, so the new level is taken as usual since';
  return last === judged ? '; it goes on' : '';
}

function claimOf({ citations }: CitedBill, topic: string, statement: string, figures: Figure[]): Claim {
  return makeClaim({ topic, statement, figures, citations: [...citations], confidence: CONFIDENCE, role: 'budget' });
}
