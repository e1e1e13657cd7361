import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative, resolve } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { type WrittenReport, analyze, demoInputs, readConfig, verifyReport } from '@infrafabric/runtime';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { demoFiles, demoSample } from '../demo/demo-files.ts';
import { instanceId } from '../demo/fleet.ts';
import { LIST, LIST_EXTENDED, LIST_UNSOURCED } from '../demo/list-prices.ts';
import type { Planted } from '../demo/sample.ts';
import { diskId } from '../demo/volumes.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const DEMO = join(ROOT, 'examples/demo');
const read = (path: string): string => readFileSync(join(DEMO, path), 'utf8');
const filesOf = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    .sort();

/** The entries of a price table of the product. */
const entriesOf = (path: string): Record<string, { usd?: string; share_of_node_price?: string }> =>
  JSON.parse(readFileSync(join(ROOT, path), 'utf8')).entries;

/** A column of the bill; no cell up to ChargePeriodStart holds a comma. */
function column(name: string): string[] {
  const [header = '', ...lines] = read('bill.csv').trimEnd().split('\n');
  const at = header.split(',').indexOf(name);
  return lines.map((line) => line.split(',')[at] ?? '');
}

const planted = (): Planted[] => JSON.parse(read('planted.json'));
const keyOf = (one: Planted): string => `${one.rule} ${one.resource}`;
const byKey = (a: Planted, b: Planted): number => (keyOf(a) < keyOf(b) ? -1 : 1);

/** Amounts in cents, so that sums are exact. */
const centsOf = (usd: string): number => Math.round(Number(usd) * 100);
const sumOf = (amounts: readonly (string | null | undefined)[]): number =>
  amounts.reduce((total, usd) => total + centsOf(usd ?? '0'), 0);

describe('the committed sample', () => {
  test('is what the generator makes, byte for byte, and nothing else', () => {
    const made = demoFiles();
    expect(filesOf(DEMO)).toStrictEqual([...made.keys(), 'README.md'].sort());
    expect([...made].flatMap(([path, text]) => (read(path) === text ? [] : path))).toStrictEqual([]);
  });

  test('stays below 3 MB', () => {
    const bytes = filesOf(DEMO).reduce((total, path) => total + statSync(join(DEMO, path)).size, 0);
    expect(bytes).toBeLessThanOrEqual(3_000_000);
  });

  test('charges the prices the product knows, and where it charges others the product knows none', () => {
    const prices = entriesOf('packages/finops/data/prices.json');
    const extended = entriesOf('packages/upgrade/data/extended-support-prices.json');
    expect(Object.fromEntries(Object.keys(LIST).map((key) => [key, prices[key]?.usd]))).toStrictEqual(LIST);
    const stated = Object.keys(LIST_EXTENDED).map((key) => [
      key,
      extended[key]?.usd ?? extended[key]?.share_of_node_price,
    ]);
    expect(Object.fromEntries(stated)).toStrictEqual(LIST_EXTENDED);
    const judged = Object.keys(LIST_UNSOURCED).filter((key) => key.includes('eu-west-1'));
    expect(judged.filter((key) => key in prices)).toStrictEqual([]);
  });

  test('names in the bill only resources of the estate, and the Savings Plan', () => {
    const answers = [...demoFiles()].filter(([path]) => path.endsWith('.json') && path.startsWith('estate'));
    const estate = answers.map(([, text]) => text).join('');
    const billed = demoSample().charges.map((charge) => charge.resourceId);
    expect(billed.filter((id) => !estate.includes(id.split(/[:/]/).at(-1) ?? id))).toStrictEqual([]);
  });

  test('has the 44 columns of the FinOps Foundation sample, and every day from October 1 to November 19', () => {
    expect(read('bill.csv').split('\n')[0]?.split(',')).toHaveLength(44);
    const days = [...new Set(column('ChargePeriodStart'))];
    expect([days.length, days.at(0), days.at(-1)]).toStrictEqual([50, '2026-10-01T00:00:00Z', '2026-11-19T00:00:00Z']);
  });

  test('has a file for every answer: no two parts write to one', () => {
    const written = [...demoFiles().keys()].filter((path) => path.startsWith('estate') && path.endsWith('.json'));
    expect(written).toHaveLength(demoSample().answers.length);
  });
});

