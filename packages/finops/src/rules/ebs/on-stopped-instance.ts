import { defineDerivation } from '@infrafabric/protocol';
import type { Observed } from '../../model/resource.ts';
import type { Subject, Threshold, Verdict } from '../../model/rule.ts';
import { defineRule } from '../../model/rule.ts';
import { formatUsd } from '../../money.ts';
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
import { Instance } from '../reading/instance.ts';
import { priceDates, unitPrice } from '../reading/prices.ts';
import { stoppedAt } from '../reading/stopped.ts';
import { limitOf } from '../reading/thresholds.ts';
import { OK, type Reading, read, readItem, readPrices, stop, unknown } from '../reading/verdicts.ts';
import { Volume, volumeMonthlyCost, volumePriceKeys } from '../reading/volume.ts';

const STOPPED_DAYS: Threshold = {
  name: 'EBS_STOPPED_INSTANCE_DAYS',
  value: 30,
  unit: 'days',
  source: 'CloudBurn rule CLDBRN-AWS-EC2-13: an instance stopped for 30 days is not coming back; read 2026-04-09',
};

/** Monthly list cost of the volume. */
export const ebsOnStoppedInstanceListCost = monthOfVolume('ebs-on-stopped-instance-list-cost');

/**
 * Volume cost less that of a standard snapshot as large as the volume, the most one can cost.
 *
 * Cited: the volume, the snapshot price, then the volume's prices.
 */
export const ebsOnStoppedInstanceListSaving = defineDerivation({
  package: 'finops',
  name: 'ebs-on-stopped-instance-list-saving',
  version: 1,
  compute: ([volume, snapshotPrice, ...prices]) => {
    const snapshot = unitPrice(snapshotPrice).times(Volume.parse(volume).Size);
    return formatUsd(volumeMonthlyCost([volume ?? null, ...prices]).minus(snapshot));
  },
});

/** A volume whose instances have all been stopped for weeks: a snapshot keeps the data for less. */
export const ebsOnStoppedInstance = defineRule({
  id: 'ebs-on-stopped-instance',
  ref: 'EBS-03',
  role: 'rightsizing',
  service: 'ebs',
  title: 'Volume of a stopped instance',
  appliesTo: 'EbsVolume',
  reads: ['Ec2Instance'],
  actionType: 'Delete',
  step: 'terminate',
  severity: 4,
  effort: 'Medium',
  risk: 'Medium',
  restartNeeded: false,
  rollbackPossible: true,
  inputs: [
    'ec2:DescribeVolumes Attachments, VolumeType, Size, Iops, Throughput',
    'ec2:DescribeInstances State, StateTransitionReason',
    'prices of the volume type and of snapshots',
  ],
  formula: 'cost of the volume - Size x snapshot price',
  implementation: [
    'Make a snapshot of the volume.',
    'Detach and delete the volume; keep instance and snapshot together by tags.',
  ],
  rollback: 'Make a volume from the snapshot and attach it under the same device name.',
  documentation: 'https://docs.aws.amazon.com/ebs/latest/userguide/ebs-creating-snapshot.html',
  thresholds: [STOPPED_DAYS],
  sources: [
    'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/Stop_Start.html',
    'https://docs.aws.amazon.com/ebs/latest/userguide/ebs-snapshots.html',
  ],
  derivations: [ebsOnStoppedInstanceListCost, ebsOnStoppedInstanceListSaving, citedNumber],
  judge,
});

function judge(subject: Subject): Verdict {
  const item = readItem(Volume, subject.item);
  if (!item.ok) return item.verdict;
  const volume = item.value;
  if (volume.State !== 'in-use') return OK;
  const holders = holdersOf(subject, volume);
  if (!holders.ok) return holders.verdict;
  const rest = restOf(subject, holders.value);
  if (rest !== undefined) return rest;
  const region = subject.resource.region;
  const keys = [`ebs/${region}/snapshot/gb-month`, ...volumePriceKeys(region, volume.VolumeType)];
  const prices = readPrices(subject, keys, 'On an instance stopped for weeks');
  if (!prices.ok) return prices.verdict;
  const source = itemSource(subject);
  const [snapshotPrice, ...volumePrices] = prices.value.map(entrySource);
  if (snapshotPrice === undefined) return OK;
  const saving = listSaving({
    derivation: ebsOnStoppedInstanceListSaving,
    from: [source, snapshotPrice, ...volumePrices],
  });
  if (!saving.value.greaterThan(0)) return OK;
  return {
    verdict: 'FINDING',
    statement:
      `The ${volume.VolumeType} volume of {size} belongs to an instance stopped for over ${limitOf(subject, STOPPED_DAYS)} days; ` +
      `keeping a snapshot instead saves at least {list_saving} at list prices of ${priceDates(prices.value)}.`,
    figures: [fieldFigure(source, 'Size', { name: 'size', unit: 'GiB' })],
    listCost: listCost({ derivation: ebsOnStoppedInstanceListCost, from: [source, ...volumePrices] }).request,
    listSaving: saving.request,
    citations: citationsOf([source, ...holders.value.map(itemSource)]),
    confidence: '0.85',
  };
}

/** The instances the volume is attached to; all of them must be in the evidence. */
function holdersOf(subject: Subject, volume: Volume): Reading<readonly Observed[]> {
  const ids = (volume.Attachments ?? []).flatMap((one) => one.InstanceId ?? []);
  if (ids.length === 0)
    return stop(unknown('FIELD_MISSING', 'The volume is in use, but no attachment names an instance.'));
  const found = subject.related('Ec2Instance').filter((one) => ids.includes(one.resource.id));
  if (ids.every((id) => found.some((one) => one.resource.id === id))) return read(found);
  return stop(unknown('NOT_COLLECTED', 'The instance the volume is attached to is not in the inputs.'));
}

/** OK or UNKNOWN unless every holder has been stopped for long enough. */
function restOf(subject: Subject, holders: readonly Observed[]): Verdict | undefined {
  for (const holder of holders) {
    const instance = Instance.safeParse(holder.item).data;
    if (instance === undefined) return unknown('FIELD_MISSING', 'The answer about the instance has no usable state.');
    if (instance.State.Name !== 'stopped') return OK;
    const since = stoppedAt(instance);
    if (since === undefined) {
      return unknown('FIELD_MISSING', 'The instance is stopped, but StateTransitionReason does not say since when.');
    }
    if (daysBefore(subject.asOf, since) <= limitOf(subject, STOPPED_DAYS)) return OK;
  }
  return undefined;
}
