import { z } from 'zod';
import type { Subject, Threshold, Verdict } from '../../model/rule.ts';
import { defineRule } from '../../model/rule.ts';
import { readIdleness } from '../reading/idleness.ts';
import { metricDays, metricTotal } from '../reading/metric-figures.ts';
import { LOOK_BACK_DAYS } from '../reading/metrics.ts';
import { removal } from '../reading/removal.ts';
import { limitOf } from '../reading/thresholds.ts';
import { monthOfUnits } from '../reading/units.ts';
import { OK, readItem } from '../reading/verdicts.ts';

const IDLE_DAYS: Threshold = {
  name: 'KINESIS_IDLE_DAYS',
  value: LOOK_BACK_DAYS,
  unit: 'days without a record',
  source:
    'AWS Compute Optimizer, default look-back of idle resources 14 days, read 2026-08-21; Cloudrift, read 2026-08-21, uses the same',
};

const Stream = z.object({
  StreamName: z.string(),
  StreamStatus: z.string(),
  StreamModeDetails: z.object({ StreamMode: z.string() }).optional(),
  OpenShardCount: z.int().nonnegative().optional(),
  Shards: z
    .array(z.object({ SequenceNumberRange: z.object({ EndingSequenceNumber: z.string().optional() }).optional() }))
    .optional(),
});

/** An on-demand stream is charged as one; a provisioned one by its open shards, which have no last sequence number. */
function unitsOf(item: unknown): number {
  const { StreamModeDetails, OpenShardCount, Shards = [] } = Stream.parse(item);
  if (StreamModeDetails?.StreamMode === 'ON_DEMAND') return 1;
  return OpenShardCount ?? Shards.filter((one) => one.SequenceNumberRange?.EndingSequenceNumber === undefined).length;
}

/** Monthly list cost of the stream or its open shards. */
export const kinesisIdleListCost = monthOfUnits('kinesis-idle-list-cost', unitsOf);

/** Deleting the stream saves all of it. */
export const kinesisIdleListSaving = monthOfUnits('kinesis-idle-list-saving', unitsOf);

/** A data stream without a record. */
export const kinesisIdle = defineRule({
  id: 'kinesis-idle',
  ref: 'KIN-01',
  role: 'rightsizing',
  service: 'kinesis',
  title: 'Data stream nobody writes to',
  appliesTo: 'KinesisStream',
  reads: [],
  actionType: 'Delete',
  step: 'terminate',
  severity: 5,
  effort: 'Low',
  risk: 'Medium',
  restartNeeded: false,
  rollbackPossible: false,
  inputs: [
    'kinesis:DescribeStreamSummary or DescribeStream StreamModeDetails, OpenShardCount',
    'AWS/Kinesis IncomingRecords Sum',
    'hour price of a shard or of an on-demand stream',
  ],
  formula: 'hour price x open shards (an on-demand stream counts as one) x 730',
  implementation: ['Look for producers in CloudTrail and in the code.', 'Stop the consumers.', 'Delete the stream.'],
  rollback: 'Create the stream again under the same name; its records do not come back.',
  documentation: 'https://docs.aws.amazon.com/streams/latest/dev/monitoring-with-cloudwatch.html',
  thresholds: [IDLE_DAYS],
  sources: [
    'https://docs.aws.amazon.com/streams/latest/dev/monitoring-with-cloudwatch.html',
    'https://aws.amazon.com/kinesis/data-streams/pricing/',
  ],
  derivations: [kinesisIdleListCost, kinesisIdleListSaving, metricTotal, metricDays],
  judge,
});

function judge(subject: Subject): Verdict {
  const item = readItem(Stream, subject.item);
  if (!item.ok) return item.verdict;
  const stream = item.value;
  if (stream.StreamStatus !== 'ACTIVE' || unitsOf(stream) === 0) return OK;
  const kind = stream.StreamModeDetails?.StreamMode === 'ON_DEMAND' ? 'on-demand-stream' : 'shard';
  const minDays = limitOf(subject, IDLE_DAYS);
  const idle = readIdleness(subject, {
    metrics: [{ namespace: 'AWS/Kinesis', metric: 'IncomingRecords', stats: ['Sum'], sparse: true, minDays }],
    measure: { name: 'records', unit: 'records', derivation: metricTotal },
  });
  if (!idle.ok) return idle.verdict;
  return removal(subject, {
    priceKeys: [`kinesis/${subject.resource.region}/${kind}/hour`],
    known: 'No record in the look-back',
    listCost: kinesisIdleListCost,
    listSaving: kinesisIdleListSaving,
    statement: (dates) =>
      `The stream took {records} in {days} and costs {list_cost} at list prices of ${dates}; delete it if no producer is left.`,
    figures: [idle.value.measured, idle.value.days],
    confidence: '0.80',
  });
}
