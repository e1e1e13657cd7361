import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { diskCache } from '@infrafabric/collect/cache';
import { COLLECTORS } from '@infrafabric/collect/live';
import type { Report } from '@infrafabric/report';
import { RULES } from '@infrafabric/runtime';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Collected, collectThrough, filesUnder, REGIONS, runCli } from './account-run.ts';
import { startFaultProxy } from './fault-proxy.ts';
import { createBudget, createMember, fillRegion, MAIN_ACCOUNT, PLANTED_SECRETS } from './fill-account.ts';
import { type Moto, NO_MOTO, startMoto } from './moto.ts';
import { NOT_IN_MOTO } from './not-in-moto.ts';
import { byText, type FilledPlace, foundIn, planted } from './planted.ts';
import { startReplayProxy } from './replay-proxy.ts';
import { ruleFields } from './rule-fields.ts';

/** Judged eight days after the resources were made, so that no grace period of seven days hides them. */
const AS_OF = new Date(Date.now() + 8 * 86_400_000).toISOString().slice(0, 10);

let moto: Moto;
let account: Awaited<ReturnType<typeof startReplayProxy>>;
let folder = '';
/** What was made, by account and region. */
const filled: FilledPlace[] = [];
let member = '';

beforeAll(async () => {
  if (NO_MOTO !== '') return;
  folder = mkdtempSync(join(tmpdir(), 'live-'));
  moto = await startMoto();
  const created = await createMember(moto.url);
  member = created.account;
  await createBudget(moto.url);
  for (const region of REGIONS) {
    filled.push({ account: MAIN_ACCOUNT, region, made: await fillRegion(moto.url, region) });
    filled.push({ account: member, region, made: await fillRegion(moto.url, region, created) });
  }
  account = await startReplayProxy(moto.url);
}, 180_000);
afterAll(() => {
  account?.stop();
  moto?.stop();
  if (folder !== '') rmSync(folder, { recursive: true });
});

const failedOf = ({ collection }: Collected): string[] =>
  collection.manifest.failed.map((one) => `${one.region} ${one.client}.${one.operation} ${one.error_code}`);

/** Places end in any order. */
const namesOf = ({ answers }: Collected): string[] => Object.keys(answers).sort();

const hourOf = (): number => Math.floor(Date.now() / 3_600_000);

interface Run {
  readonly status: number | null;
  readonly report: Report;
}

async function analyze(args: readonly string[], environment: Readonly<Record<string, string>>): Promise<Run> {
  const run = await runCli(folder, ['analyze', ...args, '--as-of', AS_OF, '--json'], environment);
  if (run.out === '') throw new Error(run.err);
  return { status: run.status, report: JSON.parse(run.out) as Report };
}

