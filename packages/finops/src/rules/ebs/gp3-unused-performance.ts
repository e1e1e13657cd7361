import { type Cited, defineDerivation } from '@infrafabric/protocol';
import type { Entry, FigureRequest, Subject, Verdict } from '../../model/rule.ts';
import { defineRule } from '../../model/rule.ts';
import { Decimal, formatDecimal, formatUsd } from '../../money.ts';
import { monthOfVolume } from '../reading/derivations.ts';
import {
  type Source,
  citationsOf,
  citedNumber,
  entrySource,
  fieldFigure,
  figure,
  itemSource,
  listCost,
  listSaving,
  seriesSource,
} from '../reading/figures.ts';
import { priceDates, unitPrice } from '../reading/prices.ts';
import { OK, readItem, readPrices, unknown } from '../reading/verdicts.ts';
import { GP3_INCLUDED, Volume, gp3Target, volumePriceKeys } from '../reading/volume.ts';
import { peakIops, peakMibps, readVolumeLoad } from '../reading/volume-load.ts';

/** Share of an included quantity below which the add-on is surely unused: hourly means hide peaks. Own choice: one half. */
const SAFE_SHARE = 0.5;

/** Monthly list cost of the volume: storage and provisioned performance. */
export const ebsGp3UnusedPerformanceListCost = monthOfVolume('ebs-gp3-unused-performance-list-cost');

/**
 * What the IOPS above 3,000 and the MiB/s above 125 cost a month, each only where the load stays below half of what is included.
 *
 * Cited: the volume, the gp3 prices of GB, IOPS and MiB/s, then the lines of operations and bytes.
 */
export const ebsGp3UnusedPerformanceListSaving = defineDerivation({
  package: 'finops',
  name: 'ebs-gp3-unused-performance-list-saving',
  version: 1,
  compute: (cited) => {
    const volume = Volume.parse(cited[0]);
    const lines = cited.slice(4);
    const iops = unused(volume.Iops, peakIops(lines), GP3_INCLUDED.iops).times(unitPrice(cited[2]));
    const mibps = unused(volume.Throughput, peakMibps(lines), GP3_INCLUDED.mibps).times(unitPrice(cited[3]));
    return formatUsd(iops.plus(mibps));
  },
});

const observed = (name: string, compute: (lines: readonly Cited[]) => Decimal) =>
  defineDerivation({ package: 'finops', name, version: 1, compute: (cited) => formatDecimal(compute(cited), 1) });

/** Operations a second at the 99.5th percentile of hourly or shorter means. */
export const ebsObservedIops = observed('ebs-observed-iops', peakIops);

/** MiB a second at the 99.5th percentile of hourly or shorter means. */
export const ebsObservedMibps = observed('ebs-observed-mibps', peakMibps);

/** A gp3 volume that pays for performance above the included one and does not come near it. */
export const ebsGp3UnusedPerformance = defineRule({
  id: 'ebs-gp3-unused-performance',
  ref: 'EBS-08',
  role: 'rightsizing',
  service: 'ebs',
  title: 'gp3 performance that is paid for and not used',
  appliesTo: 'EbsVolume',
  reads: [],
  actionType: 'Rightsize',
  step: 'rightsize',
  severity: 4,
  effort: 'VeryLow',
  risk: 'Low',
  restartNeeded: false,
  rollbackPossible: true,
  inputs: [
    'ec2:DescribeVolumes Iops, Throughput, Size',
    'AWS/EBS VolumeReadOps, VolumeWriteOps, VolumeReadBytes, VolumeWriteBytes Sum',
    'gp3 prices of IOPS and throughput',
  ],
  formula: '(provisioned - max(measured p99.5, included)) x price, for IOPS and MiB/s',
  implementation: [
    'Lower IOPS and throughput to what the finding names (ModifyVolume); the volume stays in use.',
    'Watch queue length for a day.',
  ],
  rollback: 'Raise them again; AWS allows the next modification of a volume after six hours.',
  documentation: 'https://docs.aws.amazon.com/ebs/latest/userguide/general-purpose.html',
  thresholds: [],
  sources: [
    'https://docs.aws.amazon.com/ebs/latest/userguide/general-purpose.html',
    'https://docs.aws.amazon.com/ebs/latest/userguide/using_cloudwatch_ebs.html',
    'https://aws.amazon.com/ebs/pricing/',
  ],
  derivations: [
    ebsGp3UnusedPerformanceListCost,
    ebsGp3UnusedPerformanceListSaving,
    ebsObservedIops,
    ebsObservedMibps,
    citedNumber,
  ],
  judge,
});

