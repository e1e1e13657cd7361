import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import {
  collectLive,
  COLLECTORS,
  type LiveCollection,
  POLITE_SETTINGS,
  Politeness,
  RateLimiter,
} from '@infrafabric/collect/live';
import { evidenceId, sha256Hex } from '@infrafabric/protocol';
import type { Report } from '@infrafabric/report';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Fault, startFaultProxy } from './fault-proxy.ts';
import { fillRegion, type Filled, PLANTED_SECRETS } from './fill-account.ts';
import { type Moto, NO_MOTO, startMoto } from './moto.ts';
import { startReplayProxy } from './replay-proxy.ts';

const MAIN = resolve(import.meta.dirname, '../../apps/cli/src/main.ts');
const REGIONS = ['us-east-1', 'eu-west-1'];

/** Judged eight days after the resources were made, so that no grace period of seven days hides them. */
const AS_OF = new Date(Date.now() + 8 * 86_400_000).toISOString().slice(0, 10);

let moto: Moto;
let account: Awaited<ReturnType<typeof startReplayProxy>>;
let folder = '';
const filled = new Map<string, Filled>();

beforeAll(async () => {
  if (NO_MOTO !== '') return;
  folder = mkdtempSync(join(tmpdir(), 'live-'));
  moto = await startMoto();
  for (const region of REGIONS) filled.set(region, await fillRegion(moto.url, region));
  account = await startReplayProxy(moto.url);
}, 60_000);
afterAll(() => {
  account?.stop();
  moto?.stop();
  if (folder !== '') rmSync(folder, { recursive: true });
});

/** Runs the command line; the credentials are ones the emulator takes. */
function cli(
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Promise<{ status: number | null; out: string; err: string }> {
  const env = {
    PATH: process.env['PATH'],
    HOME: folder,
    INFRAFABRIC_HOME: join(folder, 'home'),
    AWS_ACCESS_KEY_ID: 'reader',
    AWS_SECRET_ACCESS_KEY: 'reader',
    ...environment,
  };
  return new Promise((resolve) => {
    const child = execFile(process.execPath, [MAIN, ...args], { env, maxBuffer: 64 * 1024 * 1024 }, (_, out, err) =>
      resolve({ status: child.exitCode, out, err }),
    );
  });
}

const filesUnder = (path: string): string[] =>
  readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));

interface Collected {
  readonly collection: LiveCollection;
  readonly answers: Readonly<Record<string, string>>;
}

/** Collects through a proxy that answers some requests with errors; quick to try again, no rate limit. */
async function collectThrough(fault: Fault): Promise<Collected & { readonly faults: number }> {
  const proxy = await startFaultProxy(account.url, fault);
  const clock = { nowMs: () => NOW_MS, sleep: async () => {} };
  const unlimited = new RateLimiter(clock, () => ({ requests: 1_000_000, windowMs: 1, source: 'test' }));
  const settings = { ...POLITE_SETTINGS, maxAttempts: 20, firstBackoffMs: 1, longestBackoffMs: 2 };
  const answers: Record<string, string> = {};
  try {
    const collection = await collectLive({
      collectors: COLLECTORS,
      accounts: [
        {
          account: '123456789012',
          regions: REGIONS,
          settings: {
            endpoint: proxy.url,
            forcePathStyle: true,
            credentials: { accessKeyId: 'reader', secretAccessKey: 'reader' },
          },
        },
      ],
      days: 14,
      clock,
      politeness: new Politeness(clock, settings, unlimited),
      signal: new AbortController().signal,
      sink: async (name, bytes) => {
        if (!name.endsWith('requests.ndjson')) answers[name] = new TextDecoder().decode(bytes);
        return evidenceId(sha256Hex(bytes));
      },
    });
    return { collection, answers, faults: proxy.faults() };
  } finally {
    proxy.stop();
  }
}

const NOW_MS = Date.now();
const failedOf = ({ collection }: Collected): string[] =>
  collection.manifest.failed.map((one) => `${one.region} ${one.client}.${one.operation} ${one.error_code}`);

