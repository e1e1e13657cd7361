import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative, resolve } from 'node:path';
import { estateWriter, Handles, pseudonymousSink } from '@infrafabric/collect/live';
import type { Report } from '@infrafabric/report';
import { afterAll, describe, expect, test } from 'vitest';

const ROOT = resolve(import.meta.dirname, '../..');
const MAIN = join(ROOT, 'apps/cli/src/main.ts');
const RECORDED = resolve(ROOT, process.env['INFRAFABRIC_TEST_DATA'] ?? '../shared', 'estates/recorded');
const DEMO = join(ROOT, 'examples/demo/estate');
const folder = mkdtempSync(join(tmpdir(), 'redacted-'));
afterAll(() => rmSync(folder, { recursive: true }));

const filesUnder = (path: string): string[] =>
  readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));

/** Writes the estate again with handles for names. */
async function redact(estate: string, out: string, handles: Handles): Promise<void> {
  const sink = pseudonymousSink(estateWriter(out), handles);
  for (const file of filesUnder(estate)) await sink(relative(estate, file), readFileSync(file));
}

function analyze(estate: string, name: string): Promise<Report> {
  const args = [
    'analyze',
    '--estate',
    estate,
    '--as-of',
    '2026-11-20',
    '--json',
    '--out',
    join(folder, `${name}-report`),
  ];
  const env = { PATH: process.env['PATH'], INFRAFABRIC_HOME: join(folder, `${name}-home`) };
  return new Promise((resolve, reject) => {
    execFile(process.execPath, [MAIN, ...args], { env, maxBuffer: 256 * 1024 * 1024 }, (_, out, err) =>
      out === '' ? reject(new Error(err)) : resolve(JSON.parse(out) as Report),
    );
  });
}

/** A report without what names a resource: each verdict with its amounts, and how many of it. */
function verdicts({ findings, coverage, gaps, totals }: Report) {
  const lines = findings.flatMap((one) =>
    one.verdict === 'FINDING'
      ? [one.rule, one.resource.region, one.resource.type, one.severity, JSON.stringify(one.savings ?? {})].join(' ')
      : one.resources.map(({ region, type }) => [one.rule, region, type, one.reason].join(' ')),
  );
  return { lines: lines.sort(), coverage, totals: { ...totals, claim: '' }, gaps: gaps.map(({ code }) => code).sort() };
}

/** Every text under these members, wherever it stands. */
function textsUnder(members: ReadonlySet<string>, value: unknown, found: Set<string>, member = ''): Set<string> {
  if (typeof value === 'string' && members.has(member)) found.add(value);
  if (Array.isArray(value)) for (const item of value) textsUnder(members, item, found, member);
  else if (typeof value === 'object' && value !== null)
    for (const [name, child] of Object.entries(value)) textsUnder(members, child, found, name);
  return found;
}

const NAMING = new Set(
  (
    'Arn ARN arn DBInstanceArn FunctionArn ResourceARN TableArn clusterArn FunctionName DBInstanceIdentifier InstanceId VolumeId ' +
    'VpcId SubnetId TableName LoadBalancerName CacheClusterId AutoScalingGroupName logGroupName PublicIpAddress PrivateIpAddress ' +
    'OwnerId KeyName MasterUsername Address DNSName SnapshotId NetworkInterfaceId GroupId S3BucketName DomainName family'
  ).split(' '),
);

/** Words AWS itself writes under these members. */
const COMMON = /^(?:|default|amazon.*|aws.*|self|string|test|[a-z]{1,6}|postgres|\d{1,4})$/i;

describe.each([
  ['the sample', DEMO],
  ['the recorded answers of AWS', RECORDED],
])('%s with handles for names', (what, estate) => {
  const missing = !existsSync(estate);
  const name = what.replaceAll(/\W/g, '');
  const redacted = join(folder, name);

  test.skipIf(missing)(
    `gives the same verdicts and amounts${missing ? ' (skipped: no test data)' : ''}`,
    async () => {
      await redact(estate, redacted, new Handles(new Uint8Array(32).fill(7)));
      const [plain, hidden] = await Promise.all([
        analyze(estate, `${name}-plain`),
        analyze(redacted, `${name}-hidden`),
      ]);
      expect(verdicts(hidden)).toStrictEqual(verdicts(plain));
      expect(hidden.findings.length).toBeGreaterThan(20);
    },
    120_000,
  );

  test.skipIf(missing)(
    `holds no id, ARN, address or name of the original${missing ? ' (skipped: no test data)' : ''}`,
    () => {
      const names = new Set<string>();
      for (const file of filesUnder(estate).filter((one) => one.endsWith('.json'))) {
        textsUnder(NAMING, JSON.parse(readFileSync(file, 'utf8')), names);
      }
      const telling = [...names].filter((one) => one.length > 4 && !COMMON.test(one));
      expect(telling.length).toBeGreaterThan(30);
      const text = filesUnder(redacted)
        .map((file) => `${file}\n${readFileSync(file, 'utf8')}`)
        .join('\n');
      expect(telling.filter((one) => text.includes(`"${one}"`) || text.includes(`/${one}"`))).toStrictEqual([]);
      const accounts = new Set(telling.flatMap((one) => /(?<!\d)\d{12}(?!\d)/.exec(one)?.[0] ?? []));
      expect([...accounts].filter((one) => text.includes(one))).toStrictEqual([]);
    },
  );
});
