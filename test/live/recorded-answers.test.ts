import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Report } from '@infrafabric/report';
import { RULES } from '@infrafabric/runtime';
import { expect, onTestFinished, test } from 'vitest';
import { ruleFields } from './rule-fields.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const MAIN = join(ROOT, 'apps/cli/src/main.ts');
const ESTATES = resolve(ROOT, process.env['INFRAFABRIC_TEST_DATA'] ?? '../shared', 'estates');
const missing = !existsSync(ESTATES);
const note = missing ? ' (skipped: no estates in INFRAFABRIC_TEST_DATA)' : '';

/** Folders of answers written by us: the sample, and what collectors are tested with. */
const OWN = ['examples/demo/estate', 'packages/collect/src/live/collectors/__recordings__'];

test.skipIf(missing)(
  `the 1,272 recorded answers are read by every rule, and members they lack are listed${note}`,
  () => {
    const recorded = ruleFields(join(ESTATES, 'recorded'), RULES);
    const own = OWN.map((folder) => ruleFields(join(ROOT, folder), RULES));
    expect([recorded.answers, recorded.broken, own.flatMap((one) => one.broken)]).toStrictEqual([1272, [], []]);
    const used = [...new Set([recorded, ...own].flatMap((one) => [...one.used]))].sort();
    const rest = used.filter((field) => !recorded.present.has(field));
    const ours = rest.filter((field) => own.some((one) => one.present.has(field)));
    const nowhere = rest.filter((field) => !ours.includes(field));
    console.info(
      `rules read ${used.length} members of AWS answers; ${used.length - rest.length} were there in recorded ones.\n` +
        `only in answers written by us: ${ours.join(', ')}\nin none of them: ${nowhere.join(', ')}`,
    );
    expect((used.length - rest.length) / used.length).toBeGreaterThan(0.8);
  },
  60_000,
);

/** An error as botocore records it. */
interface RecordedError {
  readonly status: number;
  readonly error: { readonly Error: { readonly Code: string } };
}

test.skipIf(missing)(
  `the 21 recorded errors in requests.ndjson become named gaps${note}`,
  async () => {
    const folder = mkdtempSync(join(tmpdir(), 'errors-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const names = readdirSync(join(ESTATES, 'recorded-errors'));
    const errors = names.map((name) => {
      const [client = '', operation = ''] = name.split('.');
      const { status, error } = JSON.parse(
        readFileSync(join(ESTATES, 'recorded-errors', name), 'utf8'),
      ) as RecordedError;
      return { file: null, client, operation, input: {}, status, error_code: error.Error.Code };
    });
    expect(errors).toHaveLength(21);
    const region = join(folder, 'estate/111122223333/us-east-1');
    mkdirSync(region, { recursive: true });
    writeFileSync(join(region, 'ec2.DescribeVolumes.json'), '{"Volumes":[]}');
    writeFileSync(join(region, 'requests.ndjson'), errors.map((line) => `${JSON.stringify(line)}\n`).join(''));
    const { report, status } = await analyze(folder);
    const wanted = new Set(errors.map((one) => `${one.client}.${one.operation} ${one.error_code}`));
    const gaps = report.gaps.map(
      ({ what, detail }) => `${what.split(' ')[1]} ${/AWS answered ([^;]+)/.exec(detail)?.[1]}`,
    );
    expect(new Set(gaps)).toStrictEqual(wanted);
    expect(report.gaps.every(({ what }) => what.startsWith('111122223333/us-east-1 '))).toBe(true);
    expect(status).toBe(1);
  },
  60_000,
);

function analyze(folder: string): Promise<{ readonly report: Report; readonly status: number | null }> {
  const args = [
    'analyze',
    '--estate',
    join(folder, 'estate'),
    '--as-of',
    '2026-11-20',
    '--json',
    '--out',
    join(folder, 'out'),
  ];
  const env = { PATH: process.env['PATH'], INFRAFABRIC_HOME: join(folder, 'home') };
  return new Promise((resolve, reject) => {
    const child = execFile(process.execPath, [MAIN, ...args], { env, maxBuffer: 64 * 1024 * 1024 }, (_, out, err) =>
      out === '' ? reject(new Error(err)) : resolve({ report: JSON.parse(out) as Report, status: child.exitCode }),
    );
  });
}