/** Operations of the catalogue that moto 5.2 does not answer; they are gaps of every run here. */
const NOT_IN_MOTO = new Set([
  'compute-optimizer.GetEBSVolumeRecommendations',
  'compute-optimizer.GetEC2InstanceRecommendations',
  'compute-optimizer.GetLambdaFunctionRecommendations',
  'compute-optimizer.GetRDSDatabaseRecommendations',
  'cost-explorer.GetAnomalies',
  'cost-explorer.GetAnomalyMonitors',
  'cost-explorer.GetCostForecast',
  'cost-explorer.GetReservationCoverage',
  'cost-explorer.GetReservationUtilization',
  'cost-explorer.GetSavingsPlansCoverage',
  'cost-explorer.GetSavingsPlansUtilization',
  'cost-optimization-hub.ListRecommendations',
  'ec2.DescribeCapacityReservations',
  'ec2.DescribeReservedInstances',
  'eks.DescribeClusterVersions',
  'eks.ListAddons',
  'eks.ListInsights',
  'elasticache.DescribeReservedCacheNodes',
  'global-accelerator.ListAccelerators',
  'memorydb.DescribeReservedNodes',
  'opensearch.DescribeReservedInstances',
  'rds.DescribeReservedDBInstances',
  'redshift.DescribeReservedNodes',
  'sagemaker.ListApps',
  'savingsplans.DescribeSavingsPlans',
]);

/** Every planted waste by rule, region and resource, with its list saving a month in USD; `null` where no price is sourced. */
function planted(): (string | null)[][] {
  const us = filled.get('us-east-1')!;
  const eu = filled.get('eu-west-1')!;
  return [
    ['dynamodb-overprovisioned', 'us-east-1', 'sessions', '2.28'], // 4 of 5 units: (0.00013 + 0.00065) x 4 x 730
    ['ebs-gp2-to-gp3', 'us-east-1', us.gp2, '2.00'], // 100 x (0.10 - 0.08)
    ['ebs-unattached', 'eu-west-1', eu.gp2, '11.00'], // 100 x 0.11
    ['ebs-unattached', 'us-east-1', us.gp2, '10.00'], // 100 x 0.10
    ['ec2-idle', 'eu-west-1', eu.idle, null],
    ['ec2-idle', 'us-east-1', us.idle, '70.08'], // 0.096 x 730
    ['lambda-idle', 'eu-west-1', 'unused', null],
    ['lambda-idle', 'us-east-1', 'unused', null],
    ['network-idle-elastic-ip', 'eu-west-1', eu.address, null],
    ['network-idle-elastic-ip', 'us-east-1', us.address, '3.65'], // 0.005 x 730
    ['rds-idle', 'eu-west-1', 'orders-eu-west-1', null],
    ['rds-idle', 'us-east-1', 'orders-us-east-1', null],
  ].sort(byText);
}

const byText = (a: readonly unknown[], b: readonly unknown[]): number => (a.join() < b.join() ? -1 : 1);

/** The findings of rules whose waste was planted; boot volumes are moto's own. */
function foundIn(report: Report): (string | null)[][] {
  const rules = new Set(planted().map(([rule]) => rule));
  return report.findings
    .flatMap((one) => {
      if (one.verdict !== 'FINDING' || !rules.has(one.rule) || one.savings?.list === '0.16') return [];
      return [[one.rule, one.resource.region, one.resource.id, one.savings?.list ?? null]];
    })
    .sort(byText);
}

const hourOf = (): number => Math.floor(Date.now() / 3_600_000);

interface Run {
  readonly status: number | null;
  readonly report: Report;
}

async function analyze(args: readonly string[], environment: Readonly<Record<string, string>>): Promise<Run> {
  const run = await cli(['analyze', ...args, '--as-of', AS_OF, '--json'], environment);
  if (run.out === '') throw new Error(run.err);
  return { status: run.status, report: JSON.parse(run.out) as Report };
}

