import { defineDerivation } from '@infrafabric/protocol';
import { z } from 'zod';
import type { Subject, Threshold, Verdict } from '../../model/rule.ts';
import { defineRule } from '../../model/rule.ts';
import { daysBefore } from '../reading/dates.ts';
import { citationsOf, figure, itemSource } from '../reading/figures.ts';
import { limitOf } from '../reading/thresholds.ts';
import { OK, readItem, unknown } from '../reading/verdicts.ts';

const OLD_DAYS: Threshold = {
  name: 'S3_INCOMPLETE_UPLOAD_DAYS',
  value: 7,
  unit: 'days since the upload began',
  source: 'AWS Trusted Advisor c1cj39rr6v, incomplete multipart uploads older than 7 days, read 2023-06-30',
};

const Uploads = z.object({
  Bucket: z.string(),
  Uploads: z.array(z.object({ Initiated: z.string() })).optional(),
  IsTruncated: z.boolean(),
});

/** Uploads of the cited list that began at least `days` before `as_of`. */
export const s3IncompleteUploadsOld = defineDerivation({
  package: 'finops',
  name: 's3-incomplete-uploads-old',
  version: 1,
  compute: (cited, params) => {
    const { as_of, days } = z.object({ as_of: z.iso.date(), days: z.number().nonnegative() }).parse(params);
    const { Uploads: uploads = [] } = Uploads.parse(cited[0]);
    return String(uploads.filter((one) => daysBefore(as_of, one.Initiated) >= days).length);
  },
});

/** A bucket with parts of uploads that nobody finished. */
export const s3IncompleteUploads = defineRule({
  id: 's3-incomplete-uploads',
  ref: 'S3-02',
  role: 'rightsizing',
  service: 's3',
  title: 'Unfinished uploads that are stored and charged',
  appliesTo: 'S3Bucket',
  reads: [],
  actionType: 'Delete',
  step: 'storage-tier',
  severity: 3,
  effort: 'VeryLow',
  risk: 'Low',
  restartNeeded: false,
  rollbackPossible: true,
  inputs: ['s3:ListMultipartUploads Uploads Initiated, IsTruncated'],
  formula: 'No saving is computed: the list does not say how large the parts are',
  implementation: [
    'Add a lifecycle rule that aborts incomplete multipart uploads after 7 days.',
    'Look at the storage of the bucket a few days later.',
  ],
  rollback: 'Remove the lifecycle rule; parts already deleted were never an object.',
  documentation: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/mpu-abort-incomplete-mpu-lifecycle-config.html',
  thresholds: [OLD_DAYS],
  sources: [
    'https://docs.aws.amazon.com/awssupport/latest/user/cost-optimization-checks.html',
    'https://docs.aws.amazon.com/AmazonS3/latest/userguide/mpu-abort-incomplete-mpu-lifecycle-config.html',
  ],
  derivations: [s3IncompleteUploadsOld],
  judge,
});

function judge(subject: Subject): Verdict {
  const item = readItem(Uploads, subject.item);
  if (!item.ok) return unknown('FIELD_MISSING', 'The list of unfinished uploads of the bucket is not in the inputs.');
  const source = itemSource(subject);
  const params = { as_of: subject.asOf, days: limitOf(subject, OLD_DAYS) };
  const old = figure({
    name: 'old_uploads',
    unit: 'uploads',
    derivation: s3IncompleteUploadsOld,
    from: [source],
    params,
  });
  if (!old.value.greaterThan(0)) return OK;
  const least = item.value.IsTruncated ? 'at least ' : '';
  return {
    verdict: 'FINDING',
    statement:
      `The bucket keeps the parts of ${least}{old_uploads} that began over ${params.days} days ago and were never finished; ` +
      'they are charged as storage until a lifecycle rule aborts them.',
    figures: [old.request],
    citations: citationsOf([source]),
    confidence: '0.90',
  };
}
