import type { Subject, Threshold, Verdict } from '../../model/rule.ts';
import { defineRule } from '../../model/rule.ts';
import { daysFrom, itemAgeFigure } from '../reading/age-figure.ts';
import { daysBefore } from '../reading/dates.ts';
import { citationsOf, itemSource } from '../reading/figures.ts';
import { Instance } from '../reading/instance.ts';
import { stoppedAt } from '../reading/stopped.ts';
import { limitOf } from '../reading/thresholds.ts';
import { OK, readItem, unknown } from '../reading/verdicts.ts';

const STOPPED_DAYS: Threshold = {
  name: 'EC2_STOPPED_DAYS',
  value: 30,
  unit: 'days',
  source: 'CloudBurn rule CLDBRN-AWS-EC2-13 and aws-doctor: stopped for more than 30 days, read 2026-04-09',
};

/** Whole days an instance has been stopped at `as_of`. */
export const ec2StoppedLongDays = daysFrom('ec2-stopped-long-days', (cited) => stoppedAt(Instance.parse(cited)) ?? '');

/**
 * An instance stopped for weeks: a candidate for an image and termination.
 *
 * It has no dollars of its own: its volumes and addresses are judged where they are billed.
 */
export const ec2StoppedLong = defineRule({
  id: 'ec2-stopped-long',
  ref: 'EC2-10',
  role: 'rightsizing',
  service: 'ec2',
  title: 'Instance stopped for a long time',
  appliesTo: 'Ec2Instance',
  reads: [],
  actionType: 'Delete',
  step: 'terminate',
  severity: 3,
  effort: 'Low',
  risk: 'Medium',
  restartNeeded: false,
  rollbackPossible: false,
  inputs: ['ec2:DescribeInstances State, StateTransitionReason'],
  formula: 'No saving of its own: volumes and addresses of the instance are judged by their own rules',
  implementation: [
    'Ask the owner whether the instance is still wanted.',
    'Make an image.',
    'Terminate the instance and release its addresses.',
  ],
  rollback: 'Start a new instance from the image; the terminated one does not come back.',
  documentation: 'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/terminating-instances.html',
  thresholds: [STOPPED_DAYS],
  sources: ['https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/Stop_Start.html'],
  derivations: [ec2StoppedLongDays],
  judge,
});

function judge(subject: Subject): Verdict {
  const item = readItem(Instance, subject.item);
  if (!item.ok) return item.verdict;
  if (item.value.State.Name !== 'stopped') return OK;
  const since = stoppedAt(item.value);
  if (since === undefined) {
    return unknown('FIELD_MISSING', 'The instance is stopped, but StateTransitionReason does not say since when.');
  }
  const limit = limitOf(subject, STOPPED_DAYS);
  if (daysBefore(subject.asOf, since) <= limit) return OK;
  const source = itemSource(subject);
  return {
    verdict: 'FINDING',
    statement: `The instance has been stopped for {stopped_days}; its volumes and addresses are still billed, so image it and terminate it, or say why it stays.`,
    figures: [itemAgeFigure(source, ec2StoppedLongDays, { name: 'stopped_days', asOf: subject.asOf })],
    citations: citationsOf([source]),
    confidence: '0.90',
  };
}
