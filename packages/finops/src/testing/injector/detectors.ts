import { costTree } from '../../anomalies/cost-tree.ts';
import { dayOverDay } from '../../anomalies/day-over-day.ts';
import { DETECTOR_SETTINGS } from '../../anomalies/detector-settings.ts';
import { findAnomalies } from '../../anomalies/find-anomalies.ts';
import { billTable } from '../../bill/bill-table.ts';
import { dayOf } from '../../bill/charge-instant.ts';
import { injectedBill } from './cost-injector.ts';
import { type Alert, type DetectorScore, detectorScore } from './detector-score.ts';
import { FIRST_DAY } from './injected-bill.ts';
import { DAYS } from './quiet-service.ts';

/** How well the detector and the plain rule tell the events of generated bills. */
export interface InjectorScores {
  readonly detector: DetectorScore;
  readonly plainRule: DetectorScore;
  /** Alerts of the detector about a service whose only event is credits at month ends. */
  readonly creditAlerts: number;
}

/** Scores the detector and the 20 % rule on the bills of some seeds, both on the same daily series of services. */
export function injectorScores(seeds: readonly number[]): InjectorScores {
  const first = dayOf(Date.parse(FIRST_DAY));
  const bills = seeds.map((seed) => {
    const { table, events, credits, services } = injectedBill(seed);
    const tree = costTree(billTable(table), { first, last: first + DAYS - 1 });
    const told = findAnomalies(tree, DETECTOR_SETTINGS).map(({ path, direction, ...span }): Alert => ({
      service: path['ServiceName'] ?? '',
      account: path['SubAccountId'],
      region: path['RegionId'],
      usageType: path['x_UsageType'],
      first: span.first - first,
      last: span.last - first,
      direction,
    }));
    const plain = tree.flatMap(({ path, series }) =>
      dayOverDay(series).map(({ day, direction }): Alert => {
        return { service: path['ServiceName'] ?? '', first: day - first, last: day - first, direction };
      }),
    );
    const credited = new Set(credits.map(({ service }) => service));
    return { events, told, plain, series: services.length, aside: told.filter(({ service }) => credited.has(service)) };
  });
  const days = bills.reduce((sum, { series }) => sum + series * DAYS, 0);
  return {
    detector: detectorScore(
      bills.map(({ events, told }) => ({ events, alerts: told })),
      days,
    ),
    plainRule: detectorScore(
      bills.map(({ events, plain }) => ({ events, alerts: plain })),
      days,
    ),
    creditAlerts: bills.reduce((sum, { aside }) => sum + aside.length, 0),
  };
}
