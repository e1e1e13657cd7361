import { defineDerivation } from '@infrafabric/protocol';
import { z } from 'zod';
import type { Subject, Threshold, Verdict } from '../../model/rule.ts';
import { defineRule } from '../../model/rule.ts';
import { Decimal, formatUsd, sum } from '../../money.ts';
import { ageFigure, daysSince } from '../reading/age-figure.ts';
import { daysBefore } from '../reading/dates.ts';
import { itemSource } from '../reading/figures.ts';
import { unitPrice } from '../reading/prices.ts';
import { removal } from '../reading/removal.ts';
import { limitOf } from '../reading/thresholds.ts';
import { OK, readItem } from '../reading/verdicts.ts';

const GRACE_DAYS: Threshold = {
  name: 'EFS_UNMOUNTED_GRACE_DAYS',
  value: 14,
  unit: 'days since creation',
  source: 'Cloudrift, file system without mount target for 14 days, read 2026-08-21',
};

const FileSystem = z.object({
  FileSystemId: z.string(),
  LifeCycleState: z.string(),
  CreationTime: z.iso.datetime({ offset: true }),
  NumberOfMountTargets: z.int().nonnegative(),
  AvailabilityZoneName: z.string().optional(),
  SizeInBytes: z.object({
    Value: z.int().nonnegative(),
    ValueInStandard: z.int().nonnegative().optional(),
    ValueInIA: z.int().nonnegative().optional(),
    ValueInArchive: z.int().nonnegative().optional(),
  }),
});
type FileSystem = z.infer<typeof FileSystem>;

/** Bytes of a GB of EFS storage. Source: Amazon EFS user guide, "How Amazon EFS reports file system sizes" (1 GiB = 2^30 bytes), stated 2026-11-21, page not re-read. */
const BYTES_PER_GB = 2 ** 30;

const define = (name: string) =>
  defineDerivation({
    package: 'finops',
    name,
    version: 1,
    compute: (cited) => {
      const parts = storageOf(FileSystem.parse(cited[0])).map(({ bytes }, index) =>
        unitPrice(cited[1 + index]).times(new Decimal(bytes).div(BYTES_PER_GB)),
      );
      return formatUsd(sum(parts));
    },
  });

/** Monthly list cost of the stored bytes, without provisioned throughput: cited = the file system, then the price of each storage class it uses. */
export const efsUnmountedListCost = define('efs-unmounted-list-cost');

/** Deleting the file system saves its storage. */
export const efsUnmountedListSaving = define('efs-unmounted-list-saving');

/** A file system without a mount target: nothing can read or write it. */
export const efsUnmounted = defineRule({
  id: 'efs-unmounted',
  ref: 'EFS-01',
  role: 'rightsizing',
  service: 'efs',
  title: 'File system nothing can mount',
  appliesTo: 'EfsFileSystem',
  reads: [],
  actionType: 'Delete',
  step: 'terminate',
  severity: 5,
  effort: 'Low',
  risk: 'Medium',
  restartNeeded: false,
  rollbackPossible: false,
  inputs: ['efs:DescribeFileSystems NumberOfMountTargets, SizeInBytes, CreationTime', 'storage prices by class'],
  formula: 'GB in each storage class x its price',
  implementation: ['Make a backup with AWS Backup.', 'Delete the file system.'],
  rollback: 'None without the backup: a deleted file system is gone.',
  documentation: 'https://docs.aws.amazon.com/efs/latest/ug/delete-efs-fs.html',
  thresholds: [GRACE_DAYS],
  sources: [
    'https://docs.aws.amazon.com/efs/latest/ug/accessing-fs.html',
    'https://docs.aws.amazon.com/efs/latest/ug/metered-sizes.html',
    'https://aws.amazon.com/efs/pricing/',
  ],
  derivations: [efsUnmountedListCost, efsUnmountedListSaving, daysSince],
  judge,
});

function judge(subject: Subject): Verdict {
  const item = readItem(FileSystem, subject.item);
  if (!item.ok) return item.verdict;
  const system = item.value;
  if (system.LifeCycleState !== 'available' || system.NumberOfMountTargets > 0 || system.SizeInBytes.Value === 0) {
    return OK;
  }
  if (daysBefore(subject.asOf, system.CreationTime) < limitOf(subject, GRACE_DAYS)) return OK;
  return removal(subject, {
    priceKeys: storageOf(system).map((one) => `efs/${subject.resource.region}/${one.storageClass}/gb-month`),
    known: 'No mount target',
    listCost: efsUnmountedListCost,
    listSaving: efsUnmountedListSaving,
    statement: (dates) =>
      'The file system was created {age_days} ago and has no mount target, so nothing can use it; its storage costs {list_cost} at list prices of ' +
      `${dates}. Back it up if its files may be needed, then delete it.`,
    figures: [ageFigure(itemSource(subject), 'CreationTime', { name: 'age_days', asOf: subject.asOf })],
    confidence: '0.85',
  });
}

/** Bytes by storage class, in the order of their prices; answers from before the classes have one total. */
function storageOf(system: FileSystem): { readonly storageClass: string; readonly bytes: number }[] {
  const isOneZone = system.AvailabilityZoneName !== undefined;
  const { Value, ValueInStandard, ValueInIA = 0, ValueInArchive = 0 } = system.SizeInBytes;
  const all = [
    { storageClass: isOneZone ? 'one-zone' : 'standard', bytes: ValueInStandard ?? Value - ValueInIA - ValueInArchive },
    { storageClass: isOneZone ? 'one-zone-ia' : 'standard-ia', bytes: ValueInIA },
    { storageClass: 'archive', bytes: ValueInArchive },
  ];
  return all.filter((one) => one.bytes > 0);
}
