import { z } from 'zod';
import type { Subject, Threshold, Verdict } from '../../model/rule.ts';
import { defineRule } from '../../model/rule.ts';
import { ageFigure, daysSince } from '../reading/age-figure.ts';
import { daysBefore } from '../reading/dates.ts';
import { citationsOf, itemSource } from '../reading/figures.ts';
import { limitOf } from '../reading/thresholds.ts';
import { OK, readItem, unknown } from '../reading/verdicts.ts';

const AGE_DAYS: Threshold = {
  name: 'RDS_SNAPSHOT_AGE_DAYS',
  value: 90,
  unit: 'days',
  source: 'CloudBurn rule RDS-10, manual snapshots older than 90 days, read 2026-04-09',
};

const Snapshot = z.object({
  DBSnapshotIdentifier: z.string(),
  SnapshotType: z.string(),
  Status: z.string(),
  SnapshotCreateTime: z.iso.datetime({ offset: true }).optional(),
});

/**
 * A manual database snapshot kept for months; automated ones expire by themselves.
 *
 * Advice without dollars: the answer has the size of the database, not of the stored snapshot, and a part of backup storage is free.
 */
export const rdsOldManualSnapshot = defineRule({
  id: 'rds-old-manual-snapshot',
  ref: 'RDS-13',
  role: 'rightsizing',
  service: 'rds',
  title: 'Old manual database snapshot',
  appliesTo: 'RdsDbSnapshot',
  reads: [],
  actionType: 'Review',
  step: 'terminate',
  severity: 2,
  effort: 'Low',
  risk: 'Medium',
  restartNeeded: false,
  rollbackPossible: false,
  inputs: ['rds:DescribeDBSnapshots SnapshotType, SnapshotCreateTime, AllocatedStorage'],
  formula: 'No saving is computed: what of a snapshot is billed stands in the bill only',
  implementation: ['Check retention duties.', 'Export to S3 what must be kept for long.', 'Delete the snapshot.'],
  rollback: 'None: a deleted snapshot is gone.',
  documentation: 'https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_ManagingManualBackups.html',
  thresholds: [AGE_DAYS],
  sources: [
    'https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_ManagingManualBackups.html',
    'https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_WorkingWithAutomatedBackups.BackupStorage.html',
  ],
  derivations: [daysSince],
  judge,
});

function judge(subject: Subject): Verdict {
  const item = readItem(Snapshot, subject.item);
  if (!item.ok) return item.verdict;
  const { SnapshotType, Status, SnapshotCreateTime } = item.value;
  if (SnapshotType !== 'manual' || Status !== 'available') return OK;
  if (SnapshotCreateTime === undefined) return unknown('FIELD_MISSING', 'The answer has no usable SnapshotCreateTime.');
  if (daysBefore(subject.asOf, SnapshotCreateTime) <= limitOf(subject, AGE_DAYS)) return OK;
  const source = itemSource(subject);
  return {
    verdict: 'FINDING',
    statement:
      'The manual snapshot is {age_days} old and stays until somebody deletes it; look its storage up in the bill, then delete it or export it to S3.',
    figures: [ageFigure(source, 'SnapshotCreateTime', { name: 'age_days', asOf: subject.asOf })],
    citations: citationsOf([source]),
    confidence: '0.60',
  };
}
