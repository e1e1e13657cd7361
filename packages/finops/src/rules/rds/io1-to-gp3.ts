import { type Cited, defineDerivation } from '@infrafabric/protocol';
import { z } from 'zod';
import type { Subject, Threshold, Verdict } from '../../model/rule.ts';
import { defineRule } from '../../model/rule.ts';
import { type Decimal, formatDecimal, formatUsd } from '../../money.ts';
import { DbInstance, isAurora, isOpenSource } from '../reading/db-instance.ts';
import {
  citationsOf,
  entrySource,
  figure,
  itemSource,
  listCost,
  listSaving,
  seriesSource,
} from '../reading/figures.ts';
import { linesOf, readMetric } from '../reading/metrics.ts';
import { peakOf } from '../reading/peak.ts';
import { priceDates, unitPrice } from '../reading/prices.ts';
import { OK, readItem, readPrices, unknown } from '../reading/verdicts.ts';

const LARGE_GIB: Threshold = {
  name: 'RDS_GP3_LARGE_GIB',
  value: 400,
  unit: 'GiB from which gp3 stripes four volumes',
  source: 'RDS user guide, "gp3 storage", as quoted by terraform-provider-aws issue 28382, read 2026-11-21',
};

/** What gp3 includes below and from `LARGE_GIB` on. Source: RDS user guide, "gp3 storage": 3,000 IOPS and 125 MiB/s, or 12,000 and 500; the IOPS as quoted by terraform-provider-aws issue 28382, read 2026-11-21, the throughput stated 2026-11-21, page not re-read. */
const INCLUDED = { small: { iops: 3000, mibps: 125 }, large: { iops: 12_000, mibps: 500 } };

const Database = DbInstance.extend({ Iops: z.int().positive().optional() });

const included = (gib: number): { iops: number; mibps: number } =>
  gib < LARGE_GIB.value ? INCLUDED.small : INCLUDED.large;

function ioCost(cited: readonly Cited[]): Decimal {
  const { AllocatedStorage = 0, Iops = 0 } = Database.parse(cited[0]);
  return unitPrice(cited[1]).times(AllocatedStorage).plus(unitPrice(cited[2]).times(Iops));
}

/** Monthly list cost of the storage: cited = the database, the io1 prices of a GB-month and of an IOPS-month. */
export const rdsIo1ToGp3ListCost = defineDerivation({
  package: 'finops',
  name: 'rds-io1-to-gp3-list-cost',
  version: 1,
  compute: (cited) => formatUsd(ioCost(cited)),
});

/** Less the gp3 storage, whose included performance suffices: cited = the database, the io1 prices, the gp3 price of a GB-month. */
export const rdsIo1ToGp3ListSaving = defineDerivation({
  package: 'finops',
  name: 'rds-io1-to-gp3-list-saving',
  version: 1,
  compute: (cited) => {
    const { AllocatedStorage = 0 } = Database.parse(cited[0]);
    return formatUsd(ioCost(cited).minus(unitPrice(cited[3]).times(AllocatedStorage)));
  },
});

/** Peak of reads and writes together, in operations a second. */
export const rdsPeakIops = defineDerivation({
  package: 'finops',
  name: 'rds-peak-iops',
  version: 1,
  compute: (cited) => formatDecimal(peakOf(linesOf(cited)), 1),
});

/** Peak of reads and writes together, in MiB a second. */
export const rdsPeakMibps = defineDerivation({
  package: 'finops',
  name: 'rds-peak-mibps',
  version: 1,
  compute: (cited) => formatDecimal(peakOf(linesOf(cited)).div(1024 * 1024), 1),
});

