import { z } from 'zod';
import type { Subject, Threshold, Verdict } from '../../model/rule.ts';
import { defineRule } from '../../model/rule.ts';
import { daysFrom, itemAgeFigure } from '../reading/age-figure.ts';
import { daysBefore } from '../reading/dates.ts';
import { citationsOf, itemSource } from '../reading/figures.ts';
import { limitOf } from '../reading/thresholds.ts';
import { OK, readItem, unknown } from '../reading/verdicts.ts';

const AGE_DAYS: Threshold = {
  name: 'EC2_IMAGE_AGE_DAYS',
  value: 90,
  unit: 'days',
  source: 'aws-doctor, unused AMI check: older than 90 days, read 2026-01-25',
};

const Image = z.object({
  ImageId: z.string(),
  OwnerId: z.string(),
  State: z.string(),
  CreationDate: z.iso.datetime({ offset: true }),
  LastLaunchedTime: z.iso.datetime({ offset: true }).optional(),
});

/** Whole days since an image was made, at `as_of`. */
export const ec2UnusedImageDays = daysFrom('ec2-unused-image-days', (cited) => Image.parse(cited).CreationDate);

/**
 * An old image of the account that no collected instance was started from.
 *
 * Advice without dollars: launch templates and scaling groups may still name it, and its snapshots are billed by changed blocks only.
 */
export const ec2UnusedImage = defineRule({
  id: 'ec2-unused-image',
  ref: 'EC2-18',
  role: 'rightsizing',
  service: 'ec2',
  title: 'Image that no instance uses',
  appliesTo: 'Ec2Image',
  reads: ['Ec2Instance'],
  actionType: 'Review',
  step: 'terminate',
  severity: 2,
  effort: 'Low',
  risk: 'Medium',
  restartNeeded: false,
  rollbackPossible: false,
  inputs: ['ec2:DescribeImages CreationDate, LastLaunchedTime, OwnerId', 'ec2:DescribeInstances ImageId'],
  formula: 'No saving is computed: snapshots are incremental and the answer does not say what is billed',
  implementation: [
    'Check launch templates, Auto Scaling groups and other accounts that use the image.',
    'Deregister the image and delete its snapshots.',
  ],
  rollback: 'None: a deregistered image is gone unless a Recycle Bin rule keeps it.',
  documentation: 'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/deregister-ami.html',
  thresholds: [AGE_DAYS],
  sources: [
    'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/deregister-ami.html',
    'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ami-last-launched-time.html',
  ],
  derivations: [ec2UnusedImageDays],
  judge,
});

function judge(subject: Subject): Verdict {
  const item = readItem(Image, subject.item);
  if (!item.ok) return item.verdict;
  const image = item.value;
  if (subject.resource.account === 'unknown') {
    return unknown(
      'FIELD_MISSING',
      'No input says which account this is, so an own image cannot be told from a public one.',
    );
  }
  if (image.OwnerId !== subject.resource.account || image.State !== 'available') return OK;
  if (subject.related('Ec2Instance').some((one) => one.item['ImageId'] === image.ImageId)) return OK;
  const limit = limitOf(subject, AGE_DAYS);
  const lastUse = [image.CreationDate, image.LastLaunchedTime ?? image.CreationDate];
  if (lastUse.some((day) => daysBefore(subject.asOf, day) <= limit)) return OK;
  const source = itemSource(subject);
  return {
    verdict: 'FINDING',
    statement:
      'The image is {age_days} old and no collected instance was started from it; its snapshots are billed until it is ' +
      'deregistered and they are deleted, so check launch templates and scaling groups, then remove both.',
    figures: [itemAgeFigure(source, ec2UnusedImageDays, { name: 'age_days', asOf: subject.asOf })],
    citations: citationsOf([source]),
    confidence: '0.50',
  };
}
