import { defineDerivation } from '@infrafabric/protocol';
import { z } from 'zod';
import type { Subject, Threshold, Verdict } from '../../model/rule.ts';
import { defineRule } from '../../model/rule.ts';
import { formatUsd } from '../../money.ts';
import { environmentOf } from '../reading/environment.ts';
import { unitPrice } from '../reading/prices.ts';
import { removal } from '../reading/removal.ts';
import { OK, readItem, unknown } from '../reading/verdicts.ts';

const METRICS: Threshold = {
  name: 'EC2_DETAILED_METRICS',
  value: 7,
  unit: 'metrics charged for each instance',
  source:
    'CloudWatch pricing, example of EC2 detailed monitoring: 7 metrics an instance, stated 2026-11-20, page not re-read',
};

const Instance = z.object({
  InstanceId: z.string(),
  State: z.object({ Name: z.string() }),
  Monitoring: z.object({ State: z.string() }),
  Tags: z.array(z.object({ Key: z.string(), Value: z.string() })).optional(),
});

const monthOfMetrics = (name: string) =>
  defineDerivation({
    package: 'finops',
    name,
    version: 1,
    compute: (cited) => formatUsd(unitPrice(cited[1]).times(METRICS.value)),
  });

/** Monthly list cost of the metrics of one instance: cited = the instance, the price of a metric. */
export const ec2DetailedMonitoringListCost = monthOfMetrics('ec2-detailed-monitoring-list-cost');

/** Basic monitoring, every five minutes, is free. */
export const ec2DetailedMonitoringListSaving = monthOfMetrics('ec2-detailed-monitoring-list-saving');

/** An instance outside production that pays for metrics every minute. */
export const ec2DetailedMonitoring = defineRule({
  id: 'ec2-detailed-monitoring',
  ref: 'EC2-19',
  role: 'rightsizing',
  service: 'ec2',
  title: 'Detailed monitoring outside production',
  appliesTo: 'Ec2Instance',
  reads: [],
  actionType: 'ScaleIn',
  step: 'storage-tier',
  severity: 2,
  effort: 'VeryLow',
  risk: 'Low',
  restartNeeded: false,
  rollbackPossible: true,
  inputs: ['ec2:DescribeInstances Monitoring, State, Tags', 'month price of a CloudWatch metric'],
  formula: '7 metrics x month price of a metric',
  implementation: [
    'Check that no alarm or scaling policy of the instance needs values by the minute.',
    'Switch detailed monitoring off (UnmonitorInstances).',
  ],
  rollback: 'Switch it on again (MonitorInstances).',
  documentation: 'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/manage-detailed-monitoring.html',
  thresholds: [METRICS],
  sources: [
    'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/manage-detailed-monitoring.html',
    'https://aws.amazon.com/cloudwatch/pricing/',
  ],
  derivations: [ec2DetailedMonitoringListCost, ec2DetailedMonitoringListSaving],
  judge,
});

function judge(subject: Subject): Verdict {
  const item = readItem(Instance, subject.item);
  if (!item.ok) return item.verdict;
  const { State, Monitoring, Tags = [] } = item.value;
  if (State.Name !== 'running' || Monitoring.State !== 'enabled') return OK;
  const name = Tags.find((tag) => tag.Key === 'Name')?.Value ?? '';
  const environment = environmentOf(Tags, name);
  if (environment === 'production') return OK;
  if (environment === undefined) {
    return unknown('FIELD_MISSING', 'Neither a tag nor the name says which environment the instance serves.');
  }
  const verdict = removal(subject, {
    priceKeys: [`cloudwatch/${subject.resource.region}/metric/month`],
    known: 'Detailed monitoring outside production',
    listCost: ec2DetailedMonitoringListCost,
    listSaving: ec2DetailedMonitoringListSaving,
    statement: (dates) =>
      'The instance publishes metrics every minute, but its tag or name says it is not production; every five minutes is free and saves ' +
      `{list_saving} at the list price of ${dates}.`,
    confidence: '0.80',
  });
  return verdict.verdict === 'FINDING' ? { ...verdict, isSurcharge: true } : verdict;
}