describe('an analysis of the sample', () => {
  const home = mkdtempSync(join(tmpdir(), 'infrafabric-demo-'));
  const run = (out: string): Promise<WrittenReport> =>
    analyze(readConfig({ flags: {}, environment: { INFRAFABRIC_HOME: join(home, 'home') } }), {
      ...demoInputs(),
      out: join(home, out),
      formats: ['html', 'md', 'csv'],
      external: false,
      observer: { event: () => undefined },
      signal: new AbortController().signal,
    });
  /** Keys of everything kept as evidence, from the embedded AWS's own file. */
  const evidence = (): unknown[] => {
    const file = new DatabaseSync(join(home, 'home/aws.db'), { readOnly: true });
    try {
      return file.prepare("SELECT key FROM object WHERE key LIKE '%/evidence/%' ORDER BY key").all();
    } finally {
      file.close();
    }
  };
  let outcome: WrittenReport;
  beforeAll(async () => {
    outcome = await run('first');
  });
  afterAll(() => rmSync(home, { recursive: true, force: true }));

  const findings = () => outcome.report.findings.filter((one) => one.verdict === 'FINDING');
  const claimOf = (topic: string) => outcome.report.claims.find((claim) => claim.topic === topic);
  const findingsOn = (id: string) => findings().filter((one) => one.resource.id === id);
  const netsOn = (id: string) => Object.fromEntries(findingsOn(id).map((one) => [one.rule, one.net?.effective]));

  test('finds exactly what is planted, to the cent', () => {
    const found = findings().map(({ rule, resource, net }) => ({
      resource: resource.id,
      rule,
      usd_month: net?.effective ?? null,
    }));
    expect(found.toSorted(byKey)).toStrictEqual(planted().toSorted(byKey));
  });

  test('says UNKNOWN with the planted reasons, and nowhere else', () => {
    const groups = outcome.report.findings.filter((one) => one.verdict === 'UNKNOWN');
    const found = groups.flatMap(({ rule, reason, resources }) =>
      resources.map((resource) => `${rule} ${resource.id} ${reason}`),
    );
    const expected: { resource: string; rule: string; reason: string }[] = JSON.parse(read('planted-unknown.json'));
    expect(found.sort()).toStrictEqual(expected.map((one) => `${one.rule} ${one.resource} ${one.reason}`).sort());
  });

  test('has totals that are the sum of their parts', () => {
    const { totals } = outcome.report;
    expect(centsOf(totals.net_effective)).toBe(sumOf(planted().map((one) => one.usd_month)));
    expect(centsOf(totals.net_effective)).toBe(sumOf([totals.net_cash_now, totals.net_freed_commitment]));
    expect(centsOf(totals.net_cash_now)).toBe(sumOf(findings().map((one) => one.net?.cash_now)));
    expect(centsOf(totals.net_freed_commitment)).toBe(sumOf(findings().map((one) => one.net?.freed_commitment)));
    expect(centsOf(totals.gross_list)).toBe(sumOf(findings().map((one) => one.savings?.list)));
    expect(totals.findings).toBe(planted().length);
  });

  test('has its largest removals confirmed from the bill, and none disconfirmed', () => {
    const { items = [], ...counts } = outcome.report.challenges ?? {};
    expect(counts).toMatchObject({ confirmed: 6, disconfirmed: 0, unanswered: 0, lowered_by: '0.00' });
    expect(items.filter((item) => item.outcome === 'confirm').map((item) => item.rule)).toStrictEqual([
      'ec2-idle',
      'ebs-unattached',
      'network-idle-nat-gateway',
      'elb-classic-no-instances',
      'elb-no-targets',
      'ebs-unattached',
    ]);
  });

  test('counts an idle instance of an old generation once', () => {
    // 0.20 an hour x 24 x 30.44 days of bill; once it is stopped nothing is left to save.
    expect(netsOn(instanceId('legacy-crm'))).toStrictEqual({
      'ec2-graviton': '0.00',
      'ec2-idle': '146.11',
      'ec2-oversized': '0.00',
      'ec2-previous-generation': '0.00',
    });
    // 120 GiB of gp2 at 0.10, 99.44 % of a month on the bill: 11.93. A snapshot at 0.05 saves half, gp3 a fifth of the rest.
    expect(netsOn(diskId('migration-runner-root'))).toStrictEqual({
      'ebs-gp2-to-gp3': '1.19',
      'ebs-on-stopped-instance': '5.97',
    });
  });

  test('tells money that leaves the invoice from a commitment that is only freed', () => {
    const graviton = findingsOn(instanceId('worker-prod-1')).find((one) => one.rule === 'ec2-graviton');
    // Covered at 0.1392 an hour: 101.69 a month, of which 0.038 / 0.192 is saved.
    expect(graviton?.savings).toMatchObject({
      basis: 'bill',
      list: '27.74',
      effective: '20.13',
      cash_now: '0.00',
      freed_commitment: '20.13',
      cap: '101.69',
    });
    expect(outcome.report.totals.net_freed_commitment).toBe('20.13');
  });

  test('gives no dollars where the region has no sourced price', () => {
    const [idle] = findingsOn(instanceId('eu-preview'));
    expect([idle?.rule, idle?.savings, idle?.savings_unknown?.reason]).toStrictEqual([
      'ec2-idle',
      undefined,
      'NO_PRICE',
    ]);
  });

  test('saves no more on a database than its instance, though storage is billed under its name', () => {
    // 0.152 x 24 x 30.44 = 111.05; the bill has 2.29 of storage more.
    const [idle] = findingsOn('blog');
    expect([idle?.net?.effective, idle?.savings?.cap]).toStrictEqual(['111.05', '113.33']);
  });

  test('is a swarm of at least 30 tasks without a gap', () => {
    const { plan, gaps, inputs } = outcome.report;
    const of = (prefix: string): number => plan.tasks.filter((task) => task.startsWith(prefix)).length;
    expect(plan.tasks.length).toBeGreaterThanOrEqual(30);
    expect(of('collector/')).toBeGreaterThan(10);
    expect([of('pricing/'), of('rightsizing/'), of('upgrade-risk/'), of('budget/')].every((tasks) => tasks > 0)).toBe(
      true,
    );
    expect({ gaps, unused: inputs.unused, notes: outcome.report.notes.map((note) => note.code) }).toStrictEqual({
      gaps: [],
      unused: [],
      notes: ['PRICES_EMBEDDED', 'PROVISIONAL_DAYS', 'SPEND_HISTORY_SHORT'],
    });
  });

  test('adds up the bill and forecasts the end of November', () => {
    const units = column('BilledCost').reduce((total, usd) => total + tenBillionths(usd), 0n);
    const billed = claimOf('spend/total')?.figures.find((figure) => figure.name === 'billed_cost');
    expect(tenBillionths(billed?.value ?? '')).toBe(units);
    const forecast = claimOf('forecast/month-end')?.figures.map((figure) => figure.name);
    expect(forecast).toStrictEqual([
      'expected',
      'spent',
      'low',
      'high',
      'low_95',
      'high_95',
      'history_days',
      'origins',
      'relative_error',
    ]);
  });

  test('verifies: AUTHENTIC with its root pinned, CONSISTENT without', async () => {
    expect((await verifyReport(outcome.out, { root: outcome.root })).verdict).toBe('AUTHENTIC');
    expect((await verifyReport(outcome.out, {})).verdict).toBe('CONSISTENT');
  });

  test('says the same a second time and stores no new evidence', async () => {
    const before = evidence();
    expect(before.length).toBeGreaterThan(30);
    const again = await run('second');
    expect(again.sessionId).not.toBe(outcome.sessionId);
    expect(readFileSync(join(home, 'second/report.json'), 'utf8')).toBe(
      readFileSync(join(home, 'first/report.json'), 'utf8'),
    );
    expect(evidence()).toStrictEqual(before);
  });
});

/** An amount as a whole number of its tenth decimal. */
function tenBillionths(usd: string): bigint {
  const [whole = '0', part = ''] = usd.replace('-', '').split('.');
  const size = BigInt(whole + part.padEnd(10, '0'));
  return usd.startsWith('-') ? -size : size;
}