function judge(subject: Subject): Verdict {
  const item = readItem(Volume, subject.item);
  if (!item.ok) return item.verdict;
  const { VolumeType, State, Iops = 0, Throughput = 0 } = item.value;
  if (VolumeType !== 'gp3' || State !== 'in-use') return OK;
  if (Iops <= GP3_INCLUDED.iops && Throughput <= GP3_INCLUDED.mibps) return OK;
  const load = readVolumeLoad(subject);
  if (load.operations.length === 0 || load.bytes.length === 0) {
    return unknown('NO_METRICS', 'Operations and bytes of the volume are not both measured over the look-back.');
  }
  const prices = readPrices(subject, volumePriceKeys(subject.resource.region, 'gp3'));
  if (!prices.ok) return prices.verdict;
  return finding(subject, prices.value, [load.operations.map(seriesSource), load.bytes.map(seriesSource)]);
}

function finding(
  subject: Subject,
  prices: readonly Entry[],
  [operations, bytes]: readonly [readonly Source[], readonly Source[]],
): Verdict {
  const source = itemSource(subject);
  const from = [source, ...prices.map(entrySource)];
  const saving = listSaving({
    derivation: ebsGp3UnusedPerformanceListSaving,
    from: [...from, ...operations, ...bytes],
  });
  if (!saving.value.greaterThan(0)) return OK;
  const figures: FigureRequest[] = [
    fieldFigure(source, 'Iops', { name: 'iops', unit: 'IOPS' }),
    fieldFigure(source, 'Throughput', { name: 'mibps', unit: 'MiB/s' }),
    figure({ name: 'used_iops', unit: 'IOPS', derivation: ebsObservedIops, from: operations }).request,
    figure({ name: 'used_mibps', unit: 'MiB/s', derivation: ebsObservedMibps, from: bytes }).request,
  ];
  return {
    verdict: 'FINDING',
    statement:
      `The gp3 volume is provisioned with {iops} and {mibps} but uses {used_iops} and {used_mibps} at the 99.5th percentile; ` +
      `what is included in its price is enough and saves {list_saving} at list prices of ${priceDates(prices)}.`,
    figures,
    listCost: listCost({ derivation: ebsGp3UnusedPerformanceListCost, from }).request,
    listSaving: saving.request,
    citations: citationsOf([source]),
    confidence: '0.75',
    target: loweredTarget(subject, [...operations, ...bytes]),
  };
}

/** Each of IOPS and MiB/s goes down to what is included where the load allows it, and stays else. */
function loweredTarget(subject: Subject, lines: readonly Source[]): Readonly<Record<string, string>> {
  const { Iops, Throughput } = Volume.parse(subject.item);
  const cited = lines.map((line) => line.value);
  return gp3Target(
    kept(Iops, peakIops(cited), GP3_INCLUDED.iops),
    kept(Throughput, peakMibps(cited), GP3_INCLUDED.mibps),
  );
}

/** What stays of a provisioned quantity. */
const kept = (provisioned: number | undefined, used: Decimal, included: number): Decimal =>
  unused(provisioned, used, included)
    .negated()
    .plus(provisioned ?? included);

/** The provisioned quantity above the included one when the load is far below the included one; else nothing. */
function unused(provisioned: number | undefined, used: Decimal, included: number): Decimal {
  const extra = new Decimal(provisioned ?? included).minus(included);
  return used.lessThan(included * SAFE_SHARE) ? Decimal.max(0, extra) : new Decimal(0);
}
