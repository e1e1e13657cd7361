import type { Subject, Threshold, Verdict } from '../../model/rule.ts';
import { defineRule } from '../../model/rule.ts';
import { daysBefore } from '../reading/dates.ts';
import { monthOfVolume } from '../reading/derivations.ts';
import {
  citationsOf,
  citedNumber,
  entrySource,
  fieldFigure,
  itemSource,
  listCost,
  listSaving,
} from '../reading/figures.ts';
import { priceDates } from '../reading/prices.ts';
import { limitOf } from '../reading/thresholds.ts';
import { OK, readItem, readPrices, unknown } from '../reading/verdicts.ts';
import { Volume, volumePriceKeys } from '../reading/volume.ts';

const GRACE_DAYS: Threshold = {
  name: 'EBS_UNATTACHED_GRACE_DAYS',
  value: 7,
  unit: 'days since creation',
  source:
    'Cloudrift, grace period of new resources, 7 days, read 2026-08-21; AWS Trusted Advisor DAvU99Dc4C flags any age',
};

/** Monthly list cost of the volume: storage and provisioned performance. */
export const ebsUnattachedListCost = monthOfVolume('ebs-unattached-list-cost');

/** Deleting the volume saves all of it. */
export const ebsUnattachedListSaving = monthOfVolume('ebs-unattached-list-saving');

/** A volume no instance uses. The answer does not say since when, so the age is that of the volume. */
export const ebsUnattached = defineRule({
  id: 'ebs-unattached',
  ref: 'EBS-01',
  role: 'rightsizing',
  service: 'ebs',
  title: 'Volume attached to nothing',
  appliesTo: 'EbsVolume',
  reads: [],
  actionType: 'Delete',
  step: 'terminate',
  severity: 5,
  effort: 'Low',
  risk: 'Medium',
  restartNeeded: false,
  rollbackPossible: false,
  thresholds: [GRACE_DAYS],
  sources: [
    'https://docs.aws.amazon.com/awssupport/latest/user/cost-optimization-checks.html',
    'https://docs.aws.amazon.com/compute-optimizer/latest/ug/view-idle-recommendations.html',
    'https://docs.aws.amazon.com/ebs/latest/userguide/ebs-deleting-volume.html',
  ],
  derivations: [ebsUnattachedListCost, ebsUnattachedListSaving, citedNumber],
  judge,
});

function judge(subject: Subject): Verdict {
  const item = readItem(Volume, subject.item);
  if (!item.ok) return item.verdict;
  const volume = item.value;
  if (volume.State !== 'available') return OK;
  if (volume.CreateTime === undefined) return unknown('FIELD_MISSING', 'The answer has no usable CreateTime.');
  if (daysBefore(subject.asOf, volume.CreateTime) < limitOf(subject, GRACE_DAYS)) return OK;
  const prices = readPrices(
    subject,
    volumePriceKeys(subject.resource.region, volume.VolumeType),
    'Attached to no instance',
  );
  if (!prices.ok) return prices.verdict;
  const source = itemSource(subject);
  const from = [source, ...prices.value.map(entrySource)];
  return {
    verdict: 'FINDING',
    statement:
      `The ${volume.VolumeType} volume of {size} is attached to no instance and costs {list_cost} at list prices of ` +
      `${priceDates(prices.value)}; snapshot it if its data may be needed, then delete it.`,
    figures: [fieldFigure(source, 'Size', { name: 'size', unit: 'GiB' })],
    listCost: listCost({ derivation: ebsUnattachedListCost, from }).request,
    listSaving: listSaving({ derivation: ebsUnattachedListSaving, from }).request,
    citations: citationsOf([source]),
    confidence: '0.90',
  };
}
