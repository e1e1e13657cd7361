import type { Subject, Verdict } from '../../model/rule.ts';
import { defineRule } from '../../model/rule.ts';
import { readCheaperClass } from '../reading/cheaper-class.ts';
import { DbInstance, isOpenSource, isServing } from '../reading/db-instance.ts';
import { monthOfDifference, monthOfHours, percentBelow } from '../reading/derivations.ts';
import { citationsOf, entrySource, figure, itemSource, listCost, listSaving } from '../reading/figures.ts';
import { priceDates } from '../reading/prices.ts';
import { OK, readItem } from '../reading/verdicts.ts';

/**
 * Families AWS calls previous generation, and the x86 families that follow them with the same vCPUs and memory a size.
 *
 * Source: RDS user guide, "DB instance class types" and "Hardware specifications for DB instance classes", stated 2026-11-20, pages not re-read.
 */
const SUCCESSORS: Readonly<Record<string, readonly string[]>> = {
  t1: ['t3'],
  t2: ['t3'],
  m1: ['m5', 'm6i', 'm7i'],
  m2: ['r5', 'r6i', 'r7i'],
  m3: ['m5', 'm6i', 'm7i'],
  m4: ['m5', 'm6i', 'm7i'],
  r3: ['r5', 'r6i', 'r7i'],
  r4: ['r5', 'r6i', 'r7i'],
};

/** Monthly on-demand list cost of the instance, without storage. */
export const rdsPreviousGenerationClassListCost = monthOfHours('rds-previous-generation-class-list-cost');

/** Monthly difference of the two on-demand list prices. */
export const rdsPreviousGenerationClassListSaving = monthOfDifference('rds-previous-generation-class-list-saving');

/** A database on a previous-generation class where the following x86 class costs less. */
export const rdsPreviousGenerationClass = defineRule({
  id: 'rds-previous-generation-class',
  ref: 'RDS-08',
  role: 'pricing',
  service: 'rds',
  title: 'Database class of a previous generation with a cheaper successor',
  appliesTo: 'RdsDbInstance',
  reads: [],
  actionType: 'Upgrade',
  step: 'generation',
  severity: 4,
  effort: 'Low',
  risk: 'Low',
  restartNeeded: true,
  rollbackPossible: true,
  thresholds: [],
  sources: [
    'https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Concepts.DBInstanceClass.Types.html',
    'https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Concepts.DBInstanceClass.Summary.html',
    'https://aws.amazon.com/rds/pricing/',
  ],
  derivations: [rdsPreviousGenerationClassListCost, rdsPreviousGenerationClassListSaving, percentBelow],
  judge,
});

function judge(subject: Subject): Verdict {
  const item = readItem(DbInstance, subject.item);
  if (!item.ok) return item.verdict;
  const instance = item.value;
  const family = instance.DBInstanceClass.split('.').at(1) ?? '';
  const successors = Object.hasOwn(SUCCESSORS, family) ? SUCCESSORS[family] : undefined;
  if (successors === undefined || !isServing(instance) || !isOpenSource(instance)) return OK;
  const pair = readCheaperClass(subject, instance, successors);
  if (!pair.ok) return pair.verdict;
  const { now: price, best } = pair.value;
  const [source, old, next] = [itemSource(subject), entrySource(price), entrySource(best.price)];
  const saving = listSaving({ derivation: rdsPreviousGenerationClassListSaving, from: [source, old, next] });
  if (!saving.value.greaterThan(0)) return OK;
  const percent = figure({ name: 'saving_percent', unit: '%', derivation: percentBelow, from: [old, next] });
  const prices = [price, best.price];
  return {
    verdict: 'FINDING',
    statement:
      `The ${instance.Engine} database runs on ${instance.DBInstanceClass}, a previous generation; ${best.dbClass} costs ` +
      `{saving_percent} less, {list_saving} at list prices of ${priceDates(prices)}.`,
    figures: [percent.request],
    listCost: listCost({ derivation: rdsPreviousGenerationClassListCost, from: [source, old] }).request,
    listSaving: saving.request,
    citations: citationsOf([source]),
    confidence: '0.85',
  };
}
