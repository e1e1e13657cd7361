import type { Subject, Verdict } from '../../model/rule.ts';
import { defineRule } from '../../model/rule.ts';
import { judgeClass } from '../reading/cheaper-class.ts';
import { monthOfDifference, monthOfHours, percentBelow } from '../reading/derivations.ts';

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
  inputs: [
    'rds:DescribeDBInstances DBInstanceClass, Engine, EngineVersion, MultiAZ',
    'class prices by engine and deployment',
  ],
  formula:
    '(price now - price of the cheapest newer class of the same size) x 730; no finding where the new one is not cheaper',
  implementation: [
    'Check the lowest engine version the class supports.',
    'Change the class in a maintenance window.',
    'Watch CPU and latency for a day.',
  ],
  rollback: 'Change the class back in a maintenance window, as long as AWS still offers it.',
  documentation: 'https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Concepts.DBInstanceClass.Types.html',
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
  return judgeClass(subject, {
    families: SUCCESSORS,
    listCost: rdsPreviousGenerationClassListCost,
    listSaving: rdsPreviousGenerationClassListSaving,
    statement: (instance, dbClass, dates) =>
      `The ${instance.Engine} database runs on ${instance.DBInstanceClass}, a previous generation; ${dbClass} costs ` +
      `{saving_percent} less, {list_saving} at list prices of ${dates}.`,
    confidence: '0.85',
  });
}
