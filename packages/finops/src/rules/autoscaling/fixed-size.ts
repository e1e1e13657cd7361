import { z } from 'zod';
import type { Subject, Threshold, Verdict } from '../../model/rule.ts';
import { defineRule } from '../../model/rule.ts';
import { ageFigure, daysSince } from '../reading/age-figure.ts';
import { daysBefore } from '../reading/dates.ts';
import { citationsOf, citedNumber, fieldFigure, itemSource } from '../reading/figures.ts';
import { limitOf } from '../reading/thresholds.ts';
import { OK, readItem } from '../reading/verdicts.ts';

const AGE_DAYS: Threshold = {
  name: 'AUTOSCALING_FIXED_SIZE_DAYS',
  value: 30,
  unit: 'days since creation',
  source: 'Flexera policy "AWS Autoscaling groups of fixed size", look-back 30 days, read 2026-08-20',
};

const AutoScalingGroup = z.object({
  AutoScalingGroupName: z.string(),
  MinSize: z.int().nonnegative(),
  MaxSize: z.int().nonnegative(),
  DesiredCapacity: z.int().nonnegative(),
  CreatedTime: z.iso.datetime({ offset: true }),
});

/**
 * A group of several instances that cannot scale, for its smallest and largest size are the same.
 *
 * Advice without dollars: how far it could scale in depends on its load. A group of one keeps an instance alive and is not judged.
 */
export const autoscalingFixedSize = defineRule({
  id: 'autoscaling-fixed-size',
  ref: 'EC2-12',
  role: 'rightsizing',
  service: 'autoscaling',
  title: 'Auto Scaling group that cannot scale',
  appliesTo: 'Ec2AutoScalingGroup',
  reads: [],
  actionType: 'Review',
  step: 'schedule',
  severity: 3,
  effort: 'Medium',
  risk: 'Medium',
  restartNeeded: false,
  rollbackPossible: true,
  inputs: ['autoscaling:DescribeAutoScalingGroups MinSize, MaxSize, DesiredCapacity, CreatedTime'],
  formula: 'No saving is computed: it depends on the load; the group size is printed',
  implementation: [
    'Look at the daily course of CPU or requests of the group.',
    'Set MinSize below and MaxSize above the usual size.',
    'Add a target tracking policy.',
  ],
  rollback: 'Set MinSize and MaxSize back to the former size.',
  documentation: 'https://docs.aws.amazon.com/autoscaling/ec2/userguide/as-scaling-target-tracking.html',
  thresholds: [AGE_DAYS],
  sources: [
    'https://docs.aws.amazon.com/autoscaling/ec2/userguide/asg-capacity-limits.html',
    'https://docs.aws.amazon.com/autoscaling/ec2/userguide/as-scaling-target-tracking.html',
  ],
  derivations: [daysSince, citedNumber],
  judge,
});

function judge(subject: Subject): Verdict {
  const item = readItem(AutoScalingGroup, subject.item);
  if (!item.ok) return item.verdict;
  const { MinSize, MaxSize, DesiredCapacity, CreatedTime } = item.value;
  if (MinSize !== MaxSize || DesiredCapacity !== MaxSize || MaxSize < 2) return OK;
  if (daysBefore(subject.asOf, CreatedTime) <= limitOf(subject, AGE_DAYS)) return OK;
  const source = itemSource(subject);
  return {
    verdict: 'FINDING',
    statement:
      'The group is {age_days} old and always has {instances}, because its smallest and largest size are the same; ' +
      'give it room and a scaling policy, or a schedule, if its load varies.',
    figures: [
      ageFigure(source, 'CreatedTime', { name: 'age_days', asOf: subject.asOf }),
      fieldFigure(source, 'DesiredCapacity', { name: 'instances', unit: 'instances' }),
    ],
    citations: citationsOf([source]),
    confidence: '0.60',
  };
}
