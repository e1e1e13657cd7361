import { z } from 'zod';
import type { Subject, Threshold, Verdict } from '../../model/rule.ts';
import { defineRule } from '../../model/rule.ts';
import { readIdleness } from '../reading/idleness.ts';
import { metricDays, metricMax } from '../reading/metric-figures.ts';
import { LOOK_BACK_DAYS } from '../reading/metrics.ts';
import { removal } from '../reading/removal.ts';
import { limitOf } from '../reading/thresholds.ts';
import { monthOfUnits } from '../reading/units.ts';
import { OK, readItem } from '../reading/verdicts.ts';

const IDLE_DAYS: Threshold = {
  name: 'REDSHIFT_IDLE_DAYS',
  value: LOOK_BACK_DAYS,
  unit: 'days without a connection',
  source:
    'AWS Compute Optimizer, default look-back of idle resources 14 days, read 2026-08-21; AWS Trusted Advisor G31sQ1E9U, read 2023-06-30, uses 7',
};

const Cluster = z.object({
  ClusterIdentifier: z.string(),
  ClusterStatus: z.string(),
  NodeType: z.string(),
  NumberOfNodes: z.int().positive(),
});

const unitsOf = (item: unknown): number => Cluster.parse(item).NumberOfNodes;

/** Monthly list cost of all nodes; managed storage is charged on its own. */
export const redshiftIdleListCost = monthOfUnits('redshift-idle-list-cost', unitsOf);

/** Deleting the cluster after a final snapshot saves all of them. */
export const redshiftIdleListSaving = monthOfUnits('redshift-idle-list-saving', unitsOf);

/** A Redshift cluster nobody connected to. */
export const redshiftIdle = defineRule({
  id: 'redshift-idle',
  ref: 'RSH-01',
  role: 'rightsizing',
  service: 'redshift',
  title: 'Warehouse without connections',
  appliesTo: 'RedshiftCluster',
  reads: [],
  actionType: 'Delete',
  step: 'terminate',
  severity: 7,
  effort: 'Low',
  risk: 'Medium',
  restartNeeded: false,
  rollbackPossible: true,
  inputs: [
    'redshift:DescribeClusters NodeType, NumberOfNodes, ClusterStatus',
    'AWS/Redshift DatabaseConnections Maximum',
    'node price',
  ],
  formula: 'node price x NumberOfNodes x 730',
  implementation: [
    'Ask the owner of the warehouse.',
    'Pause the cluster and wait a week.',
    'Take a final snapshot and delete it.',
  ],
  rollback: 'Resume the cluster, or restore the snapshot.',
  documentation: 'https://docs.aws.amazon.com/redshift/latest/mgmt/rs-mgmt-pause-resume-cluster.html',
  thresholds: [IDLE_DAYS],
  sources: [
    'https://docs.aws.amazon.com/redshift/latest/mgmt/rs-mgmt-pause-resume-cluster.html',
    'https://docs.aws.amazon.com/awssupport/latest/user/cost-optimization-checks.html',
    'https://aws.amazon.com/redshift/pricing/',
  ],
  derivations: [redshiftIdleListCost, redshiftIdleListSaving, metricMax, metricDays],
  judge,
});

function judge(subject: Subject): Verdict {
  const item = readItem(Cluster, subject.item);
  if (!item.ok) return item.verdict;
  const cluster = item.value;
  if (cluster.ClusterStatus !== 'available') return OK;
  const minDays = limitOf(subject, IDLE_DAYS);
  const idle = readIdleness(subject, {
    metrics: [{ namespace: 'AWS/Redshift', metric: 'DatabaseConnections', stats: ['Maximum', 'Sum'], minDays }],
    measure: { name: 'connections_max', unit: 'connections', derivation: metricMax },
  });
  if (!idle.ok) return idle.verdict;
  return removal(subject, {
    priceKeys: [`redshift/${subject.resource.region}/${cluster.NodeType}`],
    known: 'No connection in the look-back',
    listCost: redshiftIdleListCost,
    listSaving: redshiftIdleListSaving,
    statement: (dates) =>
      `The ${cluster.NodeType} cluster had {connections_max} in {days} and costs {list_cost} at list prices of ${dates}; take a final snapshot and delete it, or pause it.`,
    figures: [idle.value.measured, idle.value.days],
    confidence: '0.80',
  });
}