describe.skipIf(NO_MOTO !== '')(`a live account on moto${NO_MOTO}`, () => {
  let live: Run;
  let estate: Run;
  let calm: Collected;
  let redacted: Run;
  beforeAll(async () => {
    const aws = { AWS_ENDPOINT_URL: account.url };
    const regions = ['--regions', REGIONS.join(',')];
    for (let hour = -1; hour !== hourOf();) {
      hour = hourOf();
      const dump = join(folder, `dump-${hour}`);
      live = await analyze(['--live', ...regions, '--out', join(folder, 'live')], aws);
      await runCli(folder, ['collect', ...regions, '--out', dump], aws);
      estate = await analyze(['--estate', dump, '--out', join(folder, 'estate')], {});
    }
    await runCli(folder, ['collect', ...regions, '--redact', '--out', join(folder, 'redacted')], aws);
    redacted = await analyze(['--estate', join(folder, 'redacted'), '--out', join(folder, 'redacted-report')], {});
    calm = await collectThrough(account.url, () => undefined);
  }, 300_000);

  test('analyze --live finds exactly the planted waste', () => {
    expect(foundIn(live.report, filled)).toStrictEqual(planted(filled));
    expect(live.status).toBe(1);
  });

  test('what was collected gives the same claims, findings and gaps as what was read live', () => {
    expect(estate.report.claims).toStrictEqual(live.report.claims);
    expect(estate.report.findings).toStrictEqual(live.report.findings);
    // Which call of a failing service meets the open breaker depends on timing, so the reasons are left out.
    const missing = ({ gaps }: Report): string[] => gaps.map(({ code, what }) => `${code} ${what}`);
    expect(missing(estate.report)).toStrictEqual(missing(live.report));
    expect(estate.status).toBe(1);
  });

  test('metrics hold the 99.5th percentile, the agent of CloudWatch and the storage of buckets', () => {
    const lines = calm.answers[`${MAIN_ACCOUNT}/us-east-1/metrics.ndjson`]?.split('\n') ?? [];
    const series = lines.filter((line) => line !== '').map((line) => JSON.parse(line) as Record<string, unknown>);
    const seen = new Set(
      series.map((one) => [one['namespace'], one['metric'], one['stat'], one['period_seconds']].join(' ')),
    );
    expect([...seen]).toEqual(
      expect.arrayContaining([
        'AWS/EC2 CPUUtilization p99.5 3600',
        'AWS/S3 BucketSizeBytes Average 86400',
        'AWS/S3 NumberOfObjects Average 86400',
        'CWAgent disk_used_percent Maximum 3600',
        'CWAgent mem_used_percent Average 3600',
      ]),
    );
    // The emulator publishes sizes of its own for the standard class.
    const size = series.find((one) => JSON.stringify(one['dimensions']).includes('StandardIAStorage'))!;
    expect([size['metric'], size['dimensions'], size['values']]).toStrictEqual([
      'BucketSizeBytes',
      { BucketName: `data-${MAIN_ACCOUNT}-us-east-1`, StorageType: 'StandardIAStorage' },
      Array.from({ length: 14 }, () => 5e9),
    ]);
    expect(calm.collection.coverage.map(({ region, series: asked }) => [region, asked > 10])).toStrictEqual([
      ['us-east-1', true],
      ['eu-west-1', true],
    ]);
  });

  test('a redacted collection gives the same findings and holds no name of the account', () => {
    const amounts = (report: Report): unknown[] =>
      foundIn(report, filled)
        .map(([rule, , region, , usd]) => [rule, region, usd])
        .sort(byText);
    expect(amounts(redacted.report)).toStrictEqual(amounts(live.report));
    const names = [
      MAIN_ACCOUNT,
      member,
      'orders-us-east-1',
      '/kept/for/a/week',
      'unused',
      'sessions',
      'whole-account',
      ...filled.flatMap(({ account, region, made }) => [...Object.values(made), `data-${account}-${region}`]),
    ];
    const text = filesUnder(join(folder, 'redacted'))
      .map((file) => `${file}\n${readFileSync(file, 'utf8')}`)
      .join('\n');
    expect(names.filter((name) => text.includes(name))).toStrictEqual([]);
    const key = readFileSync(join(folder, 'home', 'keys', 'redaction.key'), 'utf8').trim();
    expect(key.length).toBeGreaterThan(40);
    expect(text).not.toContain(key);
  });

  test('only what moto does not answer is a gap', () => {
    const failed = calm.collection.manifest.failed.map((one) => `${one.client}.${one.operation}`);
    expect(failed.filter((id) => !NOT_IN_MOTO.has(id))).toStrictEqual([]);
  });

  test('no rule breaks on what moto answers, and the members it has are listed', () => {
    const dump = readdirSync(folder).find((name) => name.startsWith('dump-')) ?? '';
    const { used, present, broken, answers } = ruleFields(join(folder, dump), RULES);
    console.info(
      `on moto rules read ${used.size} members, ${present.size} of them were there: ${[...present].sort().join(', ')}`,
    );
    expect(broken).toStrictEqual([]);
    expect(answers).toBeGreaterThan(100);
  });

  test('30 % of throttled calls change no answer', async () => {
    const throttled = await collectThrough(account.url, ({ number }) =>
      (number * 7919) % 10 < 3 ? 'Throttling' : undefined,
    );
    expect(throttled.faults).toBeGreaterThan(50);
    expect(throttled.answers).toStrictEqual(calm.answers);
    expect(failedOf(throttled)).toStrictEqual(failedOf(calm));
  }, 60_000);

  test('access denied on one service fails its requests, and everything else is complete', async () => {
    const denied = await collectThrough(account.url, ({ service }) => (service === 'rds' ? 'AccessDenied' : undefined));
    const isRds = (name: string): boolean => /\brds\./.test(name);
    const others = namesOf(calm).filter((name) => !isRds(name) && !name.endsWith('metrics.ndjson'));
    expect(namesOf(denied).filter((name) => !name.endsWith('metrics.ndjson'))).toStrictEqual(others);
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

  test('analyze with access denied on one service: its rules are UNKNOWN by action, the rest is found, exit 1', async () => {
    const proxy = await startFaultProxy(account.url, ({ service }) => (service === 'rds' ? 'AccessDenied' : undefined));
    const args = ['--live', '--regions', REGIONS.join(','), '--out', join(folder, 'denied')];
    const denied = await analyze(args, { AWS_ENDPOINT_URL: proxy.url }).finally(proxy.stop);
    const isRds = ([rule]: readonly unknown[]): boolean => String(rule).startsWith('rds-');
    expect(foundIn(denied.report, filled)).toStrictEqual(planted(filled).filter((one) => !isRds(one)));
    const unknown = denied.report.findings.flatMap((one) =>
      one.verdict === 'UNKNOWN' && one.rule === 'rds-idle' ? [[one.reason, one.detail, one.resources]] : [],
    );
    const places = [MAIN_ACCOUNT, member].sort().flatMap((id) => [...REGIONS].sort().map((region) => [id, region]));
    expect(unknown).toStrictEqual([
      [
        'ACCESS_DENIED',
        'access denied: rds:DescribeDBInstances',
        places.map(([id, region]) => ({ account: id, region, type: 'RdsDbInstance', id: '*' })),
      ],
    ]);
    const gap = denied.report.gaps.find(({ what }) => what === `${MAIN_ACCOUNT}/us-east-1 rds.DescribeDBInstances`);
    expect(gap?.detail).toContain('{"Effect":"Allow","Action":["rds:DescribeDBInstances"],"Resource":"*"}');
    expect(denied.status).toBe(1);
  }, 120_000);

  test('a second run with a warm cache makes at least 96 % fewer calls and gives the same files', async () => {
    const cache = diskCache(join(folder, 'warm'));
    const first = await collectThrough(account.url, () => undefined, cache);
    const second = await collectThrough(account.url, () => undefined, cache);
    expect(first.passed).toBeGreaterThan(100);
    expect(second.passed).toBeLessThanOrEqual(0.04 * first.passed);
    expect(second.answers).toStrictEqual(first.answers);
    expect(second.collection.cacheHits).toBeGreaterThan(100);
  }, 60_000);

  test('a bill that was not read before drops what the last run asked about cost', async () => {
    const bill = resolve(import.meta.dirname, '../../examples/demo/bill.csv');
    const args = ['analyze', '--bill', bill, '--as-of', '2026-11-20', '--out', join(folder, 'bill')];
    const [first, again] = [await runCli(folder, args), await runCli(folder, args)];
    expect(first.err).toMatch(/cache: [1-9][0-9]* answers about cost dropped, this bill is newer/);
    expect(again.err).not.toContain('dropped');
  }, 120_000);

  test('doctor --live names what is denied with its policy line, and what costs money without asking it', async () => {
    const asked: string[] = [];
    const proxy = await startFaultProxy(account.url, ({ service }) => {
      asked.push(service);
      return service === 'rds' ? 'AccessDenied' : undefined;
    });
    const run = await runCli(folder, ['doctor', '--live', '--json'], { AWS_ENDPOINT_URL: proxy.url }).finally(
      proxy.stop,
    );
    const checks = JSON.parse(run.out) as { name: string; ok: boolean; detail: string; fix?: string }[];
    expect(checks.find(({ name }) => name === 'rds.DescribeDBInstances (us-east-1)')).toStrictEqual({
      name: 'rds.DescribeDBInstances (us-east-1)',
      ok: false,
      detail: 'denied, AWS answered AccessDenied',
      fix: 'add to the policy: {"Effect":"Allow","Action":["rds:DescribeDBInstances"],"Resource":"*"}',
    });
    expect(checks.find(({ name }) => name.startsWith('cost-explorer.GetCostAndUsage'))?.detail).toBe(
      'not tried: AWS charges 0.01 USD a request',
    );
    expect(checks.some(({ name }) => name === 'pricing.GetProducts (us-east-1)')).toBe(true);
    expect(asked).not.toContain('ce');
    expect(run.status).toBe(6);
  }, 60_000);

  test('credentials that expire half-way keep what was read, and say so', async () => {
    const expired = await collectThrough(account.url, ({ number }) => (number > 60 ? 'ExpiredToken' : undefined));
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