describe.skipIf(NO_MOTO !== '')(`a live account on moto${NO_MOTO}`, () => {
  let live: Run;
  let estate: Run;
  let calm: Collected;
  beforeAll(async () => {
    const aws = { AWS_ENDPOINT_URL: account.url };
    const regions = ['--regions', REGIONS.join(',')];
    for (let hour = -1; hour !== hourOf();) {
      hour = hourOf();
      const dump = join(folder, `dump-${hour}`);
      live = await analyze(['--live', ...regions, '--out', join(folder, 'live')], aws);
      await cli(['collect', ...regions, '--out', dump], aws);
      estate = await analyze(['--estate', dump, '--out', join(folder, 'estate')], {});
    }
    calm = await collectThrough(() => undefined);
  }, 120_000);

  test('analyze --live finds exactly the planted waste', () => {
    expect(foundIn(live.report)).toStrictEqual(planted());
    expect(live.status).toBe(1);
  });

  test('what was collected gives the same claims, findings and gaps as what was read live', () => {
    expect(estate.report.claims).toStrictEqual(live.report.claims);
    expect(estate.report.findings).toStrictEqual(live.report.findings);
    expect(estate.report.gaps).toStrictEqual(live.report.gaps);
    expect(estate.status).toBe(1);
  });

  test('only what moto does not answer is a gap', () => {
    const failed = calm.collection.manifest.failed.map((one) => `${one.client}.${one.operation}`);
    expect(failed.filter((id) => !NOT_IN_MOTO.has(id))).toStrictEqual([]);
  });

  test('30 % of throttled calls change no answer', async () => {
    const throttled = await collectThrough(({ number }) => ((number * 7919) % 10 < 3 ? 'Throttling' : undefined));
    expect(throttled.faults).toBeGreaterThan(50);
    expect(throttled.answers).toStrictEqual(calm.answers);
    expect(failedOf(throttled)).toStrictEqual(failedOf(calm));
  }, 60_000);

  test('access denied on one service fails its requests, and everything else is complete', async () => {
    const denied = await collectThrough(({ service }) => (service === 'rds' ? 'AccessDenied' : undefined));
    const isRds = (name: string): boolean => /\brds\./.test(name);
    const others = Object.keys(calm.answers).filter((name) => !isRds(name) && !name.endsWith('metrics.ndjson'));
    expect(Object.keys(denied.answers).filter((name) => !name.endsWith('metrics.ndjson'))).toStrictEqual(others);
    for (const name of others) expect(denied.answers[name]).toBe(calm.answers[name]);
    expect(failedOf(denied).filter((one) => !isRds(one))).toStrictEqual(failedOf(calm).filter((one) => !isRds(one)));
    expect(new Set(failedOf(denied).filter(isRds))).toStrictEqual(
      new Set(
        COLLECTORS.filter((one) => one.client === 'rds').flatMap((one) =>
          REGIONS.map((region) => `${region} ${one.id} AccessDenied`),
        ),
      ),
    );
  }, 60_000);

  test('credentials that expire half-way keep what was read, and say so', async () => {
    const expired = await collectThrough(({ number }) => (number > 60 ? 'ExpiredToken' : undefined));
    const names = Object.keys(expired.answers);
    expect(names.length).toBeGreaterThan(30);
    for (const name of names) expect(expired.answers[name]).toBe(calm.answers[name]);
    expect(failedOf(expired).filter((one) => one.endsWith('ExpiredToken')).length).toBeGreaterThan(50);
    expect(expired.faults).toBeLessThan(40);
  }, 60_000);

  test('planted secrets are in no evidence, log or report', () => {
    const files = filesUnder(folder);
    expect(files.length).toBeGreaterThan(100);
    const holding = files.filter((file) => {
      const bytes = readFileSync(file);
      return PLANTED_SECRETS.some((one) => bytes.includes(one) || bytes.includes(Buffer.from(one).toString('base64')));
    });
    expect(holding).toStrictEqual([]);
  });
});
