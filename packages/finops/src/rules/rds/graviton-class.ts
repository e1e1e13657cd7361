import type { Subject, Verdict } from '../../model/rule.ts';
import { defineRule } from '../../model/rule.ts';
import { judgeClass } from '../reading/cheaper-class.ts';
import { monthOfDifference, monthOfHours, percentBelow } from '../reading/derivations.ts';

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
  inputs: [
    'rds:DescribeDBInstances DBInstanceClass, Engine, EngineVersion, MultiAZ',
    'class prices by engine and deployment',
  ],
  formula: '(price now - price of the Graviton class of the same size) x 730',
  implementation: [
    'Check the lowest engine version the class supports.',
    'Change the class in a maintenance window, first on a replica or a restored copy.',
    'Watch CPU and latency for a day.',
  ],
  rollback: 'Change the class back in a maintenance window.',
  documentation: 'https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Concepts.DBInstanceClass.Support.html',
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
  return judgeClass(subject, {
    families: GRAVITON,
    listCost: rdsGravitonClassListCost,
    listSaving: rdsGravitonClassListSaving,
    statement: (instance, dbClass, dates) =>
      `The ${instance.Engine} database runs on ${instance.DBInstanceClass} (x86); ${dbClass} (Graviton) costs {saving_percent} less, ` +
      `{list_saving} at list prices of ${dates}, where its engine version supports that class.`,
    confidence: '0.75',
  });
}
