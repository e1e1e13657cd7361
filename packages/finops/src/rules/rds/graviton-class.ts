import type { Subject, Verdict } from '../../model/rule.ts';
import { defineRule } from '../../model/rule.ts';
import { readCheaperClass } from '../reading/cheaper-class.ts';
import { DbInstance, isOpenSource, isServing } from '../reading/db-instance.ts';
import { monthOfDifference, monthOfHours, percentBelow } from '../reading/derivations.ts';
import { citationsOf, entrySource, figure, itemSource, listCost, listSaving } from '../reading/figures.ts';
import { priceDates } from '../reading/prices.ts';
import { OK, readItem } from '../reading/verdicts.ts';

/**
 * Graviton families with the same vCPUs and memory a size as an x86 family.
 *
 * Source: RDS user guide, "Hardware specifications for DB instance classes", stated 2026-11-20, page not re-read.
 */
const GRAVITON: Readonly<Record<string, readonly string[]>> = {
  t3: ['t4g'],
  m5: ['m6g', 'm7g', 'm8g', 'm9g'],
  m6i: ['m6g', 'm7g', 'm8g', 'm9g'],
  m7i: ['m6g', 'm7g', 'm8g', 'm9g'],
  r5: ['r6g', 'r7g', 'r8g', 'r9g'],
  r6i: ['r6g', 'r7g', 'r8g', 'r9g'],
  r7i: ['r6g', 'r7g', 'r8g', 'r9g'],
};

/** Monthly on-demand list cost of the instance, without storage. */
export const rdsGravitonClassListCost = monthOfHours('rds-graviton-class-list-cost');

/** Monthly difference of the two on-demand list prices. */
export const rdsGravitonClassListSaving = monthOfDifference('rds-graviton-class-list-saving');

/** An open-source database on an x86 class whose Graviton class of the same size costs less. */
export const rdsGravitonClass = defineRule({
  id: 'rds-graviton-class',
  ref: 'RDS-07',
  role: 'pricing',
  service: 'rds',
  title: 'Database class with a cheaper Graviton sibling',
  appliesTo: 'RdsDbInstance',
  reads: [],
  actionType: 'MigrateToGraviton',
  step: 'generation',
  severity: 4,
  effort: 'Low',
  risk: 'Low',
  restartNeeded: true,
  rollbackPossible: true,
  thresholds: [],
  sources: [
    'https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Concepts.DBInstanceClass.Summary.html',
    'https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Concepts.DBInstanceClass.Support.html',
    'https://aws.amazon.com/rds/pricing/',
  ],
  derivations: [rdsGravitonClassListCost, rdsGravitonClassListSaving, percentBelow],
  judge,
});

function judge(subject: Subject): Verdict {
  const item = readItem(DbInstance, subject.item);
  if (!item.ok) return item.verdict;
  const instance = item.value;
  const family = instance.DBInstanceClass.split('.').at(1) ?? '';
  const siblings = Object.hasOwn(GRAVITON, family) ? GRAVITON[family] : undefined;
  if (siblings === undefined || !isServing(instance) || !isOpenSource(instance)) return OK;
  const pair = readCheaperClass(subject, instance, siblings);
  if (!pair.ok) return pair.verdict;
  const { now: price, best } = pair.value;
  const [source, old, next] = [itemSource(subject), entrySource(price), entrySource(best.price)];
  const saving = listSaving({ derivation: rdsGravitonClassListSaving, from: [source, old, next] });
  if (!saving.value.greaterThan(0)) return OK;
  const percent = figure({ name: 'saving_percent', unit: '%', derivation: percentBelow, from: [old, next] });
  const prices = [price, best.price];
  return {
    verdict: 'FINDING',
    statement:
      `The ${instance.Engine} database runs on ${instance.DBInstanceClass} (x86); ${best.dbClass} (Graviton) costs {saving_percent} less, ` +
      `{list_saving} at list prices of ${priceDates(prices)}, where its engine version supports that class.`,
    figures: [percent.request],
    listCost: listCost({ derivation: rdsGravitonClassListCost, from: [source, old] }).request,
    listSaving: saving.request,
    citations: citationsOf([source]),
    confidence: '0.75',
  };
}
