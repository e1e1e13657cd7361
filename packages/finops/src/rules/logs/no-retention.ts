import { defineDerivation } from '@infrafabric/protocol';
import { z } from 'zod';
import type { Entry, FigureRequest, Subject, Verdict } from '../../model/rule.ts';
import { defineRule } from '../../model/rule.ts';
import { Decimal, formatDecimal, formatUsd } from '../../money.ts';
import { type Source, citationsOf, entrySource, figure, itemSource } from '../reading/figures.ts';
import { priceDates, unitPrice } from '../reading/prices.ts';
import { OK, readItem } from '../reading/verdicts.ts';

const LogGroup = z.object({
  logGroupName: z.string(),
  retentionInDays: z.int().optional(),
  storedBytes: z.int().nonnegative().optional(),
  logGroupClass: z.string().optional(),
});

/** Bytes in the GB CloudWatch Logs bills: 2^30. Source: CloudWatch pricing, stated 2026-11-20, page not re-read. */
const GB = 1024 ** 3;

/** Stored gigabytes of a log group. */
export const logsNoRetentionStored = defineDerivation({
  package: 'finops',
  name: 'logs-no-retention-stored',
  version: 1,
  compute: (cited) => formatDecimal(storedGb(LogGroup.parse(cited[0])), 3),
});

/** Monthly list cost of the stored gigabytes: cited = the log group, the GB price. */
export const logsNoRetentionStorageCost = defineDerivation({
  package: 'finops',
  name: 'logs-no-retention-storage-cost',
  version: 1,
  compute: (cited) => formatUsd(storedGb(LogGroup.parse(cited[0])).times(unitPrice(cited[1]))),
});

/**
 * A log group that keeps everything for ever.
 *
 * What a retention saves depends on the age of its logs, which the answer does not say: the finding states what the store costs now.
 * Groups below a thousandth of a GB are left alone.
 */
export const logsNoRetention = defineRule({
  id: 'logs-no-retention',
  ref: 'LOG-01',
  role: 'rightsizing',
  service: 'logs',
  title: 'Log group without a retention',
  appliesTo: 'LogGroup',
  reads: [],
  actionType: 'Review',
  step: 'storage-tier',
  severity: 2,
  effort: 'VeryLow',
  risk: 'Low',
  restartNeeded: false,
  rollbackPossible: false,
  inputs: ['logs:DescribeLogGroups retentionInDays, storedBytes, logGroupClass', 'storage price of CloudWatch Logs'],
  formula: 'stored GB x price is printed as the cost; how much a retention saves depends on the age of the data',
  implementation: [
    'Agree on how long the logs are needed.',
    'Set the retention (PutRetentionPolicy); older events are deleted within days.',
  ],
  rollback: 'Remove the retention; events already deleted do not come back.',
  documentation: 'https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/Working-with-log-groups-and-streams.html',
  thresholds: [],
  sources: [
    'https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/Working-with-log-groups-and-streams.html',
    'https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_LogGroup.html',
    'https://aws.amazon.com/cloudwatch/pricing/',
  ],
  derivations: [logsNoRetentionStored, logsNoRetentionStorageCost],
  judge,
});

function judge(subject: Subject): Verdict {
  const item = readItem(LogGroup, subject.item);
  if (!item.ok) return item.verdict;
  const group = item.value;
  if (group.retentionInDays !== undefined || group.logGroupClass === 'DELIVERY') return OK;
  const source = itemSource(subject);
  const stored = figure({ name: 'stored', unit: 'GB', derivation: logsNoRetentionStored, from: [source] });
  if (!stored.value.greaterThan(0)) return OK;
  const price = subject.price(`logs/${subject.resource.region}/storage/gb-month`);
  const cost = price === undefined ? undefined : storageCost(source, price);
  const costs = price === undefined ? 'are' : `cost {storage_cost} at the list price of ${priceDates([price])}, are`;
  return {
    verdict: 'FINDING',
    statement: `The log group never deletes anything: its {stored} ${costs} kept for ever and grow, so set a retention.`,
    figures: [stored.request, ...(cost === undefined ? [] : [cost])],
    citations: citationsOf([source]),
    confidence: '0.90',
  };
}

function storageCost(source: Source, price: Entry): FigureRequest {
  return figure({
    name: 'storage_cost',
    unit: 'USD/month',
    derivation: logsNoRetentionStorageCost,
    from: [source, entrySource(price)],
  }).request;
}

const storedGb = (group: z.infer<typeof LogGroup>): Decimal => new Decimal(group.storedBytes ?? 0).div(GB);
