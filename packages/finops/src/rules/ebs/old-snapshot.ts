import { z } from 'zod';
import type { Subject, Threshold, Verdict } from '../../model/rule.ts';
import { defineRule } from '../../model/rule.ts';
import { daysFrom, itemAgeFigure } from '../reading/age-figure.ts';
import { daysBefore } from '../reading/dates.ts';
import { citationsOf, itemSource } from '../reading/figures.ts';
import { limitOf } from '../reading/thresholds.ts';
import { OK, readItem } from '../reading/verdicts.ts';

const AGE_DAYS: Threshold = {
  name: 'EBS_SNAPSHOT_AGE_DAYS',
  value: 90,
  unit: 'days',
  source: 'steampipe-mod-aws-thrifty snapshot_age_max_days 90, read 2026-03-25; CloudBurn and Datadog use the same',
};

const Snapshot = z.object({
  SnapshotId: z.string(),
  StartTime: z.iso.datetime({ offset: true }),
  State: z.string(),
  StorageTier: z.string().optional(),
  OwnerId: z.string().optional(),
});

const BackingImage = z.object({
  BlockDeviceMappings: z.array(z.object({ Ebs: z.object({ SnapshotId: z.string().optional() }).optional() })),
});

/** Whole days since a snapshot was started, at `as_of`. */
export const ebsOldSnapshotDays = daysFrom('ebs-old-snapshot-days', (cited) => Snapshot.parse(cited).StartTime);

/**
 * A snapshot kept for months that backs no known image.
 *
 * Advice without dollars: snapshots are billed by changed blocks, which only the bill knows; the volume size is not a price base.
 */
export const ebsOldSnapshot = defineRule({
  id: 'ebs-old-snapshot',
  ref: 'EBS-10',
  role: 'rightsizing',
  service: 'ebs',
  title: 'Old snapshot',
  appliesTo: 'EbsSnapshot',
  reads: ['Ec2Image'],
  actionType: 'Review',
  step: 'terminate',
  severity: 2,
  effort: 'Low',
  risk: 'Medium',
  restartNeeded: false,
  rollbackPossible: false,
  inputs: ['ec2:DescribeSnapshots StartTime, VolumeSize', 'related images'],
  formula:
    'No saving is computed: snapshots are incremental and the answer does not say what is billed; the volume size is printed as an upper bound',
  implementation: [
    'Check retention duties and whether an image or a backup plan uses the snapshot.',
    'Delete it, or let Amazon Data Lifecycle Manager delete by age.',
  ],
  rollback: 'None: a deleted snapshot is gone unless a Recycle Bin rule keeps it.',
  documentation: 'https://docs.aws.amazon.com/ebs/latest/userguide/snapshot-lifecycle.html',
  thresholds: [AGE_DAYS],
  sources: [
    'https://docs.aws.amazon.com/ebs/latest/userguide/how_snapshots_work.html',
    'https://docs.aws.amazon.com/ebs/latest/userguide/snapshot-lifecycle.html',
  ],
  derivations: [ebsOldSnapshotDays],
  judge,
});

function judge(subject: Subject): Verdict {
  const item = readItem(Snapshot, subject.item);
  if (!item.ok) return item.verdict;
  const snapshot = item.value;
  if (snapshot.State !== 'completed' || snapshot.StorageTier === 'archive') return OK;
  if ((snapshot.OwnerId ?? subject.resource.account) !== subject.resource.account) return OK;
  if (daysBefore(subject.asOf, snapshot.StartTime) <= limitOf(subject, AGE_DAYS)) return OK;
  if (backsImage(subject, snapshot.SnapshotId)) return OK;
  const source = itemSource(subject);
  return {
    verdict: 'FINDING',
    statement:
      'The snapshot is {age_days} old and backs no image in the inputs; what it costs depends on its changed blocks, so look it up in the bill, then delete or archive it.',
    figures: [itemAgeFigure(source, ebsOldSnapshotDays, { name: 'age_days', asOf: subject.asOf })],
    citations: citationsOf([source]),
    confidence: '0.60',
  };
}

function backsImage(subject: Subject, snapshotId: string): boolean {
  return subject.related('Ec2Image').some((image) => {
    const mappings = BackingImage.safeParse(image.item).data?.BlockDeviceMappings ?? [];
    return mappings.some((mapping) => mapping.Ebs?.SnapshotId === snapshotId);
  });
}