/** A database on io1 storage that never needs more than gp3 includes. */
export const rdsIo1ToGp3 = defineRule({
  id: 'rds-io1-to-gp3',
  ref: 'RDS-09',
  role: 'pricing',
  service: 'rds',
  title: 'Provisioned IOPS storage that gp3 could serve',
  appliesTo: 'RdsDbInstance',
  reads: [],
  actionType: 'Upgrade',
  step: 'storage-tier',
  severity: 6,
  effort: 'Low',
  risk: 'Medium',
  restartNeeded: false,
  rollbackPossible: true,
  inputs: [
    'rds:DescribeDBInstances StorageType, AllocatedStorage, Iops, Engine, MultiAZ',
    'AWS/RDS ReadIOPS, WriteIOPS, ReadThroughput, WriteThroughput Maximum',
    'prices of io1 storage and IOPS, and of gp3 storage',
  ],
  formula: '(GB x io1 + Iops x io1 IOPS) - GB x gp3, where the measured peak is within what gp3 includes',
  implementation: [
    'Check that the workload does not need the steady latency of io1.',
    'Change the storage type to gp3 in a quiet hour (ModifyDBInstance); the instance stays up, slower while it is optimised.',
    'Watch read and write latency for a day.',
  ],
  rollback: 'Change the storage type back to io1; AWS allows the next storage change after six hours.',
  documentation: 'https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/CHAP_Storage.html',
  thresholds: [LARGE_GIB],
  sources: [
    'https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/CHAP_Storage.html',
    'https://aws.amazon.com/rds/pricing/',
  ],
  derivations: [rdsIo1ToGp3ListCost, rdsIo1ToGp3ListSaving, rdsPeakIops, rdsPeakMibps],
  judge,
});

function judge(subject: Subject): Verdict {
  const item = readItem(Database, subject.item);
  if (!item.ok) return item.verdict;
  const database = item.value;
  if (database.StorageType !== 'io1' || isAurora(database) || !isOpenSource(database)) return OK;
  const { AllocatedStorage, Iops } = database;
  if (AllocatedStorage === undefined || Iops === undefined) {
    return unknown('FIELD_MISSING', 'The answer has no usable AllocatedStorage and Iops.');
  }
  const limit = included(AllocatedStorage);
  const load = readLoad(subject);
  if ('verdict' in load) return load;
  if (load.iops.value.greaterThan(limit.iops) || load.mibps.value.greaterThan(limit.mibps)) return OK;
  return finding(subject, database.MultiAZ === true ? 'storage-multi-az' : 'storage', load);
}

interface Load {
  readonly iops: ReturnType<typeof figure>;
  readonly mibps: ReturnType<typeof figure>;
}

function readLoad(subject: Subject): Load | Verdict {
  const lines = [];
  for (const metric of ['ReadIOPS', 'WriteIOPS', 'ReadThroughput', 'WriteThroughput']) {
    const found = readMetric(subject, { namespace: 'AWS/RDS', metric, stats: ['Maximum'] });
    if (!found.ok) return found.verdict;
    lines.push(found.value.series.map(seriesSource));
  }
  const [reads = [], writes = [], read = [], written = []] = lines;
  return {
    iops: figure({ name: 'peak_iops', unit: 'IOPS', derivation: rdsPeakIops, from: [...reads, ...writes] }),
    mibps: figure({ name: 'peak_mibps', unit: 'MiB/s', derivation: rdsPeakMibps, from: [...read, ...written] }),
  };
}

function finding(subject: Subject, storage: string, { iops, mibps }: Load): Verdict {
  const at = `rds/${subject.resource.region}/${storage}`;
  const prices = readPrices(subject, [`${at}/io1/gb-month`, `${at}/io1/iops-month`, `${at}/gp3/gb-month`]);
  if (!prices.ok) return prices.verdict;
  const item = itemSource(subject);
  const [gb, ops, gp3] = prices.value.map(entrySource);
  if (gb === undefined || ops === undefined || gp3 === undefined) return OK;
  const saving = listSaving({ derivation: rdsIo1ToGp3ListSaving, from: [item, gb, ops, gp3] });
  if (!saving.value.greaterThan(0)) return OK;
  return {
    verdict: 'FINDING',
    statement:
      'The database pays for provisioned IOPS but peaks at {peak_iops} and {peak_mibps}, which gp3 includes in its price; ' +
      `gp3 saves {list_saving} at list prices of ${priceDates(prices.value)}.`,
    figures: [iops.request, mibps.request],
    listCost: listCost({ derivation: rdsIo1ToGp3ListCost, from: [item, gb, ops] }).request,
    listSaving: saving.request,
    citations: citationsOf([item]),
    confidence: '0.80',
  };
}
