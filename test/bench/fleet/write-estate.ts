import { closeSync, mkdirSync, openSync, writeFileSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe } from './answer.ts';
import { ACCOUNT, type FleetResource, type Kind, fleet, idOf } from './resource.ts';
import { metricsInOrder, seriesLine } from './series.ts';

/** What was written. */
export interface WrittenEstate {
  readonly bytes: number;
  readonly metricBytes: number;
  readonly series: number;
  readonly files: number;
}

/** How `collect` cuts the answers of each kind: operation, the member with the items, and items a page. */
const PAGES: Readonly<Record<Exclude<Kind, 'table'>, readonly [string, string, number]>> = {
  instance: ['ec2.DescribeInstances', 'Reservations', 1_000],
  volume: ['ec2.DescribeVolumes', 'Volumes', 500],
  database: ['rds.DescribeDBInstances', 'DBInstances', 100],
  function: ['lambda.ListFunctions', 'Functions', 50],
  nat: ['ec2.DescribeNatGateways', 'NatGateways', 1_000],
  endpoint: ['ec2.DescribeVpcEndpoints', 'VpcEndpoints', 1_000],
};

/** Writes the estate directory of a fleet as `collect` would: answers by page, one metrics file a region sorted by series, requests. */
export function writeEstate(folder: string, resources: number): WrittenEstate {
  const written = { bytes: 0, metricBytes: 0, series: 0, files: 0 };
  const regions = Map.groupBy(fleet(resources), (one) => one.region);
  const requests: object[] = [];
  for (const [region, members] of regions) {
    for (const [name, body] of answersOf(members)) {
      const file = join(ACCOUNT, region, name);
      const [client = '', operation = ''] = name.split('.');
      requests.push({ file, client, operation, input: {}, status: 200, at: '2026-11-20T00:00:00Z' });
      written.bytes += write(join(folder, file), `${JSON.stringify(body)}\n`);
      written.files += 1;
    }
    writeMetrics(join(folder, ACCOUNT, region, 'metrics.ndjson'), members, written);
  }
  const lines = requests.map((one) => `${JSON.stringify(one)}\n`).join('');
  const bytes = written.bytes + write(join(folder, 'requests.ndjson'), lines) + written.metricBytes;
  return { ...written, bytes };
}

function write(path: string, text: string): number {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
  return Buffer.byteLength(text);
}

function* answersOf(members: readonly FleetResource[]): Generator<readonly [string, object]> {
  const kinds = Map.groupBy(members, (one) => one.kind);
  for (const [kind, list] of kinds) {
    if (kind === 'table') {
      for (const one of list) yield [`dynamodb.DescribeTable.${idOf(one)}.json`, describe(one)];
      continue;
    }
    const [operation, member, size] = PAGES[kind];
    for (let page = 0; page * size < list.length; page += 1) {
      const items = list.slice(page * size, (page + 1) * size).map(describe);
      yield [`${operation}.${page}.json`, { [member]: items }];
    }
  }
}

function writeMetrics(
  path: string,
  members: readonly FleetResource[],
  written: { bytes: number; metricBytes: number; series: number },
): void {
  const file = openSync(path, 'w');
  const sorted = members.toSorted((a, b) => (idOf(a) < idOf(b) ? -1 : 1));
  for (const { kind, stats } of metricsInOrder()) {
    const those = sorted.filter((one) => one.kind === kind);
    for (let start = 0; start < those.length; start += LINES_A_WRITE) {
      const lines = those
        .slice(start, start + LINES_A_WRITE)
        .flatMap((one) => stats.map((asked) => seriesLine(one, asked)).filter((line) => line !== undefined));
      written.metricBytes += writeSync(file, lines.map((line) => `${line}\n`).join(''));
      written.series += lines.length;
    }
  }
  closeSync(file);
}

const LINES_A_WRITE = 200;
