import type { Subject, Threshold, Verdict } from '../../model/rule.ts';
import { defineRule } from '../../model/rule.ts';
import { DbInstance, dbPriceKey, isServing } from '../reading/db-instance.ts';
import { monthOfHours } from '../reading/derivations.ts';
import { readIdleness } from '../reading/idleness.ts';
import { metricDays, metricMax } from '../reading/metric-figures.ts';
import { LOOK_BACK_DAYS } from '../reading/metrics.ts';
import { removal } from '../reading/removal.ts';
import { OK, readItem } from '../reading/verdicts.ts';

const IDLE_DAYS: Threshold = {
  name: 'RDS_IDLE_DAYS',
  value: LOOK_BACK_DAYS,
  unit: 'days without a connection',
  source:
    'AWS Compute Optimizer, idle RDS DB instances: no connections over 14 days, read 2026-08-21; Trusted Advisor Ti39halfu8 uses 7',
};

/** Monthly on-demand list cost of the instance, without storage. */
export const rdsIdleListCost = monthOfHours('rds-idle-list-cost');

/** Deleting after a final snapshot saves the instance price; storage turns into snapshot and is not counted. */
export const rdsIdleListSaving = monthOfHours('rds-idle-list-saving');

/** A running database no client connected to. */
export const rdsIdle = defineRule({
  id: 'rds-idle',
  ref: 'RDS-01',
  role: 'rightsizing',
  service: 'rds',
  title: 'Database without connections',
  appliesTo: 'RdsDbInstance',
  reads: [],
  actionType: 'Delete',
  step: 'terminate',
  severity: 7,
  effort: 'Medium',
  risk: 'Medium',
  restartNeeded: false,
  rollbackPossible: true,
  inputs: [
    'rds:DescribeDBInstances DBInstanceClass, Engine, MultiAZ, DBInstanceStatus',
    'AWS/RDS DatabaseConnections Maximum',
    'class price by engine and deployment',
  ],
  formula: 'class price x 730; storage and backups stay',
  implementation: [
    'Ask the owner of the database.',
    'Take a final snapshot.',
    'Delete the instance, or stop it for up to seven days at a time.',
  ],
  rollback: 'Restore the final snapshot.',
  documentation: 'https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_DeleteInstance.html',
  thresholds: [IDLE_DAYS],
  sources: [
    'https://docs.aws.amazon.com/compute-optimizer/latest/ug/view-idle-recommendations.html',
    'https://docs.aws.amazon.com/awssupport/latest/user/cost-optimization-checks.html',
    'https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_DeleteInstance.html',
  ],
  derivations: [rdsIdleListCost, rdsIdleListSaving, metricMax, metricDays],
  judge,
});

function judge(subject: Subject): Verdict {
  const item = readItem(DbInstance, subject.item);
  if (!item.ok) return item.verdict;
  const instance = item.value;
  if (!isServing(instance)) return OK;
  const idle = readIdleness(subject, {
    metrics: [{ namespace: 'AWS/RDS', metric: 'DatabaseConnections', stats: ['Maximum', 'Sum'] }],
    measure: { name: 'connections_max', unit: 'connections', derivation: metricMax },
  });
  if (!idle.ok) return idle.verdict;
  return removal(subject, {
    priceKeys: [dbPriceKey(subject.resource.region, instance)],
    known: 'No connection in the look-back',
    listCost: rdsIdleListCost,
    listSaving: rdsIdleListSaving,
    statement: (dates) =>
      `The ${instance.Engine} database on ${instance.DBInstanceClass} had {connections_max} in {days}; deleting it after a final ` +
      `snapshot saves {list_saving} of instance hours at list prices of ${dates}.`,
    figures: [idle.value.measured, idle.value.days],
    confidence: '0.85',
  });
}
